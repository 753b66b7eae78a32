"""A report of 22 pages with 24 photographs, against typst on the same content; each in a fresh process.

Run as a program it prints one JSON document: seconds from the dossier to the checked file with the libraries
loaded (the program loads them in the background), the same from the first import on (``cold``), the ratios
to typst, and the peak in MB. Fonts are read within the measured time by both.
"""

from __future__ import annotations

import io
import json
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
ROUNDS = 5
PHOTOS = 24


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


def ours(folder: Path) -> tuple[int, float]:
    """Render and write: how many pages, and when the libraries were loaded."""
    from fieldlog.report.pdf import painting, sealing  # noqa: F401
    from fieldlog.report.rendering import render

    loaded = time.perf_counter()
    made = render(dossier(folder), "R2", resources=ROOT / "resources")  # type: ignore[arg-type]
    (folder / "ours.pdf").write_bytes(made.pdf)
    return made.pages, loaded


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


def anchor(folder: Path) -> tuple[int, float]:
    """Compile the prepared source to the same kind of PDF."""
    import typst

    loaded = time.perf_counter()
    typst.compile(
        str(folder / "report.typ"),
        output=str(folder / "anchor.pdf"),
        font_paths=[str(ROOT / "resources" / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
    )
    return 0, loaded


def measured(which: str, folder: Path) -> dict[str, float]:
    """What one fresh process tells of itself."""
    done = subprocess.run(
        [sys.executable, __file__, which, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def run() -> dict[str, object]:
    """The best of some rounds of both, turn about."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        photographs(folder)
        (folder / "report.typ").write_text(typst_source(folder), encoding="utf-8")
        rounds = [(measured("ours", folder), measured("anchor", folder)) for _ in range(ROUNDS)]
        anchor_pages = pages_of(folder / "anchor.pdf")
    mine, theirs = zip(*rounds, strict=True)
    best = {
        key: (min(one[key] for one in mine), min(one[key] for one in theirs)) for key in ("seconds", "cold")
    }
    return {
        "name": "pdf",
        "ours": round(best["seconds"][0], 3),
        "anchor": round(best["seconds"][1], 3),
        "ratio": round(best["seconds"][0] / best["seconds"][1], 2),
        "ours_cold": round(best["cold"][0], 3),
        "anchor_cold": round(best["cold"][1], 3),
        "ratio_cold": round(best["cold"][0] / best["cold"][1], 2),
        "peak_mb": round(max(one["peak_mb"] for one in mine)),
        "anchor_peak_mb": round(max(one["peak_mb"] for one in theirs)),
        "pages": mine[0]["pages"],
        "anchor_pages": anchor_pages,
    }


def pages_of(path: Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def main() -> None:
    """Measure, or do the work that is measured."""
    if len(sys.argv) == 1:
        sys.stdout.write(json.dumps(run()) + "\n")
        return
    start = time.perf_counter()
    pages, loaded = {"ours": ours, "anchor": anchor}[sys.argv[1]](Path(sys.argv[2]))
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"seconds": end - loaded, "cold": end - start, "peak_mb": peak, "pages": pages}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
