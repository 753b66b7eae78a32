"""Drawing pages: every mark where the layout put it, nothing decided here."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeVar

from fieldlog.domain.errors import Cancelled, Known
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.report import words
from fieldlog.report.fonts import BASE_FACE
from fieldlog.report.jpeg import NoJpeg, bare
from fieldlog.report.layout.ink import Bookmark, Picture, Rule, Slanted, Text, Tint
from fieldlog.report.pdf.canvas import PaperCanvas
from fieldlog.report.pdf.operators import Operators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fieldlog.report.blocks import About
    from fieldlog.report.fonts import Faces
    from fieldlog.report.layout.ink import Page
    from fieldlog.report.pdf.operators import Glyphs
    from fieldlog.report.style import Style

_LANGUAGE: Final = "ko-KR"
_ONE_AT_A_TIME: Final = threading.Lock()
"""ReportLab cuts font subsets with a reading position that belongs to the face, not to the document."""
_UNREADABLE_SIZE: Final = 9.0
Mark = TypeVar("Mark", Text, Rule, Tint, Picture, Slanted, Bookmark)


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
        """What lies under other marks first: words across the page, tints, pictures, rules, text."""
        marks = Operators(self.style.height, self.style.ink, self._glyphs)
        for bookmark in _only(Bookmark, page):
            self._bookmark(bookmark)
        for slanted in _only(Slanted, page):
            width = self.faces.width(slanted.text, strong=False) * slanted.size
            marks.slanted(slanted, width)
        marks.tints(_only(Tint, page))
        missing = [text for picture in _only(Picture, page) for text in self._picture(picture, marks)]
        marks.rules(_only(Rule, page))
        marks.texts([*missing, *_only(Text, page)])
        self._canvas.write(marks.written)

    def _glyphs(self, text: str, strong: bool) -> Iterator[Glyphs]:  # noqa: FBT001
        for face, run in self.faces.runs(text, strong=strong):
            yield from self._canvas.glyphs(face, run)

    def _bookmark(self, bookmark: Bookmark) -> None:
        """An entry of the outline; a level is never more than one below the entry before."""
        key = f"place {self._bookmarks}"
        self._bookmarks += 1
        self._last_level = min(bookmark.level, self._last_level + 1)
        self._canvas.bookmarkHorizontal(key, 0, self.style.height - bookmark.y)
        self._canvas.addOutlineEntry(bookmark.title.replace("\n", " "), key, self._last_level)

    def _picture(self, picture: Picture, marks: Operators) -> tuple[Text, ...]:
        """A photo fitted whole into its rectangle, its pixels untouched; the words in its place if it cannot be read."""
        try:
            jpeg = bare(picture.figure.load())
        except (Known, NoJpeg) as error:
            self.notices.append(_unreadable(picture, error))
            marks.tints([Tint(picture.x, picture.y, picture.width, picture.height, "missing")])
            return (self._instead(picture),)
        scale = min(picture.width / jpeg.width, picture.height / jpeg.height)
        width, height = jpeg.width * scale, jpeg.height * scale
        x = picture.x + (picture.width - width) / 2
        y = self.style.height - picture.y - (picture.height + height) / 2
        name = self._canvas.hold_jpeg(f"photo{picture.figure.digest}", jpeg)
        marks.picture(name, (x, y, width, height))
        return ()

    def _instead(self, picture: Picture) -> Text:
        """Words that say what is missing, in the middle of the frame."""
        width = self.faces.width(words.UNREADABLE, strong=False) * _UNREADABLE_SIZE
        x, y = picture.x + (picture.width - width) / 2, picture.y + picture.height / 2
        return Text(x, y, words.UNREADABLE, _UNREADABLE_SIZE)


def _unreadable(picture: Picture, error: Known | NoJpeg) -> Phrase:
    why = error.what if isinstance(error, Known) else plain(str(error))
    return Phrase(
        "{photo}: 사진을 읽을 수 없어 빈 칸으로 두었습니다. {why}",
        "{photo}: the photo could not be read and its place was left empty. {why}",
    ).fill(photo=plain(picture.figure.alt), why=why)


def _only(kind: type[Mark], page: Page) -> Iterator[Mark]:
    return (ink for ink in page.inks if isinstance(ink, kind))
