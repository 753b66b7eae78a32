from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.clock import KST
from fieldlog.domain.errors import Bug
from fieldlog.report import korean_text as ko


def test_a_date_carries_its_weekday() -> None:
    assert ko.day(date(2026, 3, 9)) == "2026. 3. 9.(월)"
    assert ko.day(date(2018, 2, 6)) == "2018. 2. 6.(화)"


def test_a_time_is_told_on_the_24_hour_clock_of_korea() -> None:
    assert ko.time_of_day(datetime(2026, 3, 9, 14, 5, tzinfo=KST)) == "14:05"
    assert ko.time_of_day(datetime(2026, 3, 9, 23, 0, tzinfo=timezone(timedelta(0)))) == "08:00"


def test_a_span_within_one_day_writes_the_date_once() -> None:
    start = datetime(2026, 3, 9, 10, 10, tzinfo=KST)
    assert ko.span(start, start + timedelta(minutes=22)) == "2026. 3. 9.(월) 10:10～10:32"
    assert ko.span(start, start + timedelta(days=1)) == "2026. 3. 9.(월) 10:10～2026. 3. 10.(화) 10:10"
    assert ko.span(start, None) == "2026. 3. 9.(월) 10:10～"


def test_a_trip_counts_its_days() -> None:
    assert ko.days(date(2026, 3, 9), date(2026, 3, 9)) == "2026. 3. 9.(월), 1일간"
    assert ko.days(date(2026, 3, 9), date(2026, 3, 11)) == "2026. 3. 9.(월)～2026. 3. 11.(수), 3일간"


@pytest.mark.parametrize(
    ("won", "told"),
    [
        (113_560, "금113,560원(금일십일만삼천오백육십원)"),
        (0, "금0원(금영원)"),
        (10, "금10원(금일십원)"),
        (10_000, "금10,000원(금일만원)"),
        (100_010_000, "금100,010,000원(금일억일만원)"),
        (5_000_000_000_000, "금5,000,000,000,000원(금오조원)"),
        (-3_000, "금-3,000원(금마이너스삼천원)"),
    ],
)
def test_money_is_repeated_in_hangul(won, told) -> None:
    assert ko.money(won) == told


def _read_back(words: str) -> int:
    total = group = digit = 0
    for character in words:
        if character in "일이삼사오육칠팔구":
            digit = "일이삼사오육칠팔구".index(character) + 1
        elif character in "십백천":
            group += digit * 10 ** ("십백천".index(character) + 1)
            digit = 0
        else:
            total += (group + digit) * 10_000 ** ("만억조경해".index(character) + 1)
            group = digit = 0
    return total + group + digit


@given(st.integers(min_value=1, max_value=10**24 - 1))
def test_a_number_in_hangul_reads_back_as_itself(value) -> None:
    assert _read_back(ko.number_in_hangul(value)) == value


def test_a_number_without_a_name_is_a_bug() -> None:
    with pytest.raises(Bug):
        ko.number_in_hangul(10**24)


def test_the_eight_levels_have_the_marks_of_the_rule() -> None:
    assert [ko.item_mark(level, 1) for level in range(1, 9)] == [
        "1.",
        "가.",
        "1)",
        "가)",
        "(1)",
        "(가)",
        "①",
        "㉮",
    ]
    assert [ko.item_mark(level, 2) for level in range(1, 9)] == [
        "2.",
        "나.",
        "2)",
        "나)",
        "(2)",
        "(나)",
        "②",
        "㉯",
    ]


def test_after_ha_comes_geo() -> None:
    assert "".join(ko.syllable_mark(n) for n in range(1, 18)) == "가나다라마바사아자차카타파하거너더"
    assert [ko.syllable_mark(n) for n in (28, 29, 84, 85)] == ["허", "고", "히", "가가"]


def test_circled_numbers_go_to_fifty_and_then_need_brackets() -> None:
    assert [ko.item_mark(7, n) for n in (20, 21, 35, 36, 50, 51)] == ["⑳", "㉑", "㉟", "㊱", "㊿", "<51>"]
    assert [ko.item_mark(8, n) for n in (14, 15)] == ["㉻", "<거>"]


@given(st.integers(1, 8), st.integers(1, 500), st.integers(1, 500))
def test_two_items_of_one_level_never_share_a_mark(level, one, other) -> None:
    assert (ko.item_mark(level, one) == ko.item_mark(level, other)) == (one == other)


@pytest.mark.parametrize(("level", "position"), [(0, 1), (9, 1), (1, 0)])
def test_there_is_no_ninth_level_and_no_item_zero(level, position) -> None:
    with pytest.raises(Bug):
        ko.item_mark(level, position)


def test_a_single_attachment_is_not_numbered() -> None:
    assert ko.attachments(["사진대지"]) == ("붙임  사진대지 1부.  끝.",)


def test_several_attachments_are_numbered_and_the_last_one_ends_the_document() -> None:
    assert ko.attachments(["현장보고", "사진대지"]) == ("붙임  1. 현장보고 1부.", "2. 사진대지 1부.  끝.")


def test_without_attachments_the_document_just_ends() -> None:
    assert ko.attachments([]) == ("끝.",)


def test_a_heading_names_the_nearest_of_eight_directions() -> None:
    assert [ko.heading(degrees) for degrees in (0, 44.6, 359.7, 180, 337.4, 338)] == [
        "북(0°)",
        "북동(45°)",
        "북(0°)",
        "남(180°)",
        "북서(337°)",
        "북(338°)",
    ]


def test_a_coordinate_keeps_six_decimals() -> None:
    assert ko.coordinate(37.493, 127.02982) == "37.493000, 127.029820"
