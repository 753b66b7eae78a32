from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.ids import RecordId
from fieldlog.domain.news import Written, news_in

ME, OTHER = "me", "other"
MINE, THEIRS = b"mine", b"theirs"
CASE = RecordId("0199a3c0-0000-7000-8000-0000000000aa")
TITLE, BODY = (CASE, "title"), (CASE, "description")


def written(arrival: int, author: str = OTHER, device: bytes = THEIRS, **values: str) -> Written:
    return Written(arrival, device, author, 0, {(CASE, name): value for name, value in values.items()})


def told(past, looked: int) -> dict:
    found = news_in(past, looked=looked, device=MINE, author=ME)
    return {place: (each.by.arrival, each.before) for place, each in found.items()}


FIRST = written(1, ME, MINE, title="구덩이", description="깊다")


def test_what_others_changed_since_the_last_look_is_news_with_what_stood_there() -> None:
    past = [FIRST, written(2, title="포트홀"), written(3, title="큰 포트홀")]
    assert told(past, looked=1) == {TITLE: (3, "구덩이")}
    assert told(past, looked=2) == {TITLE: (3, "포트홀")}
    assert told(past, looked=3) == {}


def test_another_device_or_another_author_is_somebody_else() -> None:
    assert told([FIRST, written(2, ME, THEIRS, title="a")], looked=1) == {TITLE: (2, "구덩이")}
    assert told([FIRST, written(2, OTHER, MINE, title="a")], looked=1) == {TITLE: (2, "구덩이")}
    assert told([FIRST, written(2, ME, MINE, title="a")], looked=1) == {}


def test_what_one_has_changed_since_is_known_and_what_went_back_is_no_change() -> None:
    assert told([FIRST, written(2, title="a"), written(3, ME, MINE, title="b")], looked=1) == {}
    assert told([FIRST, written(2, title="a"), written(3, title="구덩이")], looked=1) == {}


def test_a_record_that_is_new_has_no_changed_fields() -> None:
    assert told([written(2, title="새 사안"), written(3, title="더 새로운")], looked=1) == {}


@given(
    st.lists(st.tuples(st.sampled_from([ME, OTHER]), st.sampled_from("abc")), max_size=12), st.integers(0, 13)
)
def test_news_is_always_of_others_and_after_the_look(saves, looked) -> None:
    past = [
        written(at, author, MINE if author == ME else THEIRS, title=value)
        for at, (author, value) in enumerate(saves, start=1)
    ]
    for each in news_in(past, looked=looked, device=MINE, author=ME).values():
        assert each.by.arrival > looked
        assert each.by.author == OTHER
        assert each.by.values[TITLE] != each.before
