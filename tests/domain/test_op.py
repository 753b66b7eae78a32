from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.ids import StreamId
from fieldlog.domain.op import OpKind, Version, element_key, split_key


@given(st.integers(1, 9_999), st.text())
def test_the_key_of_an_element_is_taken_apart_again_whatever_the_element(number, element) -> None:
    assert split_key(element_key(number, element)) == (number, element)
    assert split_key(number) == (number, None)


def test_versions_are_ordered_by_time_and_then_by_device() -> None:
    a, b = StreamId(b"a" * 16), StreamId(b"b" * 16)
    assert Version(1, b) < Version(2, a) < Version(2, b)


def test_the_kinds_of_saves_keep_their_numbers() -> None:
    assert [(kind.name, int(kind)) for kind in list(OpKind)[:4]] == [
        ("SAVE", 1),
        ("MOVE", 2),
        ("UNDO", 3),
        ("IMPORT", 4),
    ]
