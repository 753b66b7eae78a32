from hypothesis import given
from hypothesis import strategies as st

from fieldlog.report.layout.bands import Band, PageFlow, height_of
from fieldlog.report.layout.ink import Rule, Text


def _bare(_number, _of) -> tuple[tuple[()], tuple[()]]:
    return (), ()


def _band(name: str, height: float = 10.0, **changed: object) -> Band:
    return Band(height, (Text(0, 0, name, 1),), **changed)


def _pages(bands, height=30.0) -> list[list[str]]:
    flow = PageFlow(100.0, height)
    flow.place(bands)
    return [[ink.text for ink in page.inks if isinstance(ink, Text)] for page in flow.finish(_bare)]


def test_bands_fill_a_page_and_go_on_on_the_next() -> None:
    assert _pages([_band(name) for name in "abcde"]) == [["a", "b", "c"], ["d", "e"]]


def test_a_heading_never_ends_a_page() -> None:
    assert _pages([_band("a"), _band("b"), _band("head", keep=True), _band("c")]) == [
        ["a", "b"],
        ["head", "c"],
    ]


def test_space_above_is_dropped_at_the_top_of_a_page() -> None:
    bands = [_band("a", 30.0), _band("b", 30.0, before=20.0)]
    flow = PageFlow(100.0, 30.0)
    flow.place(bands)
    second = flow.finish(_bare)[1]
    assert second.inks[0].y == 100.0


def test_what_repeats_is_drawn_again_on_every_new_page() -> None:
    head = _band("head")
    rows = [_band(name, repeat=(head,)) for name in "abcd"]
    assert _pages([head, *rows]) == [["head", "a", "b"], ["head", "c", "d"]]


def test_a_seam_closes_one_page_and_opens_the_next() -> None:
    line = Rule(0, 0, 50, 0, 1)
    flow = PageFlow(0.0, 20.0)
    flow.place([_band("a", seam=(line,)), _band("b", seam=(line,)), _band("c", seam=(line,))])
    pages = flow.finish(_bare)
    assert [sum(isinstance(ink, Rule) for ink in page.inks) for page in pages] == [1, 1]
    assert pages[0].inks[-1].y == 20.0


def test_a_group_taller_than_a_page_is_placed_all_the_same() -> None:
    assert _pages([_band(name, keep=True) for name in "abcd"] + [_band("e")]) == [["a", "b", "c"], ["d", "e"]]


def test_an_anchor_remembers_its_page() -> None:
    flow = PageFlow(0.0, 20.0)
    flow.place([_band("a"), _band("b"), _band("c", anchor="here")])
    assert flow.anchors == {"here": 2}


def test_turning_an_empty_page_gives_no_empty_page() -> None:
    flow = PageFlow(0.0, 20.0)
    flow.turn()
    flow.place([_band("a")])
    flow.turn()
    flow.turn()
    assert len(flow.finish(_bare)) == 1


def test_no_bands_are_one_empty_page() -> None:
    assert _pages([]) == [[]]


def test_every_page_is_dressed_with_its_number() -> None:
    flow = PageFlow(0.0, 20.0)
    flow.place(_band(name) for name in "abc")
    pages = flow.finish(lambda number, of: ((), (Text(0, 0, f"{number}/{of}", 1),)))
    assert [page.inks[-1].text for page in pages] == ["1/2", "2/2"]


@given(st.lists(st.tuples(st.floats(1, 29), st.floats(0, 9), st.booleans()), max_size=60))
def test_every_band_is_drawn_once_in_order_and_inside_its_page(shapes) -> None:
    bands = [
        Band(height, (Text(0, 0, str(n), 1), Text(0, height, "", 1)), before, keep)
        for n, (height, before, keep) in enumerate(shapes)
    ]
    flow = PageFlow(100.0, 30.0)
    flow.place(bands)
    pages = flow.finish(_bare)
    assert [ink.text for page in pages for ink in page.inks if ink.text] == [
        str(n) for n in range(len(bands))
    ]
    assert all(100.0 <= ink.y <= 130.02 for page in pages for ink in page.inks)


def test_the_height_of_bands_counts_the_spaces_between_them() -> None:
    assert height_of([_band("a"), _band("b", before=3.0)]) == 23.0
