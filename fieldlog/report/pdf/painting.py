"""Drawing pages: every mark where the layout put it, nothing decided here."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.colors import HexColor

from fieldlog.domain.errors import Cancelled, Known
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.report import words
from fieldlog.report.fonts import BASE_FACE
from fieldlog.report.jpeg import NoJpeg, bare
from fieldlog.report.layout.ink import Bookmark, Picture, Rule, Slanted, Text, Tint
from fieldlog.report.pdf.canvas import PaperCanvas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fieldlog.report.blocks import About
    from fieldlog.report.fonts import Faces
    from fieldlog.report.layout.ink import Page
    from fieldlog.report.style import Style

_LANGUAGE: Final = "ko-KR"
_ONE_AT_A_TIME: Final = threading.Lock()
"""ReportLab cuts font subsets with a reading position that belongs to the face, not to the document."""
_UNREADABLE_SIZE: Final = 9.0


@dataclass(slots=True)
class Progress:
    """Tells how far the drawing is and whether it should stop."""

    report: Callable[[int], None]
    cancelled: Callable[[], bool]

    def step(self, done: int) -> None:
        """So many pages are done.

        Raises:
            Cancelled: The person stopped it.
        """
        if self.cancelled():
            raise Cancelled(
                Phrase("보고서 만들기를 멈추었습니다.", "Making the report was stopped."),
                Phrase("취소를 눌렀습니다.", "It was cancelled."),
                Phrase("파일은 만들어지지 않았습니다.", "No file was made."),
            )
        self.report(done)


@dataclass(slots=True)
class Painter:
    """Draws one document; ``notices`` tells what could not be drawn as it should."""

    faces: Faces
    style: Style
    notices: list[Phrase] = field(default_factory=list)
    _canvas: Any = None
    _bookmarks: int = 0
    _last_level: int = -1

    def paint(self, pages: Sequence[Page], about: About, progress: Progress) -> bytes:
        """The document as PDF, not yet sealed for the archive."""
        made = BytesIO()
        with _ONE_AT_A_TIME:
            self._canvas = PaperCanvas(
                made,
                pagesize=(self.style.width, self.style.height),
                pageCompression=1,
                invariant=1,
                initialFontName=BASE_FACE,
                lang=_LANGUAGE,
            )
            self._describe(about)
            for number, page in enumerate(pages):
                progress.step(number)
                self._paint(page)
                self._canvas.showPage()
            self._canvas.save()
        progress.step(len(pages))
        return made.getvalue()

    def _describe(self, about: About) -> None:
        canvas = self._canvas
        canvas.setTitle(about.title)
        canvas.setAuthor(about.author)
        canvas.setSubject(about.subject)
        canvas.setKeywords(list(about.keywords))
        canvas.setCreator("fieldlog")
        canvas.setProducer("fieldlog")

    def _paint(self, page: Page) -> None:
        for ink in page.inks:
            match ink:
                case Rule():
                    self._rule(ink)
                case Tint():
                    self._tint(ink)
                case Picture():
                    self._picture(ink)
                case Slanted():
                    self._slanted(ink)
                case Bookmark():
                    self._bookmark(ink)
                case Text():
                    pass
        self._texts([ink for ink in page.inks if isinstance(ink, Text)])

    def _texts(self, texts: Sequence[Text]) -> None:
        """All lines of a page in one text object, in reading order."""
        writing = self._canvas.beginText()
        font: tuple[str, float] | None = None
        colour, gap = "", 0.0
        for text in texts:
            writing.setTextOrigin(text.x, self.style.height - text.y)
            if text.colour != colour:
                writing.setFillColor(self._colour(text.colour))
                colour = text.colour
            if text.word_gap != gap:
                writing.setWordSpace(text.word_gap)
                gap = text.word_gap
            for face, run in self.faces.runs(text.text, strong=text.strong):
                if font != (face, text.size):
                    writing.setFont(face, text.size)
                    font = (face, text.size)
                writing.textOut(run)
        self._canvas.drawText(writing)

    def _colour(self, name: str) -> Any:
        return HexColor(self.style.ink[name])

    def _rule(self, rule: Rule) -> None:
        self._canvas.setStrokeColor(self._colour(rule.colour))
        self._canvas.setLineWidth(rule.width)
        top = self.style.height
        self._canvas.line(rule.x, top - rule.y, rule.to_x, top - rule.to_y)

    def _tint(self, tint: Tint) -> None:
        self._canvas.setFillColor(self._colour(tint.colour))
        foot = self.style.height - tint.y - tint.height
        self._canvas.rect(tint.x, foot, tint.width, tint.height, stroke=0, fill=1)

    def _slanted(self, words_across: Slanted) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(words_across.x, self.style.height - words_across.y)
        canvas.rotate(words_across.degrees)
        canvas.setFillColor(self._colour(words_across.colour))
        canvas.setFont(BASE_FACE, words_across.size)
        canvas.drawCentredString(0, -words_across.size / 3, words_across.text)
        canvas.restoreState()

    def _bookmark(self, bookmark: Bookmark) -> None:
        """An entry of the outline; a level is never more than one below the entry before."""
        key = f"place {self._bookmarks}"
        self._bookmarks += 1
        self._last_level = min(bookmark.level, self._last_level + 1)
        self._canvas.bookmarkHorizontal(key, 0, self.style.height - bookmark.y)
        self._canvas.addOutlineEntry(bookmark.title.replace("\n", " "), key, self._last_level)

    def _picture(self, picture: Picture) -> None:
        """A photo fitted whole into its rectangle, its pixels untouched."""
        try:
            jpeg = bare(picture.figure.load())
        except (Known, NoJpeg) as error:
            self._unreadable(picture, error)
            return
        scale = min(picture.width / jpeg.width, picture.height / jpeg.height)
        width, height = jpeg.width * scale, jpeg.height * scale
        x = picture.x + (picture.width - width) / 2
        y = self.style.height - picture.y - (picture.height + height) / 2
        self._canvas.draw_jpeg(f"photo{picture.figure.digest}", jpeg, (x, y, width, height))

    def _unreadable(self, picture: Picture, error: Known | NoJpeg) -> None:
        """A frame that says what is missing, and a notice for who made the report."""
        self._tint(Tint(picture.x, picture.y, picture.width, picture.height, "missing"))
        canvas = self._canvas
        canvas.setFillColor(self._colour("text"))
        canvas.setFont(BASE_FACE, _UNREADABLE_SIZE)
        middle = picture.x + picture.width / 2
        canvas.drawCentredString(middle, self.style.height - picture.y - picture.height / 2, words.UNREADABLE)
        why = error.what if isinstance(error, Known) else plain(str(error))
        self.notices.append(
            Phrase(
                "{photo}: 사진을 읽을 수 없어 빈 칸으로 두었습니다. {why}",
                "{photo}: the photo could not be read and its place was left empty. {why}",
            ).fill(photo=plain(picture.figure.alt), why=why)
        )
