from helpers.papers import letters, paper
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.report.blocks import Cell, Table
from fieldlog.report.layout.bands import Band, PageFlow, height_of
from fieldlog.report.layout.ink import Text
from fieldlog.report.layout.setting import Setter
from fieldlog.report.layout.tables import CUT_MARK, Rest, TableSetter, capped
from fieldlog.report.style import Type

HANGUL = st.text(alphabet="가나다라마바사아자차 ", min_size=1, max_size=400)


def _table(*rows: tuple[str, ...], head: int = 0) -> Table:
    return Table((20.0, 80.0), tuple(tuple(Cell(text) for text in row) for row in rows), head)


def _bands(table: Table, line_cap: int | None = None) -> tuple[list[Band], list[Rest]]:
    page = paper()
    return TableSetter(page, page.left, page.width, line_cap=line_cap).bands(table)


def test_a_head_stands_again_on_every_page() -> None:
    rows = [(str(n), "내용") for n in range(100)]
    bands, _ = _bands(_table(("연번", "조치"), *rows, head=1))
    flow = PageFlow(0.0, 300.0)
    flow.place(bands)
    pages = flow.finish(lambda _n, _of: ((), ()))
    assert len(pages) > 3
    assert all(letters([page]).startswith("연번조치") for page in pages)


def test_a_row_taller_than_a_page_goes_on_line_by_line() -> None:
    text = " ".join(f"낱말{n}" for n in range(2_000))
    bands, _ = _bands(_table(("가", text)))
    flow = PageFlow(0.0, 300.0)
    flow.place(bands)
    pages = flow.finish(lambda _n, _of: ((), ()))
    assert letters(pages) == "가" + text.replace(" ", "")


def test_a_cell_over_several_columns_is_as_wide_as_they_are() -> None:
    wide = Table((20.0, 40.0, 40.0), ((Cell("가" * 60, columns=3),), (Cell("나"), Cell("다"), Cell("라"))))
    bands, _ = _bands(wide)
    lines = [ink for ink in bands[0].inks if isinstance(ink, Text)]
    assert max(len(ink.text) for ink in lines) > 40


def test_what_a_capped_cell_cannot_hold_is_handed_back() -> None:
    bands, rests = _bands(_table(("주소", "한빛시 " * 200)), line_cap=2)
    assert height_of(bands) < 60
    assert [(rest.row, rest.column) for rest in rests] == [(0, 1)]


@given(HANGUL, st.floats(60, 400), st.integers(1, 4))
@settings(deadline=None)
def test_a_capped_text_and_its_rest_are_the_whole_text(text, width, cap) -> None:
    setter = Setter(paper().measure, Type(10.0, 15.0))
    lines, rest = capped(setter, text, width, cap)
    assert len(lines) <= max(cap, 1)
    shown = "".join(line.text for line in lines)
    whole = shown.removesuffix(CUT_MARK) + rest
    assert whole.replace(" ", "") == text.replace(" ", "")
    assert shown.endswith(CUT_MARK) == bool(rest)
