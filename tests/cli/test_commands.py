from __future__ import annotations

import argparse
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fieldlog.cli.commands import parser
from fieldlog.cli.parser import HelpAsked, Parser
from fieldlog.cli.usage import UsageTrouble
from fieldlog.cli.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.domain.phrase import Language

HANGUL = re.compile("[가-힣]")
CONTRACT = {
    "open": (), "init": ("--profile", "--practice"),
    "case add": ("--title", "--category", "--description", "--at", "--photo", "--reported-at", "--received-at",
                 "--petition", "--period"),
    "case list": ("--query", "--stage", "--limit", "--after"), "case show": (), "case set": (),
    "case move": ("--reason",), "visit add": (), "photo add": (), "due": ("--received", "--period", "--explain"),
    "place": (), "report": ("--template", "--out", "--pdfa"), "import": (), "verify": (), "undo": (),
    "pictures": ("--out", "--theme", "--scale"),
}  # fmt: skip


def below(top: Parser, name: str = "") -> Iterator[tuple[str, Parser]]:
    yield name, top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, each in action.choices.items():
                yield from below(each, f"{name} {word}".strip())


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_command_of_the_contract_has_its_options(language: Language) -> None:
    commands = dict(below(parser(language)))
    for name, options in CONTRACT.items():
        assert set(options) <= set(commands[name]._option_string_actions), name


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_command_takes_the_options_for_all(language: Language) -> None:
    for name, each in below(parser(language)):
        assert {"--store", "--json", "--lang", "--help"} <= set(each._option_string_actions), name


def test_english_help_holds_no_korean_and_korean_help_no_english_headings() -> None:
    for name, each in below(parser("en")):
        assert not HANGUL.search(each.format_help().replace("즉시", "")), name
    for name, each in below(parser("ko")):
        text = each.format_help()
        assert not re.search(r"usage:|options:|positional|show this help", text), name
        assert [action.dest for action in each._actions if not (action.help or action.choices)] == [], name


def test_no_line_of_help_runs_over_the_edge() -> None:
    for language in ("ko", "en"):
        for _, each in below(parser(language)):
            assert max(width(line) for line in each.format_help().splitlines()) <= 100


def test_help_is_asked_for_anywhere() -> None:
    with pytest.raises(HelpAsked) as asked:
        parser("ko").parse_args(["case", "add", "--help"])
    assert "--received-at ISO" in asked.value.text


@pytest.mark.parametrize(
    "words",
    [["case", "add"], ["case"], ["case", "list", "--limit", "0"], ["case", "list", "--limit", "viele"], ["fly"],
     ["report", "X", "--template", "R1", "--out", "x", "--pdfa", "3b"], ["verify", "--rebuild=yes"], ["due", "--received"],
     ["case", "lis"], ["case", "list", "--que", "x"], ["pictures", "--out", "x", "--scale", "3"]],
)  # fmt: skip
def test_what_cannot_be_understood_is_said_in_both_languages(words: list[str]) -> None:
    for language in ("ko", "en"):
        with pytest.raises(UsageTrouble) as trouble:
            parser(language).parse_args(words)
        why = trouble.value.why
        assert HANGUL.search(why.ko)
        assert not HANGUL.search(why.en)
        assert "cannot be read" not in why.en
        assert trouble.value.usage.startswith("사용법: fieldlog" if language == "ko" else "usage: fieldlog")


def test_help_comes_without_opening_anything_heavy() -> None:
    code = (
        "import sys; from fieldlog.bootstrap import run; run(['--help']);"
        "print(*(name for name in sys.modules if name.startswith('fieldlog.s') or name in"
        " {'cryptography', 'platformdirs', 'PySide6'}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.split() == []
