"""The tables of an agency profile, kept beside its text so that a start need not read the text anew."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any, Final

_DATE: Final = "\u0000date"
"""No key of a profile begins so."""


def tables_of(text: str) -> dict[str, Any]:
    """The tables of a TOML text.

    Raises:
        ValueError: It is no TOML; the message tells where.
        RecursionError: It is nested too deeply.
    """
    import tomllib  # noqa: PLC0415

    return tomllib.loads(text.removeprefix("\ufeff"))


def kept_tables(text: str) -> str | None:
    """The tables of a sound text as JSON that names the text; None where they hold what JSON cannot carry."""
    try:
        return json.dumps(
            [_named(text), tables_of(text)], default=_marked, ensure_ascii=False, separators=(",", ":")
        )
    except TypeError:
        return None


def tables_from(kept: str | None, text: str) -> dict[str, Any]:
    """The tables of ``text`` from what was kept, or anew when that is of another text or cannot be read.

    Raises:
        ValueError, RecursionError: As :func:`tables_of`.
    """
    if not may_be_read(kept, text):
        return tables_of(text)
    try:
        tables = json.loads(kept or "", object_hook=_unmarked)[1]
    except (ValueError, TypeError, LookupError, RecursionError):
        return tables_of(text)
    return tables if isinstance(tables, dict) else tables_of(text)


def may_be_read(kept: str | None, text: str) -> bool:
    """Whether what was kept names this text."""
    return kept is not None and kept.startswith(f'["{_named(text)}",')


def _named(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _marked(value: object) -> dict[str, str]:
    if isinstance(value, date) and not isinstance(value, datetime | time):
        return {_DATE: value.isoformat()}
    raise TypeError(type(value).__name__)


def _unmarked(table: dict[str, Any]) -> Any:
    return date.fromisoformat(table[_DATE]) if _DATE in table else table
