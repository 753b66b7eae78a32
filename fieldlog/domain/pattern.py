"""Regular expressions that are compiled when they are first used: a start of the program needs few of them."""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Stands for the compiled expression and keeps each of its methods once asked for it."""

    def __init__(self, text: str, flags: int) -> None:
        self._asked = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._asked), name)
        setattr(self, name, found)
        return found


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression; a mistake in it shows at its first use."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
