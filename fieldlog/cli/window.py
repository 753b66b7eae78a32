"""The commands of the window, which the composition root opens: it knows the screens, the commands do not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldlog.cli.answer import Answer
from fieldlog.domain.phrase import Phrase, plain

if TYPE_CHECKING:
    from fieldlog.cli.desk import Desk

_DRAWN: Final = Phrase("그림 {n}장을 그렸습니다: {folder}", "{n} pictures were drawn: {folder}")


def open_it(desk: Desk) -> Answer:
    """Open the window; the command ends when it is closed."""
    code = desk.outside.open_window(desk.folder, desk.asked_language)
    return Answer(document={"store": str(desk.folder)}, exit_code=code)


def pictures(desk: Desk) -> Answer:
    """Draw every page and dialog as PNG."""
    words = desk.words
    out = Path(words.out).expanduser()
    drawn = desk.outside.draw_pictures(
        desk.folder, out, language=desk.language, theme=words.theme, scale=words.scale
    )
    return Answer(
        document={"pictures": [str(path) for path in drawn]},
        shown=[_DRAWN.fill(n=len(drawn), folder=plain(str(out)))],
    )
