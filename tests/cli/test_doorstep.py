from __future__ import annotations

import pytest

from fieldlog.cli.commands import parser
from fieldlog.cli.doorstep import words_of_plain_start


@pytest.mark.parametrize(
    "typed",
    [[], ["open"], ["--store", "여기", "open"], ["--lang", "en"], ["--lang", "ko", "--store", "a", "open"]],
)
def test_the_plain_start_is_understood_as_the_parser_understands_it(typed) -> None:
    plain, parsed = words_of_plain_start(typed), parser("ko").parse_args(typed)
    assert plain is not None
    for name in ("store", "lang", "json", "version", "run"):
        assert getattr(plain, name) == getattr(parsed, name)


@pytest.mark.parametrize(
    "typed",
    [
        ["opn"],
        ["open", "--help"],
        ["--store"],
        ["--store", ""],
        ["--store", "--json"],
        ["--lang", "fr"],
        ["--lang", "en", "--lang", "ko"],
        ["--json", "open"],
        ["open", "--store", "a"],
        ["case", "list"],
    ],
)
def test_anything_else_is_left_to_the_parser(typed) -> None:
    assert words_of_plain_start(typed) is None
