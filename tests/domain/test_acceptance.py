from __future__ import annotations

import math
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import REGISTRY, Bounds, Field, FieldType
from fieldlog.domain.registry.acceptance import accept, tidy_text

ALL = [declared for kind in REGISTRY.kinds for declared in kind.fields]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


def field(type_: FieldType, **bounds: object) -> Field:
    return Field(id=1, name="f", type=type_, label=Phrase("칸", "Field"), bounds=Bounds(**bounds))


def kept(type_: FieldType, raw: object, **bounds: object) -> object:
    return accept(field(type_, **bounds), raw)


def refused(type_: FieldType, raw: object, **bounds: object) -> BadInput:
    with pytest.raises(BadInput) as caught:
        accept(field(type_, **bounds), raw)
    return caught.value


@given(st.sampled_from(ALL), anything)
def test_every_field_takes_or_refuses_whatever_comes_and_what_it_takes_can_be_written(declared, raw) -> None:
    try:
        value = accept(declared, raw)
    except BadInput as refusal:
        said = (refusal.what, refusal.why, refusal.how)
    else:
        said = ()
        if declared.type is not FieldType.TREE:
            msgspec.msgpack.encode(value)
            assert accept(declared, value) == value
    assert all(phrase.ko and phrase.en for phrase in said)


@given(st.text(st.characters(codec=None)))
def test_tidy_text_is_normal_can_be_written_and_stays_as_it_is(text) -> None:
    tidy = tidy_text(text)
    assert unicodedata.is_normalized("NFC", tidy)
    assert tidy_text(tidy) == tidy
    tidy.encode()
    assert not set("\x00\r\u200b\ufeff\u202e\u2028") & set(tidy)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12", 12),
        ("1,234", 1234),
        ("１２", 12),
        (" 7 ", 7),
        (3.0, 3),
        ("-5", -5),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_whole_numbers_are_read_as_people_write_them(raw, value) -> None:
    assert kept(FieldType.INTEGER, raw) == value


@pytest.mark.parametrize(
    "raw",
    [
        "열둘",
        "1_000",
        "1.5",
        "nan",
        "inf",
        "1e999",
        "0x10",
        True,
        [1],
        1 << 53,
        str((1 << 53) + 1),
        "12명",
        "--1",
        "1 2",
    ],
)
def test_what_is_no_whole_number_is_refused(raw) -> None:
    assert "숫자" in refused(FieldType.INTEGER, raw).how.ko or refused(FieldType.INTEGER, raw).how.ko


def test_numbers_keep_to_their_bounds_inclusive() -> None:
    for raw in (0, 10):
        assert kept(FieldType.REAL, raw, least=0, most=10) == raw
    for raw in (-0.001, 10.001):
        assert "0 ~ 10" in refused(FieldType.REAL, raw, least=0, most=10).how.ko
    assert kept(FieldType.REAL, "0.1") == pytest.approx(0.1)
    assert math.isfinite(kept(FieldType.REAL, "1e308"))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2026-03-09", "2026-03-09"),
        ("2026. 3. 9.(월)", "2026-03-09"),
        ("2026.3.9", "2026-03-09"),
        ("2026년 3월 9일", "2026-03-09"),
        ("2026/03/09", "2026-03-09"),
        ("2026-03-09T23:30:00Z", "2026-03-10"),
    ],
)
def test_dates_are_read_as_offices_write_them(raw, value) -> None:
    assert kept(FieldType.DATE, raw) == value


@pytest.mark.parametrize(
    "raw", ["2026-02-29", "2026-13-01", "2026-03-091", "2026-03-09 오후", "내일", "0", "9999-99-99", 20.5]
)
def test_what_is_no_date_is_refused(raw) -> None:
    assert "2026-03-09" in refused(FieldType.DATE, raw).how.ko


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2026-03-09T09:00", "2026-03-09T09:00:00+09:00"),
        ("2026-03-09T00:00:00Z", "2026-03-09T09:00:00+09:00"),
        ("2026-03-09T09:00:00.999+09:00", "2026-03-09T09:00:00+09:00"),
        ("2026-03-09", "2026-03-09T00:00:00+09:00"),
    ],
)
def test_moments_are_korean_time_in_whole_seconds(raw, value) -> None:
    assert kept(FieldType.MOMENT, raw) == value


@pytest.mark.parametrize(
    "raw", ["2026-03-09T25:00", "어제 아침", "9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00"]
)
def test_what_is_no_moment_is_refused(raw) -> None:
    refused(FieldType.MOMENT, raw)


def test_choices_are_taken_by_code_and_by_label_in_both_languages() -> None:
    severity = REGISTRY.kind("case").field("severity")
    assert [accept(severity, raw) for raw in ("4", 4, "▲ 높음", "▲ High", "▲ high")] == ["4"] * 5
    with pytest.raises(BadInput) as caught:
        accept(severity, "6")
    assert "4(▲ 높음), 3(" in caught.value.how.ko
    assert "4 (▲ High), 3 (" in caught.value.how.en


@pytest.mark.parametrize(
    ("raw", "value"), [("예", True), ("아니오", False), (True, True), (0, False), ("ON", True)]
)
def test_flags_are_read_in_both_languages(raw, value) -> None:
    assert kept(FieldType.FLAG, raw) is value


def test_flags_that_are_neither_are_refused() -> None:
    refused(FieldType.FLAG, "아마도")


def test_lengths_count_characters_as_people_do_after_tidying() -> None:
    assert kept(FieldType.TEXT, "\u1112\u1161\u11ab" * 5, longest=5) == "한" * 5
    assert "1자를 줄여" in refused(FieldType.TEXT, "한" * 6, longest=5).how.ko
    assert "2자 이상" in refused(FieldType.TEXT, "한", shortest=2).how.ko


def test_one_line_stays_one_line_and_many_lines_stay_many() -> None:
    assert kept(FieldType.TEXT, "한\r\n줄\t로") == "한 줄 로"
    assert kept(FieldType.LONG_TEXT, "한\r\n줄\r\n\r\n더") == "한\n줄\n\n더"


def test_patterns_know_only_plain_digits() -> None:
    number = REGISTRY.kind("case").field("case_no")
    assert accept(number, "HB-2026-0001") == "HB-2026-0001"
    for raw in ("HB-２０２６-0001", "hb-2026-0001", "HB-2026-0001x"):
        with pytest.raises(BadInput):
            accept(number, raw)


def test_sets_take_lists_and_text_with_commas_once_each() -> None:
    assert kept(FieldType.WORDS, "가, 나,, 가\n다") == ["가", "나", "다"]
    assert kept(FieldType.WORDS, ["가", " ", "가"]) == ["가"]
    refused(FieldType.WORDS, {"가": 1})
    refused(FieldType.WORDS, [["가"]])


def test_links_are_ids_as_they_are_written_here() -> None:
    name = "0199a3c0-0000-7000-8000-000000000001"
    assert kept(FieldType.LINK, name) == name
    assert kept(FieldType.LINKS, f"{name},{name}") == [name]
    for raw in (name.upper(), name[:-1], "사안", 5):
        refused(FieldType.LINK, raw)


def test_trees_are_structures_and_nothing_else() -> None:
    assert kept(FieldType.TREE, {"a": [1, {"b": None}]}) == {"a": [1, {"b": None}]}
    refused(FieldType.TREE, "글")


def test_text_in_braces_is_no_blank_to_fill() -> None:
    assert "{pattern}" in refused(FieldType.TEXT, "{pattern}", pattern="x").why.ko
    assert "{raw}" in refused(FieldType.REAL, "{raw}").why.ko
