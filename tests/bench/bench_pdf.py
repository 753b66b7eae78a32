"""A report of 22 pages with 24 photographs, against typst on the same content; each in a fresh process.

Run as a program it prints three JSON lines. The reach is judged on the first: seconds from asking for the
process until the checked file is written, both starts, both programs' imports and fonts within. The second
leaves out start and imports, which the window does in the background. The third is the peak in MB, against what
is allowed. Both find their modules compiled, as an installed program does: a first round is not counted.
"""

from __future__ import annotations

import io
import json
import os
import random
import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
ROUNDS = 7
PHOTOS = 24
REACH = 1.5
PEAK_ALLOWED = 150
NAME = "report of 22 pages, 24 photographs"


def photographs(folder: Path) -> None:
    """Pictures of 1600 px with the noise that makes real ones large: about 300 KB each."""
    from PIL import Image, ImageFilter

    for number in range(PHOTOS):
        draw = random.Random(number)
        noise = Image.frombytes("RGB", (400, 300), draw.randbytes(400 * 300 * 3)).filter(
            ImageFilter.GaussianBlur(1)
        )
        made = io.BytesIO()
        noise.resize((1600, 1200)).save(made, "JPEG", quality=82)
        (folder / f"p{number:02d}.jpg").write_bytes(made.getvalue())


def dossier(folder: Path) -> object:
    """A trip report: eight pages of text, a table of 60 rows, 24 photographs two to a page."""
    from helpers import dossiers as made

    from fieldlog.report.dossier import Action, Observation, ObservationKind

    kinds = list(ObservationKind)
    case = made.case(
        description="\n".join(made.sentences(14) for _ in range(14)),
        observations=tuple(Observation(n, kinds[n % 4], made.sentences(3)) for n in range(1, 41)),
        actions=tuple(
            Action(
                f"조치 {n}번: {made.sentences(1)}",
                "도로보수팀",
                date(2026, 1, 1) + timedelta(days=n),
                "진행 중",
            )
            for n in range(60)
        ),
        photos=tuple(
            replace(made.photo(n), load=(folder / f"p{n:02d}.jpg").read_bytes) for n in range(PHOTOS)
        ),
    )
    return made.dossier(case)


def ours(folder: Path) -> float:
    """Render and write; when it began."""
    from fieldlog.report.rendering import render

    began = time.monotonic()
    made = render(dossier(folder), "R2", resources=ROOT / "resources")  # type: ignore[arg-type]
    (folder / "ours.pdf").write_bytes(made.pdf)
    return began


def ours_loaded(folder: Path) -> float:
    """The same, with the libraries loaded before it begins."""
    from fieldlog.report.pdf import painting, sealing  # noqa: F401

    sealing.archive()
    return ours(folder)


INDENT = {"□": 0, "○": 8, "-": 22, "※": 22}


def typst_source(folder: Path) -> str:
    """The same blocks in typst's language."""
    from fieldlog.report import compose_r2

    blocks = compose_r2.compose(dossier(folder))  # type: ignore[arg-type]
    return "\n".join(
        (
            '#set page(paper: "a4", margin: (x: 20mm, top: 22mm, bottom: 20mm), numbering: "- 1 -")',
            '#set text(font: "Noto Sans KR", size: 11.5pt, lang: "ko")',
            "#set par(leading: 0.85em, justify: true)",
            *map(typst_block, blocks),
        )
    )


def typst_block(block: object) -> str:  # noqa: PLR0911
    """One block; the masthead's boxes are left out, which is in typst's favour."""
    from fieldlog.report import blocks as b

    match block:
        case b.Heading() | b.TitleBox():
            return f"#heading({text(block.text)})"
        case b.Item():
            mark = text(block.mark or block.level.value)
            weight = '"bold"' if block.level.name == "BOX" else '"regular"'
            body = f"std.text(weight: {weight}, {text(block.text)})"
            return f"#pad(left: {INDENT[block.level.value]}pt, grid(columns: (18pt, 1fr), {mark}, {body}))"
        case b.Line():
            return f"#align({block.align}, {text(block.text)})"
        case b.Closing():
            return "\n".join(f"#par({text(line)})" for line in block.lines)
        case b.Table():
            return table(block.widths, block.rows, block.head)
        case b.PageBreak():
            return "#pagebreak(weak: true)"
        case b.PlateSheet():
            return "\n".join(plate(each) for row in block.rows for each in row)
    return ""


def text(words: str) -> str:
    """A typst string."""
    return json.dumps(words, ensure_ascii=False)


def table(widths: tuple[float, ...], rows: tuple[tuple[object, ...], ...], head: int) -> str:
    """A table with label cells in grey."""
    cells = []
    for number, row in enumerate(rows):
        made = []
        for cell in row:
            fill = ', fill: rgb("#f2f2f2")' if cell.label else ""  # type: ignore[attr-defined]
            made.append(f"table.cell(colspan: {cell.columns}{fill}, {text(cell.text)})")  # type: ignore[attr-defined]
        joined = ", ".join(made)
        cells.append(f"table.header({joined})" if number < head else joined)
    columns = ", ".join(f"{width}fr" for width in widths)
    return f"#std.text(size: 10pt, table(columns: ({columns}), stroke: .5pt, {', '.join(cells)}))"


def plate(each: object) -> str:
    """A photograph 90 mm tall over its caption."""
    number = int(each.tag.split()[1]) - 1  # type: ignore[attr-defined]
    facts = ", ".join(f"{text(name)}, {text(words)}" for name, words in each.facts)  # type: ignore[attr-defined]
    return (
        "#block(breakable: false, std.text(size: 9.5pt, table(columns: (22mm, 1fr), stroke: .5pt, "
        f'table.cell(colspan: 2, align: center, image("p{number:02d}.jpg", height: 88mm, alt: {text(each.title)})), '  # type: ignore[attr-defined]
        f"{text(each.tag)}, {text(each.title)}, {facts})))"  # type: ignore[attr-defined]
    )


def anchor(folder: Path) -> float:
    """Compile the prepared source to the same kind of PDF; when it began, the library loaded."""
    import typst

    began = time.monotonic()
    typst.compile(
        str(folder / "report.typ"),
        output=str(folder / "anchor.pdf"),
        font_paths=[str(ROOT / "resources" / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
    )
    return began


WORK = {"ours": ours, "loaded": ours_loaded, "anchor": anchor}


def measured(which: str, folder: Path) -> dict[str, float]:
    """What one fresh process tells of itself, and how long it took from outside."""
    left = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, __file__, which, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        env={**left, "PYTHONPYCACHEPREFIX": str(folder / "compiled")},
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**told, "fresh": told["ended"] - began}


def run() -> tuple[dict[str, object], ...]:
    """The best of some rounds of both, turn about."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        photographs(folder)
        (folder / "report.typ").write_text(typst_source(folder), encoding="utf-8")
        measured("ours", folder)
        rounds = [tuple(measured(which, folder) for which in WORK) for _ in range(ROUNDS)]
        pages = {"pages": pages_of(folder / "ours.pdf"), "anchor_pages": pages_of(folder / "anchor.pdf")}
    mine, mine_loaded, theirs = zip(*rounds, strict=True)
    peak, anchor_peak = (round(max(one["peak_mb"] for one in each)) for each in (mine, theirs))
    memory = {
        "name": f"{NAME}, peak memory",
        "ours": peak,
        "anchor": PEAK_ALLOWED,
        "ratio": round(peak / PEAK_ALLOWED, 2),
        "unit": "MB",
        "typst_mb": anchor_peak,
    }
    return (
        {
            **compared(f"{NAME}, fresh process", "fresh", mine, theirs),
            **pages,
            **{
                f"{whose}processor_s": round(min(one["processor"] for one in each), 3)
                for whose, each in (("", mine), ("anchor_", theirs))
            },
        },
        compared(f"{NAME}, libraries loaded", "rendering", mine_loaded, theirs),
        memory,
    )


def compared(
    name: str, key: str, mine: tuple[dict[str, float], ...], theirs: tuple[dict[str, float], ...]
) -> dict[str, object]:
    """The quickest of each, and how far apart the turns were: on a busy machine chance has a hand in it."""
    ours, anchor = (min(one[key] for one in each) for each in (mine, theirs))
    turns = sorted(my[key] / their[key] for my, their in zip(mine, theirs, strict=True))
    return {
        "name": name,
        "ours": round(ours, 3),
        "anchor": round(anchor, 3),
        "ratio": round(ours / anchor, 2),
        "unit": "s",
        "reach": REACH,
        "ratios_of_turns": f"{turns[0]:.2f} to {turns[-1]:.2f}, middle {turns[len(turns) // 2]:.2f}",
    }


def pages_of(path: Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def main() -> None:
    """Measure, or do the work that is measured."""
    if len(sys.argv) == 1:
        sys.stdout.writelines(json.dumps(line) + "\n" for line in run())
        return
    began = WORK[sys.argv[1]](Path(sys.argv[2]))
    ended = time.monotonic()
    told = {
        "ended": ended,
        "rendering": ended - began,
        "processor": time.process_time(),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
