"""The plain way to the window, understood without building the parser of every command."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

_LANGUAGES = ("ko", "en")


def words_of_plain_start(arguments: Sequence[str]) -> Namespace | None:
    """What ``fieldlog [--store DIR] [--lang ko|en] [open]`` says, None where it is anything else.

    Whatever is not exactly this, misspelt or asked for help, is for the parser to understand and to explain.
    """
    said: dict[str, str] = {}
    left = list(arguments)
    while left and left[0] in {"--store", "--lang"}:
        if len(left) == 1 or not left[1] or left[1].startswith("-") or left[0] in said:
            return None
        said[left[0]] = left[1]
        del left[:2]
    if left not in ([], ["open"]) or said.get("--lang", "ko") not in _LANGUAGES:
        return None
    words = SimpleNamespace(
        store=said.get("--store"), lang=said.get("--lang"), json=False, version=False, run="window.open_it"
    )
    return cast("Namespace", words)
