from __future__ import annotations

import pytest
from helpers.makers import drafted, moved, received
from helpers.stores import reopened

from fieldlog.domain.errors import BadInput
from fieldlog.services import recording
from fieldlog.services.numbering import new_number, noted


def number(workspace, case) -> str:
    return workspace.store.find(case).text("case_no")


def test_numbers_rise_by_one_and_go_on_after_reopening(workspace) -> None:
    first = [number(workspace, received(workspace)) for _ in range(2)]
    again = reopened(workspace)
    assert [*first, number(again, received(again))] == [f"HB-2026-{n:04d}" for n in (1, 2, 3)]
    again.close()


def test_each_year_begins_at_one(workspace, clock) -> None:
    received(workspace)
    clock.go(days=60)
    assert number(workspace, received(workspace)) == "HB-2027-0001"


def test_a_number_of_a_removed_case_is_not_given_again(workspace) -> None:
    case = received(workspace)
    recording.remove(workspace, case, "중복")
    assert number(workspace, received(workspace)) == "HB-2026-0002"


def test_a_save_that_fails_takes_no_number(workspace) -> None:
    with pytest.raises(BadInput):
        received(workspace, tags=("가" * 30,))
    assert number(workspace, received(workspace)) == "HB-2026-0001"


def test_a_number_that_came_from_elsewhere_is_not_given_again(workspace) -> None:
    with workspace.store.alone():
        workspace.store.put_notes(noted(workspace, "HB-2026-0041"))
    assert noted(workspace, "HB-2026-0040") == {}
    assert noted(workspace, "KR-2026-0040") == {"serial KR-2026-": "40"}
    assert noted(workspace, "임시-ZZZZ-0040") == {}
    assert noted(workspace, "아무 글") == {}
    assert number(workspace, received(workspace)) == "HB-2026-0042"


def test_a_number_in_the_store_is_passed_over_even_if_no_note_tells_of_it(workspace) -> None:
    received(workspace)
    received(workspace)
    workspace.store.put_notes({"serial HB-2026-": "1"})
    assert number(workspace, received(workspace)) == "HB-2026-0003"


def test_a_store_without_notes_goes_on_after_the_highest_number(workspace) -> None:
    received(workspace)
    received(workspace)
    workspace.store.put_notes({"serial HB-2026-": ""})
    assert new_number(workspace, received=True, at=workspace.now()) == "HB-2026-0003"


def test_a_draft_has_a_number_of_its_device_until_it_is_received(workspace) -> None:
    case = drafted(workspace, received_at=workspace.now())
    second = drafted(workspace)
    code = workspace.store.note("device_code")
    assert [number(workspace, case), number(workspace, second)] == [f"임시-{code}-0001", f"임시-{code}-0002"]
    moved(workspace, case, "RECEIVED", reason="위치 없음")
    assert number(workspace, case) == "HB-2026-0001"
