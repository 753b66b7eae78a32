"""The program as somebody meets it who does not see it: read and worked through AT-SPI by another process."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from helpers.outside import INSTALL, Listener, listening, missing
from helpers.stores import environment

from fieldlog.domain.clock import SystemClock
from fieldlog.services.practising import make_practice_store

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="AT-SPI is what Linux has")

PAGES = ("사안", "사진", "보고서", "설정")
TABS = ("개요", "현장방문", "사진", "원인·대안", "협업", "조치", "성과·사후", "이력")
TOLD_BY_THEIR_ROLE = {"scroll bar", "page tab list", "table cell", "split pane"}
"""Scroll bars and dividers say what they are; an empty cell is a cell; a tab list is named by its tab."""
MEANINGLESS = {"invalid", "unknown", "redundant object", "panel", "unused"}
TITLE = "별빛로 열두 번지 앞 보도블록 꺼짐"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    lacking = missing()
    if lacking:
        pytest.fail(f"not installed here: {', '.join(lacking)}. Install them: {INSTALL}", pytrace=False)
    folder = tmp_path_factory.mktemp("outside")
    make_practice_store(folder / "store", environment(SystemClock()), most=3).close()
    with listening(folder / "store", folder) as person:
        person.hears(PAGES[-1], role="check box")  # the window stands
        yield person


def nameless(tree: list[dict[str, Any]]) -> list[str]:
    """What a person can reach or press and would not know by its name and role."""
    wrong = []
    for node in tree:
        reached = "focusable" in node["states"] or set(node["actions"]) - {"SetFocus"}
        if not reached or node["role"] in TOLD_BY_THEIR_ROLE:
            continue
        if not node["name"].strip() or "{" in node["name"] or node["role"] in MEANINGLESS:
            wrong.append(f"{node['role']} {node['name']!r} in {' / '.join(node['path'])}")
        if node["role"] == "combo box" and not any(node["labels"]):
            wrong.append(f"combo box of unknown meaning, now {node['name']!r}")
    return wrong


def reached(tree: list[dict[str, Any]]) -> int:
    return sum("focusable" in node["states"] for node in tree)


def go(program: Listener, page: str) -> list[dict[str, Any]]:
    """Another page, by the button of the rail; its name may carry a count."""
    tree = program.tree()
    name = next(n["name"] for n in tree if n["role"] == "check box" and n["name"].split(",")[0] == page)
    program.press(name, role="check box")
    return program.tree()


def open_first_case(program: Listener) -> list[dict[str, Any]]:
    tree = go(program, "오늘")
    line = next(n for n in tree if n["role"] == "push button" and "HB-2026-000" in n["name"])
    program.press(line["name"])
    program.hears("개요", role="page tab")
    return program.tree()


def test_everything_on_the_first_page_has_a_name_and_a_role(program: Listener) -> None:
    tree = program.tree()
    assert nameless(tree) == []
    assert reached(tree) >= 10


@pytest.mark.parametrize("page", PAGES)
def test_everything_on_a_page_has_a_name_and_a_role(program: Listener, page: str) -> None:
    tree = go(program, page)
    assert any(node["name"] == page and node["role"] == "filler" for node in tree)
    assert nameless(tree) == []
    assert reached(tree) >= 12


@pytest.mark.parametrize("tab", TABS)
def test_everything_in_an_open_case_has_a_name_and_a_role(program: Listener, tab: str) -> None:
    if not program.ask("find", name=tab, role="page tab", patience=1):
        open_first_case(program)
    program.press(tab, role="page tab")
    tree = program.tree()
    assert nameless(tree) == []
    assert reached(tree) >= 18


def test_the_rail_turns_pages_also_when_a_screen_reader_toggles_instead_of_clicking(
    program: Listener,
) -> None:
    go(program, "사안")
    assert program.ask("toggle", name="설정", role="check box")
    assert any(node["name"] == "한국어" for node in program.tree())


def test_a_table_of_cases_is_read_cell_by_cell(program: Listener) -> None:
    cells = [node["name"] for node in go(program, "사안") if node["role"] == "table cell"]
    assert any(name.startswith("HB-2026-") for name in cells)
    assert any("포트홀" in name for name in cells)


def test_a_case_is_recorded_without_seeing_the_window(program: Listener) -> None:
    go(program, "사안")
    program.press("빠른 기록")
    program.hears("한 줄 제목", role="text")
    tree = program.tree()
    assert nameless(tree) == []
    program.press("보도·점자블록")
    assert "checked" in program.hears("보도·점자블록")["states"]
    assert program.ask("write", name="한 줄 제목", role="text", text=TITLE)
    assert program.ask("read", name="한 줄 제목", role="text") == TITLE
    program.press("저장", within="빠른 기록")
    program.hears(TITLE, role="table cell")


def test_a_text_of_a_case_is_read_and_written_from_outside(program: Listener) -> None:
    open_first_case(program)
    program.press("개요", role="page tab")
    title = program.ask("read", name="제목", role="text")
    assert title
    assert program.ask("write", name="제목", role="text", text=title + " (확인)")
    assert program.ask("read", name="제목", role="text") == title + " (확인)"
