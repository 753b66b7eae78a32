"""What was wrong with a command as it was typed, in both languages."""

from __future__ import annotations

import re
from typing import Final

from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase, plain

_SAID: Final = tuple(
    (regex(said, re.DOTALL), phrase)
    for said, phrase in (
        (
            r"the following arguments are required: (?P<names>.+)",
            Phrase("빠진 것: {names}", "Missing: {names}"),
        ),
        (r"unrecognized arguments: (?P<names>.+)", Phrase("모르는 말: {names}", "Not understood: {names}")),
        (
            r"argument (?P<name>\S+): invalid choice: (?P<value>.+?) \(choose from (?P<some>.+)\)",
            Phrase(
                "{name}: {value:은} 없습니다. 다음 가운데 고르십시오: {some}",
                "{name}: no {value}. Choose one of: {some}",
            ),
        ),
        (
            r"argument (?P<name>.+?): invalid \S+ value: ''",
            Phrase("{name} 값이 비어 있습니다.", "{name} is empty."),
        ),
        (
            r"argument (?P<name>.+?): invalid \S+ value: (?P<value>.+)",
            Phrase("{name}: {value:은} 맞지 않습니다.", "{name}: {value} will not do."),
        ),
        (
            r"argument (?P<name>.+?): expected one argument",
            Phrase("{name} 뒤에 값이 없습니다.", "{name} needs a value."),
        ),
        (
            r"argument (?P<name>.+?): expected at least one argument",
            Phrase("{name} 뒤에 값이 하나 이상 있어야 합니다.", "{name} needs at least one value."),
        ),
        (
            r"argument (?P<name>.+?): ignored explicit argument (?P<value>.+)",
            Phrase("{name:은} 값을 받지 않습니다: {value}", "{name} takes no value: {value}"),
        ),
        (
            r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)",
            Phrase("{name:과} {other:은} 함께 쓰지 않습니다.", "{name} and {other} do not go together."),
        ),
        (
            r"ambiguous option: (?P<name>\S+) could match (?P<some>.+)",
            Phrase("{name}: 여럿에 해당합니다: {some}", "{name} may mean any of: {some}"),
        ),
    )
)
_OTHERWISE: Final = Phrase("명령을 읽을 수 없습니다: {said}", "The command cannot be read: {said}")
WHAT: Final = Phrase("명령을 잘못 적었습니다.", "The command is not written right.")
HOW: Final = Phrase("{program} --help 를 보아 주십시오.", "See {program} --help.")


class UsageTrouble(Exception):
    """A command that cannot be carried out as it was typed: why, how to see what is possible, and its usage."""

    def __init__(self, why: Phrase, program: str, usage: str) -> None:
        super().__init__(why.en)
        self.why = why
        self.how = HOW.fill(program=program)
        self.usage = usage


def why_wrong(message: str) -> Phrase:
    """The reason that the parser of the standard library gives, in both languages."""
    for pattern, phrase in _SAID:
        found = pattern.fullmatch(message)
        if found:
            return phrase.fill(
                **{name: plain(text.replace("'", "")) for name, text in found.groupdict().items()}
            )
    return _OTHERWISE.fill(said=message)
