from __future__ import annotations

import pytest
from helpers.makers import drafted, received

from fieldlog.domain.errors import BadInput, NotFound
from fieldlog.domain.ids import RecordId
from fieldlog.services import placing
from fieldlog.services.undoing import undo_last


def place(workspace, text: str, hint: str = "") -> dict[str, object]:
    case = drafted(workspace)
    placing.set_place(workspace, case, placing.place_values(placing.safe_reading(text), hint))
    return dict(workspace.store.sheet(case).location.values)


@pytest.mark.parametrize(
    "text", ["36.48, 127.289", "북위 36도 28분 48초, 동경 127도 17분 20.4초", "N36.48 E127.289"]
)
def test_a_place_is_kept_as_it_was_written(workspace, text) -> None:
    kept = place(workspace, text, "약국 앞")
    assert (kept["lat"], kept["lon"]) == (pytest.approx(36.48), pytest.approx(127.289))
    assert (kept["place_hint"], kept["source"]) == ("약국 앞", "MANUAL_PIN")
    assert kept["national_point_no"]


def test_a_national_point_number_says_so(workspace) -> None:
    number = placing.written_place(36.48, 127.289).national_point
    kept = place(workspace, number)
    assert kept["source"] == "NATIONAL_POINT_NO"
    assert kept["lat"] == pytest.approx(36.48, abs=0.001)


def test_swapped_latitude_and_longitude_are_asked_about_and_never_turned(workspace) -> None:
    with pytest.raises(BadInput) as caught:
        place(workspace, "127.289, 36.48")
    assert "127" in caught.value.how.ko + caught.value.what.ko


@pytest.mark.parametrize("text", ["", "약국 앞", "0", "999, 999", "nan, nan"])
def test_what_is_no_place_is_refused(workspace, text) -> None:
    with pytest.raises(BadInput):
        place(workspace, text)


def test_a_second_place_corrects_the_first(workspace) -> None:
    case = received(workspace)
    placing.set_place(workspace, case, {"lat": 37.0, "lon": 127.0})
    assert [each.get("lat") for each in workspace.store.sheet(case).of("location")] == [37.0]


def test_half_a_place_is_refused_also_when_correcting(workspace) -> None:
    for case in (drafted(workspace), received(workspace)):
        for values in ({"lat": 36.0, "lon": None}, {"lat": None, "lon": 127.0}, {"lat": 91, "lon": 127}):
            with pytest.raises(BadInput):
                placing.set_place(workspace, case, values)


def test_a_case_and_its_place_are_changed_by_one_save(workspace) -> None:
    case = received(workspace)
    before = workspace.store.verify().ops
    place = {"place_hint": "약국 앞"}
    assert placing.change_case_and_place(workspace, case, {"severity": "5"}, place)
    assert workspace.store.verify().ops == before + 1
    undo_last(workspace)
    sheet = workspace.store.sheet(case)
    assert (sheet.case.text("severity"), sheet.location.get("place_hint")) == ("4", None)
    assert not placing.change_case_and_place(workspace, case, {"severity": "4"}, {})
    with pytest.raises(BadInput):
        placing.change_case_and_place(workspace, case, {"severity": "9"}, place)
    assert workspace.store.sheet(case).location.get("place_hint") is None


def test_an_unknown_case_has_no_place(workspace) -> None:
    with pytest.raises(NotFound):
        placing.set_place(
            workspace, RecordId("0199a3c0-0000-7000-8000-0000000000ff"), {"lat": 36.0, "lon": 127.0}
        )


def test_places_are_shown_in_the_ways_people_use(workspace) -> None:
    shown = placing.written_place(36.48, 127.289)
    assert "36.48" in shown.decimal
    assert "36" in shown.dms.ko
    metres, near, direction = placing.distance_between((36.48, 127.289), (36.49, 127.289))
    assert metres == pytest.approx(1109, abs=3)
    assert near.ko
    assert direction.ko
