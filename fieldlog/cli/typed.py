"""Reading what was typed after a command: FIELD=VALUE, stages, codes and moments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import parse_moment
from fieldlog.domain.errors import BadInput
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.acceptance import accept
from fieldlog.services.checking import known_category

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from fieldlog.services.workspace import Workspace

_ASSIGNED: Final = regex(r"\s*([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?)\s*=(.*)", re.DOTALL)
_NO_SUCH: Final = Phrase("{field:을} 알 수 없습니다: {text}", "{field} not understood: {text}")
_WHAT: Final = Phrase("고치지 않았습니다: {text}", "Nothing was changed: {text}")


def assignments(texts: Sequence[str]) -> dict[str, str]:
    """``FIELD=VALUE`` texts by field name, in the order typed.

    Raises:
        BadInput: One of them has no =, or a field comes twice.
    """
    given: dict[str, str] = {}
    for text in texts:
        found = _ASSIGNED.fullmatch(text)
        if found is None:
            raise BadInput(
                _WHAT.fill(text=text[:80]),
                Phrase("항목=값 모양이 아닙니다.", "It is not FIELD=VALUE."),
                Phrase("title=새 제목 처럼 적어 주십시오.", "Write it like title=New."),
            )
        if found[1] in given:
            raise BadInput(
                _WHAT.fill(text=text[:80]),
                Phrase("같은 항목을 두 번 적었습니다.", "The field was given twice."),
                Phrase("한 번만 적어 주십시오.", "Give it once."),
            )
        given[found[1]] = found[2]
    return given


def stage_code(text: str) -> str:
    """The code of a stage that is named by its code, in any case, or by its label.

    Raises:
        BadInput: There is no such stage; the error lists them.
    """
    return _code_of("stage", text, text.strip().upper().replace("-", "_"))


def petition_code(text: str | None) -> str | None:
    """The code of a petition type named by its code or label; None for none."""
    if not text:
        return None
    return _code_of("petition_type", text, text.strip().upper())


def _code_of(name: str, text: str, upper: str) -> str:
    declared = REGISTRY.kind("case").field(name)
    known = declared.vocabulary is not None and upper in declared.vocabulary.entries
    try:
        return str(accept(declared, upper if known else text))
    except BadInput as refused:
        raise BadInput(
            _NO_SUCH.fill(field=declared.label, text=text[:80]), refused.why, refused.how
        ) from refused


def category_code(text: str, workspace: Workspace) -> str:
    """The code of a category named by its code or by its label, in any case; "" where nothing was typed.

    Raises:
        BadInput: There is no such category; the error names those that come close.
    """
    wanted, known = text.strip(), workspace.profile.categories
    if not wanted or wanted.upper() in known:
        return wanted.upper()
    labels = {
        said.casefold(): code for code, each in known.items() for said in (each.label.ko, each.label.en)
    }
    code = labels.get(wanted.casefold(), wanted)
    known_category(workspace, code)
    return code


def moment(text: str | None) -> datetime | None:
    """A moment as typed, None for none.

    Raises:
        BadInput: It is no moment.
    """
    return parse_moment(text) if text else None
