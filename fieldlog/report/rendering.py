"""From a dossier to a finished PDF."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from fieldlog.domain.errors import NotFound, ReportRefused
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.report import compose_r1, compose_r2, compose_r4, korean_text, words
from fieldlog.report.blocks import About, Heading, Item, Level, PageBreak, TitleBox
from fieldlog.report.fonts import faces_in
from fieldlog.report.layout import onepage
from fieldlog.report.layout.bands import PageFlow
from fieldlog.report.layout.pages import flow
from fieldlog.report.layout.running import dressing
from fieldlog.report.layout.setting import Paper
from fieldlog.report.legible import Reader, legible
from fieldlog.report.pdf.painting import Painter, Progress
from fieldlog.report.pdf.sealing import seal
from fieldlog.report.style import read_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from fieldlog.report.blocks import Block
    from fieldlog.report.compose_r4 import Arrangement
    from fieldlog.report.dossier import Dossier
    from fieldlog.report.fonts import Faces
    from fieldlog.report.layout.ink import Page
    from fieldlog.report.layout.onepage import FittedPage
    from fieldlog.report.legible import Missing
    from fieldlog.report.pdf.sealing import Flavour
    from fieldlog.report.style import Style

Template = Literal["R1", "R2", "R4"]
TEMPLATES: Final[tuple[Template, ...]] = ("R1", "R2", "R4")
_NAMES: Final[dict[Template, str]] = {"R1": words.R1_NAME, "R2": words.R2_NAME, "R4": words.R4_NAME}


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
    return Press(resources, options or Options()).render(dossier, template)


@dataclass(frozen=True, slots=True)
class Press:
    """Everything that stays the same from one report to the next."""

    resources: Path
    options: Options

    def render(self, dossier: Dossier, template: Template) -> Rendered:
        """One report."""
        if template not in TEMPLATES:
            raise _unknown(template)
        if not dossier.cases:
            raise _empty()
        faces = faces_in(self.resources / "fonts")
        style = self._style(dossier)
        reader = Reader(faces.covers, style.alike)
        ready, replaced = legible(dossier, reader, replace_missing=self.options.replace_missing)
        if not self.options.approval:
            ready = _without_approval(ready)
        about = _about(ready, template)
        paper = Paper(style, faces)
        if template == "R1":
            main, rest = _one_pagers(ready, paper, about, replaced)
        else:
            main, rest = _flowing(ready, template, paper, about, replaced, self.options.photos), ()
        return self._print(main, rest, about, faces, style, replaced)

    def _style(self, dossier: Dossier) -> Style:
        style = read_style(self.resources / "paper")
        preset = style.presets.get(self.options.margins)
        return style.with_margins(preset).with_margins(dossier.agency.margins)

    def _print(
        self,
        main: Sequence[Page],
        rest: Sequence[Page],
        about: About,
        faces: Faces,
        style: Style,
        replaced: Sequence[Missing],
    ) -> Rendered:
        painter = Painter(faces, style)
        pdf = self._sealed(painter.paint(main, about, self._progress(0, len(main) + len(rest))), about)
        attachment = None
        if rest:
            second = Painter(faces, style, painter.notices)
            progress = self._progress(len(main), len(main) + len(rest))
            attachment = self._sealed(second.paint(rest, about, progress), about)
        notices = (*(_replaced_notice(missing) for missing in replaced), *painter.notices)
        digest = hashlib.sha256(pdf).hexdigest()
        return Rendered(pdf, len(main), attachment, len(rest), digest, notices)

    def _progress(self, before: int, total: int) -> Progress:
        report = self.options.progress
        return Progress(lambda done, _of: report(before + done, total), self.options.cancelled)

    def _sealed(self, painted: bytes, about: About) -> bytes:
        return seal(painted, about, self.options.pdfa) if self.options.pdfa else painted


def _flowing(
    dossier: Dossier,
    template: Template,
    paper: Paper,
    about: About,
    replaced: Sequence[Missing],
    photos: Arrangement,
) -> tuple[Page, ...]:
    compose = compose_r2.compose if template == "R2" else compose_r4.compose
    blocks = (*compose(dossier, photos), *_replaced_blocks(replaced))
    return flow(blocks, paper).finish(dressing(about, paper, words.PAGE))


def _one_pagers(
    dossier: Dossier, paper: Paper, about: About, replaced: Sequence[Missing]
) -> tuple[tuple[Page, ...], tuple[Page, ...]]:
    """One page for each case, and the pages on which they continue."""
    fitted = [onepage.fit(page, paper) for page in compose_r1.compose(dossier)]
    attached = (*_attached(fitted), *_replaced_blocks(replaced))
    anchors: dict[str, int] = {}
    rest: tuple[Page, ...] = ()
    if attached:
        continued = flow(attached, paper)
        rest = continued.finish(dressing(about, paper, words.PAGE_ATTACHED))
        anchors = continued.anchors
    main = PageFlow(paper.style.top, paper.style.text_height)
    for number, page in enumerate(fitted):
        main.turn()
        main.place(page.bands({name: anchors.get(f"{number} {name}", 0) for name in page.anchors}))
    return main.finish(dressing(about, paper, words.PAGE)), rest


def _attached(fitted: Sequence[FittedPage]) -> tuple[Block, ...]:
    """What one page could not hold, case by case, each from a new page on."""
    blocks: list[Block] = []
    for number, page in enumerate(fitted):
        if page.overflow:
            blocks.append(PageBreak())
            blocks.extend(_continued(number, page))
    return tuple(blocks)


def _continued(number: int, page: FittedPage) -> Iterator[Block]:
    rest = page.overflow
    yield TitleBox(f"{words.ATTACHED}. {page.title}")
    order = 0
    if rest.facts or rest.sections:
        order += 1
        yield Heading(words.ATTACHED_HEADING.format(number=order, name=words.ATTACHED_REST))
    if rest.facts:
        heading = words.REST_HEADING.format(section=words.REST_FACTS)
        yield Heading(heading, level=2, anchor=f"{number} {onepage.FACTS_ANCHOR}")
        yield from rest.facts
    for anchor, section in rest.sections:
        heading = words.REST_HEADING.format(section=section.title)
        yield Heading(heading, level=2, anchor=f"{number} {anchor}")
        yield from section.items
    if rest.plates or rest.captions:
        order += 1
        heading = words.ATTACHED_HEADING.format(number=order, name=words.R4_NAME)
        yield Heading(heading, anchor=f"{number} {onepage.PHOTOS_ANCHOR}")
        yield from rest.captions
    if rest.plates:
        yield compose_r4.in_rows(rest.plates, *compose_r4.SHAPES["4"])


def _replaced_blocks(replaced: Sequence[Missing]) -> tuple[Block, ...]:
    """The list of characters that could not be printed, by field and by code."""
    if not replaced:
        return ()
    items = [
        Item(
            Level.CIRCLE,
            words.REPLACED.format(
                where=missing.where.ko, characters=", ".join(f"U+{ord(c):04X}" for c in missing.characters)
            ),
        )
        for missing in replaced
    ]
    return (PageBreak(), Heading(f"{words.ATTACHED}. {words.REPLACED_HEADING}"), *items)


def _about(dossier: Dossier, template: Template) -> About:
    first = dossier.cases[0]
    name = _NAMES[template]
    others = f" 외 {len(dossier.cases) - 1}건" if len(dossier.cases) > 1 else ""
    return About(
        title=f"{name} {first.number} {first.title}{others}".replace("\n", " "),
        author=" ".join(part for part in (dossier.agency.name, dossier.official.department) if part),
        subject=f"{name}, {korean_text.plain_day(dossier.generated_on)}",
        keywords=tuple(case.number for case in dossier.cases if case.number),
        created_at=dossier.created_at,
        changed_at=dossier.changed_at,
        header=dossier.agency.header or dossier.agency.name,
        footer=dossier.agency.footer,
        watermark=words.WATERMARK if dossier.practice else "",
    )


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
