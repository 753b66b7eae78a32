"""A parser that explains itself in Korean and in English and leaves exiting to the rim."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final, NoReturn

from fieldlog.cli.usage import UsageTrouble, why_wrong
from fieldlog.cli.width import wrapped
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Language, Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_USAGE: Final = Phrase("사용법: ", "usage: ")
_OPERANDS: Final = Phrase("대상", "operands")
_OPTIONS: Final = Phrase("선택", "options")
_COMMANDS: Final = Phrase("명령", "commands")
_HELP: Final = Phrase("이 도움말을 보입니다", "show this help")
_INDENT: Final = 26
_NEGATIVE: Final = regex(r"-[.\d]")


class _Layout(argparse.HelpFormatter):
    """Lines by what they take on the screen, so that Korean does not run over the edge."""

    language: Language = "ko"

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=_INDENT, width=96)

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _USAGE.said(self.language) if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = [
            line
            for part in text.splitlines()
            for line in ([part] if part.startswith(" ") or not part else wrapped(part, width))
        ]
        return "\n".join(f"{indent}{line}".rstrip() for line in lines)


class _KoreanLayout(_Layout):
    language = "ko"


class _EnglishLayout(_Layout):
    language = "en"


class HelpAsked(Exception):
    """The person asked for help; ``text`` is all of it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class _Help(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        raise HelpAsked(parser.format_help())


class Parser(argparse.ArgumentParser):
    """One command, or the whole program, in one language."""

    def __init__(self, *, language: Language, **rest: Any) -> None:
        layout = _KoreanLayout if language == "ko" else _EnglishLayout
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=layout, **rest)
        self.language = language
        self._negative_number_matcher = (
            _NEGATIVE  # argparse takes "-37.5" alone for a number, not "-37.5,-126.9"
        )
        self._operands = self.add_argument_group(_OPERANDS.said(language))
        self._options = self.add_argument_group(_OPTIONS.said(language))
        self._options.add_argument("-h", "--help", action=_Help, nargs=0, help=_HELP.said(language))

    def operand(self, name: str, what: Phrase, **rest: Any) -> None:
        """Something named by its place."""
        self._operands.add_argument(name, help=_escaped(what, self.language), **rest)

    def option(self, name: str, what: Phrase, **rest: Any) -> None:
        """Something named by its option."""
        self._options.add_argument(name, help=_escaped(what, self.language), **rest)

    def commands(self, under: str, *, required: bool) -> Commands:
        """The commands below this one; the one chosen is named by the attribute ``under``."""
        return Commands(self, under, required=required)

    def error(self, message: str) -> NoReturn:
        """Tell the rim instead of exiting."""
        raise UsageTrouble(why_wrong(message), self.prog, self.format_usage())


class Commands:
    """The commands below a parser."""

    def __init__(self, above: Parser, under: str, *, required: bool) -> None:
        self._language = above.language
        self._action = above.add_subparsers(
            title=_COMMANDS.said(above.language),
            dest=under,
            metavar="COMMAND",
            required=required,
            parser_class=Parser,
        )

    def add(self, name: str, what: Phrase, *, shared: Iterable[Callable[[Parser], None]] = ()) -> Parser:
        """A command with its one sentence; ``shared`` give it the options that every command takes."""
        said = what.said(self._language)
        made = self._action.add_parser(
            name, help=_escaped(what, self._language), description=said, language=self._language
        )
        for give in shared:
            give(made)
        return made


def _escaped(what: Phrase, language: Language) -> str:
    return what.said(language).replace("%", "%%")
