"""Putting a finished report into a folder: under the name the office expects, whole or not at all."""

from __future__ import annotations

import unicodedata
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from fieldlog.domain.errors import AlreadyThere
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.durable import AS_USUAL, write_new, write_over

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from fieldlog.report.leaves import Template
    from fieldlog.report.rendering import Rendered

_FORBIDDEN: Final = frozenset('\\/:*?"<>|')
_STAND_IN: Final = "_"
_RESERVED: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"COM{n}" for n in range(1, 10)), *(f"LPT{n}" for n in range(1, 10))}
)
_LONGEST_STEM: Final = 150
"""Bytes of UTF-8: with date, suffix and a part name it stays below the 255 of every file system."""
_ATTACHMENT: Final = "_붙임"


def safe(text: str) -> str:
    """Text that every system takes in a file name: no reserved signs or words, no dots at the ends."""
    kept = "".join(
        _STAND_IN if character in _FORBIDDEN or unicodedata.category(character).startswith("C") else character
        for character in unicodedata.normalize("NFC", text)
    )
    kept = _shortened(" ".join(kept.split()).strip(" ."))
    return f"{_STAND_IN}{kept}" if kept.upper() in _RESERVED or not kept else kept


def _shortened(text: str) -> str:
    return text.encode()[:_LONGEST_STEM].decode(errors="ignore").rstrip(" .")


def file_name(case_numbers: Sequence[str], template: Template, generated_on: date) -> str:
    """The name of a report's file: ``FL-2026-0006_R2_20260413.pdf``; several cases add ``외2건``."""
    first = safe(case_numbers[0]) if case_numbers else _STAND_IN
    others = f"_외{len(case_numbers) - 1}건" if len(case_numbers) > 1 else ""
    return f"{first}{others}_{template}_{generated_on:%Y%m%d}.pdf"


def attachment_path(report: Path) -> Path:
    """Where the attachment of a report lies: beside it, ``…_붙임.pdf``."""
    return report.with_name(f"{report.stem}{_ATTACHMENT}{report.suffix}")


def file_report(rendered: Rendered, path: Path, *, overwrite: bool = False) -> tuple[Path, ...]:
    """Write a report, and its attachment beside it; the paths written.

    Raises:
        AlreadyThere: A file of that name exists and may not be replaced; nothing was written.
        DiskTrouble: The disk refused; no part of a file remains.
    """
    targets = [(path, rendered.pdf)]
    if rendered.attachment is not None:
        targets.insert(0, (attachment_path(path), rendered.attachment))
    if not overwrite:
        for target, _ in targets:
            _refuse_if_there(target)
    with ExitStack() as undo:
        for target, data in targets:
            (write_over if overwrite else write_new)(target, [data], mode=AS_USUAL)
            if not overwrite:
                undo.callback(target.unlink, missing_ok=True)
        undo.pop_all()
    return tuple(target for target, _ in reversed(targets))


def _refuse_if_there(path: Path) -> None:
    if path.exists():
        raise AlreadyThere(
            Phrase("같은 이름의 파일이 이미 있습니다: {name}", "There is already a file named {name}.").fill(
                name=path.name
            ),
            Phrase("묻지 않고 덮어쓰지 않습니다.", "Nothing is overwritten without being asked."),
            Phrase(
                "다른 이름을 쓰거나 덮어쓰기를 선택해 주십시오.", "Use another name, or choose to replace it."
            ),
        )
