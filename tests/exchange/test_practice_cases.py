"""The practice cases hold together: an official who practises on them meets a believable city."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections import Counter
from datetime import datetime, time
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from fieldlog.domain.calendar import WorkSpan, make_calendar
from fieldlog.domain.clock import KST
from fieldlog.domain.deadline import due
from fieldlog.domain.holiday_reading import read_holidays
from fieldlog.domain.period import Period, PeriodUnit
from fieldlog.domain.registry import vocabularies as v

RESOURCES = Path(__file__).parents[2] / "resources"
REAL_SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "sample_cases_ko.json"
SCENES = frozenset(
    "pothole subsidence sidewalk streetlight drain crossing schoolzone bridge wall stairs trail park port "  # noqa: SIM905
    "construction flood slope hydrant alley sewer smoke banner waste noise shop field generic".split()
)
COLLABORATIONS = frozenset(
    "PRIOR_CONSULT INFO_SHARE DATA_SHARE JOINT_INSPECTION JOINT_ACTION JURISDICTION COST_SHARE BUDGET PERMIT "  # noqa: SIM905
    "TRAFFIC_REVIEW TRAFFIC_CONTROL EXPERT LAB_TEST REFERRAL PRE_AUDIT_CONSULT RESIDENT_NOTICE CITIZEN_COOP "
    "PRIVATE_COOP TRANSLATION TRANSFER".split()
)
BEFORE_THE_VISIT = frozenset({"DRAFT", "RECEIVED", "TRIAGED"})
ANSWERED = frozenset({"NOTIFIED", "FOLLOW_UP", "CLOSED", "MERGED", "TRANSFERRED"})
NEXT_WEEK = ("2026-11-23", "2026-11-27")
METRES_PER_DEGREE = 111_320


@cache
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((RESOURCES / "practice" / "cases.json").read_text(encoding="utf-8"))
    return loaded


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document()["cases"]
    return found


def each(list_name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(case, part) for case in cases() for part in case[list_name]]


def moment(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=KST)


def metres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    east = (lon_b - lon_a) * math.cos(math.radians(lat_a))
    return math.hypot(lat_b - lat_a, east) * METRES_PER_DEGREE


def keys_within(value: object, at: str = "") -> set[str]:
    if isinstance(value, dict):
        inner = set[str]().union(*(keys_within(part, f"{at}.{key}") for key, part in value.items()))
        return inner | {f"{at}.{key}" for key in value}
    if isinstance(value, list):
        return set[str]().union(*(keys_within(part, f"{at}[]") for part in value))
    return set()


def test_there_are_thirty_cases_numbered_in_the_order_of_their_receipt() -> None:
    assert document()["schema"] == "fieldlog.sample/1"
    assert [case["case_no"] for case in cases()] == [f"HB-2026-{number:04d}" for number in range(1, 31)]
    received = [case["received_at"] or case["reported_at"] for case in cases()]
    assert received == sorted(received)


def test_titles_and_descriptions_are_all_different() -> None:
    assert len({case["title"] for case in cases()}) == 30
    assert len({case["description"] for case in cases()}) == 30
    assert all(2 <= len(case["title"]) <= 100 for case in cases())


def test_every_case_is_marked_as_fictional_and_has_no_code_of_a_real_neighbourhood() -> None:
    for case in cases():
        assert case["fictional"] is True
        assert case["location"]["bjd_code"] == ""
        assert case["location"]["bjd_code_note"]
        assert case["location"]["bjd_name"].startswith("한빛시 ")
        assert case["lead_org"].startswith("한빛시")


def test_no_sentence_names_a_real_city_or_holds_a_number_of_a_person() -> None:
    text = json.dumps(document(), ensure_ascii=False)
    assert not re.search(
        r"(?<![가-힣])(서울|부산|대구|인천|광주|대전|울산|세종|청주|수원|국토부|행정안전부)|특별시|광역시",
        text,
    )
    assert not re.search(r"(?<!\d)01[016789]-?\d{3,4}-?\d{4}|\d{6}-[1-8]\d{6}|[\w.]+@[\w.]+\.\w+", text)


def test_every_text_is_composed_and_free_of_stray_spaces() -> None:
    import unicodedata

    text = json.dumps(document(), ensure_ascii=False)
    assert unicodedata.is_normalized("NFC", text)
    assert "  " not in re.sub(r"\n *", "", text)
    assert all(case["description"] == case["description"].strip() for case in cases())


def test_the_shape_is_that_of_the_exchange_format() -> None:
    if not REAL_SAMPLE.exists():
        pytest.skip("the sample of the exchange format is not beside this checkout")
    sample = json.loads(REAL_SAMPLE.read_text(encoding="utf-8"))
    extra = {f".cases[].photos[].{name}" for name in ("scene", "taken_at", "lat", "lon", "heading")}
    holidays = re.compile(r"\.holidays_used\.")
    ours, theirs = (
        {key for key in keys_within(part) if not holidays.search(key)} for part in (document(), sample)
    )
    assert ours - theirs == extra
    assert theirs - ours == set()


@pytest.mark.parametrize(
    ("field", "vocabulary"), [("stage", v.STAGE), ("channel", v.CHANNEL), ("urgency", v.URGENCY)]
)
def test_codes_come_from_the_vocabularies(field, vocabulary) -> None:
    assert {case[field] for case in cases()} <= set(vocabulary.entries)


def test_the_other_codes_come_from_the_vocabularies_too() -> None:
    assert {case["petition_type"] for case in cases()} - {None} <= set(v.PETITION.entries)
    assert {case["location"]["source"] for case in cases()} <= set(v.PLACE_SOURCE.entries)
    assert {action["status"] for _, action in each("actions")} <= set(v.ACTION_STATUS.entries)
    assert {photo["phase"] for _, photo in each("photos")} <= set(v.PHASE.entries)
    assert {collaboration["kind"] for _, collaboration in each("collaborations")} <= COLLABORATIONS
    assert {case["severity"] for case in cases()} <= {1, 2, 3, 4, 5}


def test_categories_and_departments_are_those_of_the_city() -> None:
    city = tomllib.loads((RESOURCES / "profiles" / "hanbit.toml").read_text(encoding="utf-8"))
    departments = {department["ko"] for department in city["departments"].values()}
    for case in cases():
        assert case["category_label"] == city["categories"][case["category"]]["ko"]
        assert case["lead_dept"] in departments, case["case_no"]
    assert len({case["category"] for case in cases()}) >= 25


def test_the_whole_lifecycle_is_there_and_much_of_it_is_open() -> None:
    stages = Counter(case["stage"] for case in cases())
    path = (
        "DRAFT RECEIVED TRIAGED INVESTIGATING ANALYZING DECIDED IN_ACTION VERIFYING NOTIFIED FOLLOW_UP CLOSED"
    )
    assert set(path.split()) <= set(stages)
    assert {"MERGED", "ON_HOLD", "TRANSFERRED"} <= set(stages)
    assert sum(count for stage, count in stages.items() if stage not in ANSWERED) >= 15


def test_petitions_are_due_when_the_law_says() -> None:
    table = read_holidays((RESOURCES / "holidays" / "kr.json").read_text(encoding="utf-8"), "kr.json")
    calendar = make_calendar(table, [WorkSpan(time(9), time(12)), WorkSpan(time(13), time(18))])
    for case in cases():
        if case["petition_type"] is None:
            assert case["period"] is None
            assert case["due_at"] is None
            continue
        period = Period(case["period"]["value"], PeriodUnit.DAYS)
        assert case["period"]["unit"] == ("WORK_HOURS" if period.value <= 5 else "WORK_DAYS")
        counted = due(moment(case["received_at"]), period, calendar).due_at
        assert counted == moment(case["due_at"]), case["case_no"]


def test_several_open_petitions_are_due_in_the_week_that_begins_tomorrow_and_one_is_late() -> None:
    still_open = [case for case in cases() if case["due_at"] and case["stage"] not in ANSWERED]
    unanswered = [case for case in still_open if not case["outcome"]["citizen_notified_at"]]
    days = [case["due_at"][:10] for case in unanswered]
    assert sum(NEXT_WEEK[0] <= day <= NEXT_WEEK[1] for day in days) >= 6
    assert sum(day < NEXT_WEEK[0] for day in days) == 1


def test_every_petition_that_was_answered_was_answered_in_time() -> None:
    for case in cases():
        answered = case["outcome"]["citizen_notified_at"]
        if answered and case["due_at"]:
            assert moment(case["received_at"]) < moment(answered) <= moment(case["due_at"]), case["case_no"]
        if case["petition_type"] and case["stage"] in ANSWERED:
            assert answered, case["case_no"]


def test_times_of_a_case_follow_one_another() -> None:
    for case in cases():
        reported = moment(case["reported_at"])
        assert "2026-02-01" <= case["reported_at"][:10] <= "2026-11-20"
        assert case["reported_at"].endswith("+09:00")
        if case["received_at"] is None:
            assert case["stage"] == "DRAFT"
        else:
            assert reported <= moment(case["received_at"])
        starts = [moment(visit["started_at"]) for visit in case["visits"]]
        assert all(reported <= start for start in starts)
        assert all(first < second for first, second in pairwise(starts))
        assert [visit["visit_no"] for visit in case["visits"]] == list(range(1, len(starts) + 1))
    for _, visit in each("visits"):
        assert 0 < (moment(visit["ended_at"]) - moment(visit["started_at"])).total_seconds() < 4 * 3600
    for case, asked in each("collaborations"):
        assert moment(case["reported_at"]) <= moment(asked["requested_at"])
        assert asked["responded_at"] is None or asked["requested_at"] <= asked["responded_at"]
        assert (asked["responded_at"] is None) == (asked["result"] is None)


def test_actions_and_follow_ups_are_done_or_open_as_they_say() -> None:
    for case, action in each("actions"):
        assert (action["done_on"] is not None) == (action["status"] == "DONE")
        assert case["reported_at"][:10] <= (action["done_on"] or action["due_on"])
    for case, check in each("followups"):
        assert (check["done_on"] is None) == (check["result"] is None)
        assert case["reported_at"][:10] < check["due_on"]


def test_each_stage_has_what_leads_to_it() -> None:
    for case in cases():
        stage, actions = case["stage"], case["actions"]
        if stage in BEFORE_THE_VISIT:
            assert case["visits"] == [], case["case_no"]
            continue
        assert case["visits"], case["case_no"]
        assert case["observations"], case["case_no"]
        if stage in {"DECIDED", "IN_ACTION", "VERIFYING", "NOTIFIED", "FOLLOW_UP", "CLOSED"}:
            assert len(case["alternatives"]) >= 2, case["case_no"]
            assert actions, case["case_no"]
        if stage in {"VERIFYING", "FOLLOW_UP", "CLOSED"}:
            assert all(action["status"] == "DONE" for action in actions), case["case_no"]
            assert "AFTER" in {photo["phase"] for photo in case["photos"]}, case["case_no"]
        if stage == "CLOSED":
            assert all(check["done_on"] for check in case["followups"]), case["case_no"]
        if stage == "FOLLOW_UP":
            assert not all(check["done_on"] for check in case["followups"]), case["case_no"]


def test_weighted_totals_are_the_sum_of_scores_by_weight_over_five() -> None:
    weights = document()["alternative_weights"]
    assert sum(weights.values()) == 100
    for case, alternative in each("alternatives"):
        assert set(alternative["scores"]) == set(weights)
        assert set(alternative["scores"].values()) <= {1, 2, 3, 4, 5}
        total = sum(weights[name] * score for name, score in alternative["scores"].items()) / 5
        assert alternative["weighted_total"] == pytest.approx(total), case["case_no"]


def test_at_most_one_alternative_is_chosen_and_the_choice_is_explained() -> None:
    not_top = 0
    for case in cases():
        chosen = [alternative for alternative in case["alternatives"] if alternative["chosen"]]
        assert len(chosen) <= 1
        if case["stage"] in {"ANALYZING", "INVESTIGATING"}:
            assert chosen == []
        for alternative in chosen:
            assert len(alternative["chosen_reason"]) >= 10
            best = max(other["weighted_total"] for other in case["alternatives"])
            not_top += alternative["weighted_total"] < best
    assert not_top >= 1


def test_the_city_is_one_place_of_about_eight_kilometres() -> None:
    lats = [case["location"]["lat"] for case in cases()]
    lons = [case["location"]["lon"] for case in cases()]
    assert 36.58 < min(lats) <= max(lats) < 36.66
    assert 127.39 < min(lons) <= max(lons) < 127.48
    assert all(case["location"]["accuracy_m"] > 0 for case in cases())


def test_districts_lie_on_their_own_side_of_the_boundary_road() -> None:
    for case in cases():
        is_west = "가람구" in case["location"]["address_text"]
        assert is_west == (case["location"]["lon"] < 127.4300), case["case_no"]
        assert ("가람구" if is_west else "누리구") in case["location"]["bjd_name"]


def test_two_reports_of_one_hole_lie_on_either_side_of_the_boundary() -> None:
    first, second = cases()[:2]
    a, b = first["location"], second["location"]
    assert 25 <= metres(a["lat"], a["lon"], b["lat"], b["lon"]) <= 30
    assert first["category"] == second["category"] == "ROAD_POTHOLE"
    assert second["stage"] == "MERGED"
    assert "가람구" in first["lead_org"]
    assert "누리구" in second["lead_org"]


def test_no_other_two_cases_of_one_category_lie_close() -> None:
    for index, one in enumerate(cases()):
        for other in cases()[index + 1 :]:
            if one["category"] == other["category"] and index:
                a, b = one["location"], other["location"]
                assert metres(a["lat"], a["lon"], b["lat"], b["lon"]) > 300


def test_links_lead_to_other_cases() -> None:
    numbers = {case["case_no"] for case in cases()}
    for case in cases():
        assert set(case["links"]) <= numbers - {case["case_no"]}
        assert case["tags"]
        assert all(" " not in tag for tag in case["tags"])


def test_there_are_about_sixty_photographs_with_a_scene_and_a_caption_of_their_own() -> None:
    assert 55 <= len(each("photos")) <= 65
    assert all(1 <= len(case["photos"]) <= 4 for case in cases())
    assert {photo["scene"] for _, photo in each("photos")} == SCENES
    captions = [photo["caption"] for _, photo in each("photos")]
    assert len(set(captions)) == len(captions)
    assert max(len(caption) for caption in captions) <= 60


def test_photographs_were_taken_on_a_visit_or_by_the_reporter_before_the_report() -> None:
    times = set()
    for case, photo in each("photos"):
        taken = moment(photo["taken_at"])
        times.add(taken)
        on_visit = any(
            moment(visit["started_at"]) <= taken <= moment(visit["ended_at"]) for visit in case["visits"]
        )
        by_reporter = not case["visits"] and taken < moment(case["reported_at"])
        assert on_visit or by_reporter, (case["case_no"], photo["caption"])
    assert len(times) == len(each("photos"))


def test_photographs_lie_at_their_case_and_three_have_no_position() -> None:
    nowhere = 0
    for case, photo in each("photos"):
        if "lat" not in photo:
            assert "lon" not in photo
            assert "heading" not in photo
            nowhere += 1
            continue
        place = case["location"]
        assert metres(place["lat"], place["lon"], photo["lat"], photo["lon"]) < 80, photo["caption"]
        assert 0 <= photo.get("heading", 0) < 360
    assert nowhere == 3


def test_the_home_of_a_person_in_need_is_blurred_and_never_photographed_with_a_position() -> None:
    (case,) = (case for case in cases() if case["category"].startswith("WEL_"))
    assert case["contains_personal_data"] is True
    assert case["location"]["accuracy_m"] >= 500
    assert case["location"]["precision_note"]
    assert all("lat" not in photo for photo in case["photos"])


def test_before_and_after_are_paired_somewhere_from_one_viewpoint() -> None:
    pairs = 0
    for case in cases():
        views = {
            phase: {
                (photo["lat"], photo["lon"], photo.get("heading"))
                for photo in case["photos"]
                if photo["phase"] == phase and "lat" in photo
            }
            for phase in ("BEFORE", "AFTER")
        }
        pairs += bool(views["BEFORE"] & views["AFTER"])
    assert pairs >= 8
