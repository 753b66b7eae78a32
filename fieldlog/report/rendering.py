"""From a dossier to a finished PDF."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fieldlog.domain.errors import NotFound, ReportRefused
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.report import compose_r4
from fieldlog.report.layout.setting import Paper
from fieldlog.report.leaves import TEMPLATES, Template, describe, lay_out
from fieldlog.report.legible import Reader, legible
from fieldlog.report.style import read_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from fieldlog.report.blocks import About
    from fieldlog.report.compose_r4 import Arrangement
    from fieldlog.report.dossier import Dossier
    from fieldlog.report.fonts import Faces
    from fieldlog.report.layout.ink import Page
    from fieldlog.report.legible import Missing
    from fieldlog.report.pdf.sealing import Flavour
    from fieldlog.report.style import Style


def _never() -> bool:
    return False


def _silently(_done: int, _of: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is wanted.

    ``pdfa`` None makes an unsealed file, quick enough for a preview. ``replace_missing`` prints 〓 for
    characters that no font has instead of refusing.
    """

    pdfa: Flavour | None = "2b"
    photos: Arrangement = "2"
    approval: bool = True
    replace_missing: bool = False
    margins: str = "everyday"
    progress: Callable[[int, int], None] = field(default=_silently, compare=False)
    cancelled: Callable[[], bool] = field(default=_never, compare=False)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished report; ``sha256`` is the main file's."""

    pdf: bytes
    pages: int
    attachment: bytes | None
    attachment_pages: int
    sha256: str
    notices: tuple[Phrase, ...]


def render(
    dossier: Dossier, template: Template, *, resources: Path, options: Options | None = None
) -> Rendered:
    """Set, draw and seal a report; the same dossier and options always give the same bytes.

    R1 is exactly one page for each case: what does not fit is in ``attachment``, a PDF of its own.

    Raises:
        ReportRefused: No case, a character that no font has, or a file that fails its PDF/A check.
        NotFound: There is no such template, or fonts are missing.
        Cancelled: ``options.cancelled`` said so.
    """
    if template not in TEMPLATES:
        raise _unknown(template)
    if not dossier.cases:
        raise _empty()
    with _uncollected():
        return _rendered(dossier, template, resources, options or Options())


def _rendered(dossier: Dossier, template: Template, resources: Path, wanted: Options) -> Rendered:
    from fieldlog.report.fonts import faces_in  # noqa: PLC0415

    faces = faces_in(resources / "fonts")
    style = read_style(resources / "paper")
    style = style.with_margins(style.presets.get(wanted.margins)).with_margins(dossier.agency.margins)
    reader = Reader(faces.covers, style.alike)
    printed = compose_r4.shown(dossier) if template == "R4" else dossier
    ready, replaced = legible(printed, reader, replace_missing=wanted.replace_missing)
    if not wanted.approval:
        ready = _without_approval(ready)
    leaves = lay_out(ready, template, Paper(style, faces), photos=wanted.photos, replaced=replaced)
    press = _Press(faces, style, describe(ready, template), wanted, len(leaves.main) + len(leaves.attached))
    pdf = press.printed(leaves.main)
    attachment = press.printed(leaves.attached) if leaves.attached else None
    return Rendered(
        pdf=pdf,
        pages=len(leaves.main),
        attachment=attachment,
        attachment_pages=len(leaves.attached),
        sha256=hashlib.sha256(pdf).hexdigest(),
        notices=(*map(_replaced_notice, replaced), *dict.fromkeys(press.notices)),
    )


def warm_up(resources: Path) -> None:
    """Read the fonts and load the PDF libraries, so that the first report is as quick as the second.

    Raises:
        NotFound: Fonts are missing.
    """
    with _uncollected():
        from fieldlog.report.fonts import faces_in  # noqa: PLC0415
        from fieldlog.report.pdf import painting, sealing  # noqa: F401, PLC0415

        faces_in(resources / "fonts")
        sealing.archive()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing looks for circular garbage meanwhile: loading and drawing make little, looking takes a fifth of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(slots=True)
class _Press:
    """Draws and seals the files of one report, counting pages over all of them."""

    faces: Faces
    style: Style
    about: About
    options: Options
    total: int
    done: int = 0
    notices: list[Phrase] = field(default_factory=list)

    def printed(self, pages: Sequence[Page]) -> bytes:
        """One file."""
        from fieldlog.report.pdf.painting import Painter, Progress  # noqa: PLC0415
        from fieldlog.report.pdf.sealing import seal  # noqa: PLC0415

        before = self.done
        progress = Progress(
            lambda done: self.options.progress(before + done, self.total), self.options.cancelled
        )
        painter = Painter(self.faces, self.style, self.notices)
        painted = painter.paint(pages, self.about, progress)
        self.done += len(pages)
        return seal(painted, self.about, self.options.pdfa) if self.options.pdfa else painted


def _without_approval(dossier: Dossier) -> Dossier:
    return replace(dossier, agency=replace(dossier.agency, approval=()))


def _replaced_notice(missing: Missing) -> Phrase:
    return Phrase(
        "글꼴에 없는 글자를 〓로 바꾸었습니다: {told}", "Characters in no font were printed as 〓: {told}"
    ).fill(told=missing.told)


def _unknown(template: str) -> NotFound:
    return NotFound(
        Phrase("그런 서식이 없습니다: {name}", "There is no such report: {name}").fill(name=plain(template)),
        Phrase("만들 수 있는 서식은 R1, R2, R4입니다.", "The reports are R1, R2 and R4."),
        Phrase("서식 이름을 확인해 주십시오.", "Please check the name."),
    )


def _empty() -> ReportRefused:
    return ReportRefused(
        Phrase("보고서에 넣을 사안이 없습니다.", "There is no case to report."),
        Phrase("사안을 하나도 고르지 않았습니다.", "No case was chosen."),
        Phrase("사안을 골라 다시 만들어 주십시오.", "Choose a case and try again."),
    )
