from __future__ import annotations

import ast
import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from helpers.house import Source, complaints, package, planted

from fieldlog.domain.josa import PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterator

HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|`[^`]*`|\([^()]*\)")
"""In English a Korean word may stand where it is quoted as it is written, or in brackets as the term of law."""
POINT_NUMBER = re.compile(r"[가-힣]{2} \d{4} \d{4}")
LETTER = re.compile(r"[^\W\d_]")
FOREIGN = {"why"}
"""What a parser of another library says, in English only: it may be missing from the Korean sentence."""
CHATTY = re.compile(r"(해|세|어|아|에|예|네|지|나|까|군|래|워|려|여|돼|봐|죠)요(?=[\s.!?…]|$)")
BARE_PARTICLE = re.compile(r"\}(은|는|이|가|을|를|과|와|으로|로)(?![가-힣])")
KOREAN_ONLY = {"fieldlog.report.words": "what is printed on Korean office paper, whatever the window speaks"}
SENTENCE = re.compile(r"[가-힣](다|오|까)[.?!]")


def phrases(source: Source) -> Iterator[tuple[ast.Call, str, str]]:
    """Every ``Phrase("…", "…")`` whose two texts are written in place."""
    for name, call in source.calls():
        if name.rpartition(".")[2] == "Phrase":
            texts = [*call.args, *(word.value for word in call.keywords)]
            literal = [text.value for text in texts if isinstance(text, ast.Constant)]
            if len(literal) == 2:
                yield call, str(literal[0]), str(literal[1])


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def incomplete(source: Source) -> Iterator[str]:
    for call, korean, english in phrases(source):
        spoken = re.sub(r"\{[^}]*\}", "", korean)
        if not (
            HANGUL.search(korean) or (korean == english and (blanks(korean) or not korean))
        ) and LETTER.search(spoken):
            yield f"{source.at(call)} Korean without Hangul (say plain() if it reads the same): {korean!r}"
        if (korean and not english.strip()) or HANGUL.search(POINT_NUMBER.sub("", QUOTED.sub("", english))):
            yield f"{source.at(call)} English that is not English: {english!r}"


def unequal_blanks(source: Source) -> Iterator[str]:
    for call, korean, english in phrases(source):
        if blanks(korean) - FOREIGN != blanks(english) - FOREIGN:
            yield f"{source.at(call)} {korean!r} and {english!r} fill different blanks"


def built_by_hand(source: Source) -> Iterator[str]:
    """Numbers and phrases may be joined by hand; words around a blank belong to ``fill``, which knows particles."""
    for name, call in source.calls():
        parts = [part for text in call.args if isinstance(text, ast.JoinedStr) for part in text.values]
        words = [str(part.value) for part in parts if isinstance(part, ast.Constant)]
        if name.rpartition(".")[2] == "Phrase" and any(HANGUL.search(word) for word in words):
            yield f"{source.at(call)} Korean words in an f-string: write {{name}} and fill()"


def chatty(source: Source) -> Iterator[str]:
    for call, korean, _ in phrases(source):
        if CHATTY.search(korean):
            yield f"{source.at(call)} {korean!r}"


def guessed_particle(source: Source) -> Iterator[str]:
    for call, korean, _ in phrases(source):
        if BARE_PARTICLE.search(korean):
            yield f"{source.at(call)} {korean!r}: write {{name:을}} so that the particle fits"


def sentence_outside_a_phrase(source: Source) -> Iterator[str]:
    """A Korean sentence in a plain string would stay Korean for a person who reads English."""
    if source.name in KOREAN_ONLY:
        return
    excused = {
        id(inner)
        for node in source.nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Phrase")
        for inner in ast.walk(node)
    }
    bare = {id(node.value) for node in source.nodes if isinstance(node, ast.Expr)}  # docstrings
    for node in source.nodes:
        text = node.value if isinstance(node, ast.Constant) and id(node) not in excused | bare else None
        if isinstance(text, str) and SENTENCE.search(text):
            yield f"{source.at(node)} {text[:60]!r}"


def test_every_phrase_is_complete_in_korean_and_in_english() -> None:
    assert complaints(incomplete) == []


def test_both_languages_of_a_phrase_fill_the_same_blanks() -> None:
    assert complaints(unequal_blanks) == []


def test_no_phrase_is_built_from_an_f_string() -> None:
    assert complaints(built_by_hand) == []


def test_korean_keeps_the_form_of_office_papers() -> None:
    assert complaints(chatty) == []


def test_a_particle_after_a_blank_is_never_guessed() -> None:
    assert complaints(guessed_particle) == []


def test_every_korean_sentence_of_the_program_is_a_phrase() -> None:
    assert complaints(sentence_outside_a_phrase) == []


def test_the_package_does_speak_in_phrases() -> None:
    assert sum(len(list(phrases(source))) for source in package()) > 100


def test_the_particles_looked_for_are_those_that_josa_knows() -> None:
    assert set(BARE_PARTICLE.pattern.split("(")[1].split(")")[0].split("|")) <= set(PAIRS)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (incomplete, "Phrase('OK', 'OK')"),
        (incomplete, "Phrase('저장', '')"),
        (incomplete, "Phrase('저장', '저장')"),
        (unequal_blanks, "Phrase('{count}건', '{number} cases')"),
        (built_by_hand, "Phrase(f'{n}건', 'cases')"),
        (chatty, "Phrase('저장했어요.', 'Saved.')"),
        (guessed_particle, "Phrase('{name}을 지웁니다.', 'Deleting {name}.')"),
        (sentence_outside_a_phrase, "show('저장했습니다.')"),
    ],
)
def test_a_phrase_that_is_not_right_is_noticed(rule, text: str) -> None:
    assert complaints(rule, [planted(text)])


@pytest.mark.parametrize(
    "text",
    [
        "Phrase('{name:을} 지웁니다.', 'Deleting {name}.')",
        "Phrase('다사 1234 5678 처럼 적습니다.', 'Write it as “다사 1234 5678”.')",
        "Phrase('조치 필요', 'Needs action')",
        "Phrase('{count}건을 찾았습니다.', 'Found {count}.')",
    ],
)
def test_a_phrase_that_is_right_is_left_alone(text: str) -> None:
    rules = (incomplete, unequal_blanks, built_by_hand, chatty, guessed_particle, sentence_outside_a_phrase)
    assert [line for rule in rules for line in complaints(rule, [planted(text)])] == []
