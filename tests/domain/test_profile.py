from __future__ import annotations

import re
from datetime import date

import pytest
from helpers.office import at, calendar, profile, profile_text, table
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import ProfileBroken
from fieldlog.domain.lifecycle_facts import Role
from fieldlog.domain.period import parse_period
from fieldlog.domain.profile import FollowupRule
from fieldlog.domain.profile_lines import LineIndex
from fieldlog.domain.profile_reading import profile_faults, profile_in_use, read_profile
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.acceptance import accept
from fieldlog.domain.registry.vocabularies import VISIT_KIND

CODES = [
    "ROAD_POTHOLE",
    "ROAD_SUBSIDENCE",
    "ROAD_SIDEWALK",
    "ROAD_LIGHT",
    "ROAD_DRAIN",
    "ROAD_CROSSING",
    "ROAD_SCHOOLZONE",
    "ROAD_BIKE",
    "ROAD_SIGN",
    "ROAD_SNOW",
    "FAC_BRIDGE",
    "FAC_RETAINING_WALL",
    "FAC_BUILDING",
    "FAC_STAIR",
    "FAC_TRAIL",
    "FAC_PARK",
    "FAC_PORT",
    "CON_SITE_SAFETY",
    "CON_NOISE_DUST",
    "CON_DEMOLITION",
    "DIS_FLOOD",
    "DIS_LANDSLIDE",
    "DIS_WILDFIRE",
    "DIS_HEAT",
    "DIS_COLD",
    "FIRE_ACCESS",
    "FIRE_HYDRANT",
    "FIRE_EXIT",
    "FIRE_FACTORY",
    "AIR_ODOR",
    "AIR_DUST",
    "AIR_BURN",
    "WAT_POLLUTION",
    "WAT_SEWER",
    "PRK_HYDRANT",
    "PRK_CORNER",
    "PRK_BUSSTOP",
    "PRK_CROSSWALK",
    "PRK_SCHOOL",
    "PRK_SIDEWALK",
    "PRK_OTHER",
    "LIV_AD",
    "LIV_WASTE",
    "LIV_PM",
    "LIV_NOISE",
    "LIV_MARINE_WASTE",
    "LIV_ABANDONED",
    "WEL_BLINDSPOT",
    "WEL_ACCESS",
    "BIZ_REGULATION",
    "BIZ_INFRA",
    "BIZ_PERMIT",
    "POL_OVERLAP",
    "POL_SERVICE",
    "POL_LAW",
    "AGR_IRRIGATION",
    "AGR_FARMROAD",
    "AGR_ANIMAL",
    "ETC_OTHER",
]

BROKEN = [
    ("syntax", 'prefix = "HB"', 'prefix = "HB', "prefix", "TOML", "따옴표"),
    ("twice the same key", 'prefix = "HB"', 'prefix = "HB"\nprefix = "FL"', 'prefix = "FL"', "TOML", "따옴표"),
    ("newer format", "format = 1", "format = 2", "format", "새롭습니다", "새 판"),
    ("no format", "format = 1\n", "", None, "'format' 값이 없습니다.", "적어 주십시오"),
    ("format as text", "format = 1", 'format = "1"', "format", "종류가 다릅니다", "정수"),
    ("name with capitals", 'name = "hanbit"', 'name = "Hanbit City"', "name", "쓸 수 없는 이름", "소문자"),
    ("date as text", "valid_from = 2026-11-01", 'valid_from = "soon"', "valid_from", "종류가 다릅니다", "날짜"),
    ("date with time", "valid_from = 2026-11-01", "valid_from = 2026-11-01T10:00:00", "valid_from", "종류", "날짜"),
    ("misspelt key", 'assign = "on_receipt"', 'asign = "on_receipt"', "asign", "'asign' 항목은 없습니다", "'assign'"),
    ("strange key", 'prefix = "HB"', 'prefix = "HB"\ncolour = "red"', "colour", "'colour'", "prefix, width"),
    ("misspelt table", "[petition_periods]", "[petition_period]", "[petition_period]", "'petition_period'", "s'"),
    ("small prefix", 'prefix = "HB"', 'prefix = "fl"', "prefix", "쓸 수 없는 이름입니다: fl", "FL"),
    ("empty prefix", 'prefix = "HB"', 'prefix = " "', "prefix", "비어 있습니다", "적어"),
    ("narrow number", "width = 4", "width = 3", "width", "범위", "4에서 6"),
    ("width as true", "width = 4", "width = true", "width", "종류가 다릅니다", "정수"),
    ("unknown assign", '"on_receipt"', '"on_reciept"', "assign", "on_reciept", "'on_receipt'"),
    ("hours misspelt", '"09:00-12:00"', '"9 to 12"', "spans", "9 to 12", "09:00-12:00"),
    ("hours overlapping", '"13:00-18:00"', '"11:00-18:00"', "spans", "겹치", "이른"),
    ("hours of hour 25", '"13:00-18:00"', '"13:00-25:00"', "spans", "13:00-25:00", "09:00"),
    ("no hours", '["09:00-12:00", "13:00-18:00"]', "[]", "spans", "근무시간이 없습니다", "09:00"),
    ("hours as number", '"09:00-12:00"', "9", "spans", "spans[1]", "글"),
    ("extra day without name", "extra = []", 'extra = [{ day = 2026-10-15, ko = "가", source = "s" }]', "extra", "'en'", "'en'"),
    (
        "extra day twice",
        "extra = []",
        ('extra = [\n{ day = 2026-10-15, ko = "가", en = "a", source = "s" },\n'
        '{ day = 2026-10-15, ko = "나", en = "b", source = "s" },\n]'),
        'ko = "나"',
        "2026-10-15",
        "하나만",
    ),
    ("period misspelt", 'INQUIRY = "7d"', 'INQUIRY = "seven"', "INQUIRY =", "seven", "7d"),
    ("period of nothing", 'INQUIRY = "7d"', 'INQUIRY = "0d"', "INQUIRY =", "0", "7d"),
    ("unknown petition", 'GRIEVANCE = "7d"', 'GRIEVANCES = "7d"', "GRIEVANCES", "없습니다", "'GRIEVANCE'"),
    ("unknown urgency", 'URGENT = "3d"', 'URGNT = "3d"', "URGNT", "없습니다", "'URGENT'"),
    ("unknown disclosure", 'disclosure = "PARTIAL"\nret', 'disclosure = "SECRET"\nret', "SECRET", "SECRET", "PUBLIC"),
    ("unknown retention", '"Y5"', '"5년"', "retention", "5년", "Y5"),
    ("margin too wide", "top = 15, bottom", "top = 150, bottom", "margins = {", "top", "5에서 60"),
    ("margin missing", "left = 20, right = 20 }\na", "left = 20 }\na", "margins = {", "'right'", "숫자"),
    ("box without English", ', en = "Team lead"', "", 'ko = "팀장"', "'en'", "'en'"),
    ("weights not 100", "weight = 30", "weight = 31", "[criteria]", "101", "100"),
    ("weight of zero", "weight = 30", "weight = 0", "effect", "범위", "1에서 100"),
    ("favourite unknown", '    "ROAD_POTHOLE",', '    "ROAD_POTHOL",', "favourites", "ROAD_POTHOL", "ROAD_POTHOLE"),
    ("favourite twice", '    "ETC_OTHER",\n]', '    "LIV_AD",\n]', "favourites", "LIV_AD가 두 번", "하나만"),
    ("nine favourites", '    "ETC_OTHER",\n]', '    "ETC_OTHER", "FAC_PARK"\n]', "favourites", "8개", "8개 이하"),
    ("department code", 'PARK = { ko = "공', 'Park = { ko = "공', "Park", "Park", "ROAD"),
    ("unknown visit", "[visits.V_PATROL]", "[visits.V_PATROLL]", "[visits.V_PATROLL]", "V_PATROLL", "'V_PATROL'"),
    ("item id", 'id = "lane"', 'id = "Lane number"', 'id = "Lane', "Lane number", "depth"),
    ("item twice", 'id = "length"', 'id = "width"', 'ko = "세로"', "width가 두 번", "하나만"),
    ("item unit", 'en = "Depth", unit = "cm"', 'en = "Depth", unit = "inch"', 'ko = "깊이"', "inch", "cm"),
    ("checklist of texts", 'checklist = [\n    { id = "pole"', 'checklist = [\n    "pole",\n    { id = "pole"', '    "pole",', "checklist[1]", "표"),
    ("group unknown", 'group = "AGR", ko = "농로"', 'group = "AGRI", ko = "농로"', "AGR_FARMROAD", "AGRI", "'AGR'"),
    ("group severity", 'severity = 4\nurgency = "URGENT"\nradius_m = 30', 'severity = 6\nurgency = "URGENT"\nradius_m = 30', "severity = 6", "범위", "1에서 5"),
    ("group visit", 'visit = "V_ENV"', 'visit = "V_ENVY"', 'visit = "V_ENVY"', "V_ENVY", "'V_ENV'"),
    ("category department", 'department = "PARK" }\nFAC_PARK', 'department = "PARKS" }\nFAC_PARK', "FAC_TRAIL", "PARKS", "'PARK'"),
    ("category code", "AGR_ANIMAL = {", "agr-animal = {", "agr-animal", "agr-animal", "ROAD_POTHOLE"),
    ("category blur", 'ko = "쓰레기·폐기물", en = "Waste"', 'ko = "쓰레기", en = "Waste", blur = "50"', "LIV_WASTE =", "50", "500"),
    ("category period", 'period = "1d"', 'period = "1 day long"', "ROAD_SUBSIDENCE", "1 day long", "7d"),
    ("category radius", "radius_m = 150", "radius_m = -1", "ROAD_SUBSIDENCE", "범위", "0에서 20000"),
    ("follow-up", '["150d"], visit', '["in spring"], visit', "ROAD_SCHOOLZONE", "in spring", "06-01"),
    ("follow-up on 30 February", '["150d"], visit', '["02-30"], visit', "ROAD_SCHOOLZONE", "02-30", "06-01"),
    ("category as text", 'ETC_OTHER = { group = "ETC", ko = "기타", en = "Other" }', 'ETC_OTHER = "기타"', "ETC_OTHER = ", "종류", "표"),
    ("role", '"FIELD_OFFICER", "TEAM', '"OFFICER", "TEAM', "roles", "OFFICER", "FIELD_OFFICER"),
    ("agency without name", 'en = "Hanbit City"\nfictional', "fictional", "[agency]", "'en'", "'en'"),
]  # fmt: skip


def faults_after(old: str, new: str) -> tuple[str, ProfileBroken]:
    assert old in profile_text()
    text = profile_text().replace(old, new, 1)
    with pytest.raises(ProfileBroken) as caught:
        read_profile(text, "hanbit.toml")
    return text, caught.value


@pytest.mark.parametrize(
    ("old", "new", "near", "what", "how"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_broken_profile_names_file_line_fault_and_cure(old, new, near, what, how) -> None:
    text, error = faults_after(old, new)
    found = re.search(r"hanbit\.toml (\d+)행", error.what.ko)
    assert found
    line = text.splitlines()[int(found[1]) - 1]
    assert near is None or near in line, (error.what.ko, line)
    assert what in error.why.ko
    assert how in error.how.ko
    assert "hanbit.toml, line" in error.what.en
    assert error.how.en.isascii() or "cm" in error.how.en or "㎡" in error.how.en


@pytest.mark.parametrize(("old", "new"), [row[1:3] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_one_mistake_brings_few_others_with_it(old, new) -> None:
    faults = profile_faults(profile_text().replace(old, new, 1), "hanbit.toml")
    assert 1 <= len(faults) <= 4, [fault.what.ko for fault in faults]


def test_all_faults_are_listed_in_the_order_of_the_lines() -> None:
    text = profile_text().replace("weight = 30", "weight = 31").replace('prefix = "HB"', 'prefix = "fl"')
    faults = profile_faults(text, "hanbit.toml")
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)
    assert len(faults) == 2
    with pytest.raises(ProfileBroken) as caught:
        read_profile(text, "hanbit.toml")
    assert "이 밖에 1곳이 더 있습니다." in caught.value.why.ko


def test_a_table_that_is_missing_altogether_is_named() -> None:
    text = re.sub(r"\[criteria\].*?\n\n", "", profile_text(), count=1, flags=re.DOTALL)
    with pytest.raises(ProfileBroken) as caught:
        read_profile(text, "hanbit.toml")
    assert "'criteria'" in caught.value.why.ko


@pytest.mark.parametrize(
    "text", ["", "format = 1", "[" * 50_000, "a = " + "[" * 50_000, "x" * 1_000_001, "\ufeff"]
)
def test_what_is_no_profile_at_all_is_refused(text) -> None:
    with pytest.raises(ProfileBroken):
        read_profile(text, "x.toml")


@given(st.text(max_size=80))
def test_no_text_makes_the_reader_fail_otherwise(text) -> None:
    with pytest.raises(ProfileBroken):
        read_profile(text, "x.toml")


@given(st.integers(0, 10**6), st.integers(1, 60))
def test_a_profile_with_a_hole_in_it_is_sound_or_refused(start, length) -> None:
    text = profile_text()
    start %= len(text)
    holed = text[:start] + text[start + length :]
    faults = profile_faults(holed, "hanbit.toml")
    assert all(1 <= fault.line <= len(holed.splitlines()) for fault in faults)
    if not faults:
        assert read_profile(holed, "hanbit.toml").categories


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    text = "\ufeff" + profile_text().replace("\n", "\r\n")
    assert read_profile(text, "hanbit.toml") == profile()


def test_the_last_good_profile_is_kept_when_the_offered_one_is_broken() -> None:
    good = profile_in_use(profile_text(), "hanbit.toml", None)
    assert good.trouble is None
    kept = profile_in_use("format = 1", "hanbit.toml", good.text)
    assert kept.profile == good.profile
    assert kept.text == good.text
    assert kept.trouble is not None
    assert "hanbit.toml" in kept.trouble.what.ko


def test_a_better_profile_replaces_the_last_good_one() -> None:
    newer = profile_text().replace('version = "2026-11"', 'version = "2026-12"')
    used = profile_in_use(newer, "hanbit.toml", profile_text())
    assert used.profile.version == "2026-12"
    assert used.text == newer


def test_without_a_good_profile_the_trouble_is_told() -> None:
    with pytest.raises(ProfileBroken):
        profile_in_use("format = 1", "hanbit.toml", None)


def test_the_shipped_profile_is_of_a_fictional_city() -> None:
    assert profile().name == "hanbit"
    assert profile().agency.ko == "한빛시"
    assert profile().fictional
    assert profile().solo_mode
    assert Role.FIELD_OFFICER in profile().roles


def test_the_shipped_profile_has_the_whole_category_master() -> None:
    assert list(profile().categories) == CODES
    labels = [category.label for category in profile().categories.values()]
    assert len(set(labels)) == len(labels)
    assert all(label.en.isascii() for label in labels)


def test_every_shipped_code_is_taken_by_the_registry() -> None:
    field = REGISTRY.kind("case").field("category_code")
    visit = REGISTRY.kind("visit").field("visit_kind")
    for category in profile().categories.values():
        assert accept(field, category.code) == category.code
        assert accept(visit, category.visit_kind) == category.visit_kind


def test_every_kind_of_visit_ships_with_a_checklist() -> None:
    assert set(profile().visit_kinds) == set(VISIT_KIND.entries)
    assert all(len(kind.checklist) >= 3 for kind in profile().visit_kinds.values())
    depth = next(item for item in profile().visit_kinds["V_POTHOLE"].checklist if item.id == "depth")
    assert depth.unit == "cm"


def test_a_category_takes_from_its_group_what_it_leaves_open() -> None:
    pothole, light = profile().categories["ROAD_POTHOLE"], profile().categories["ROAD_LIGHT"]
    assert (pothole.radius_m, pothole.severity, pothole.visit_kind) == (50, 4, "V_POTHOLE")
    assert (light.radius_m, light.severity, light.visit_kind) == (30, 3, "V_LIGHT")
    assert light.department == "ROAD"


def test_welfare_cases_hide_their_place_and_are_not_public() -> None:
    blindspot = profile().categories["WEL_BLINDSPOT"]
    assert blindspot.blur == "DONG"
    assert blindspot.disclosure == "CLOSED"


def test_quick_capture_offers_eight_categories() -> None:
    assert len(profile().favourites) == 8


def test_periods_follow_the_category_then_the_petition() -> None:
    assert profile().period_for("OTHER", "ROAD_POTHOLE") == parse_period("7d")
    assert profile().period_for("PROPOSAL", "ROAD_POTHOLE") == parse_period("14d")
    assert profile().period_for("OTHER", "ROAD_SUBSIDENCE") == parse_period("1d")
    assert profile().period_for("LEGAL", "BIZ_PERMIT") is None
    assert profile().period_for(None, "ROAD_SUBSIDENCE") is None
    assert profile().period_for("OTHER", "NO_SUCH") == parse_period("7d")


def test_internal_targets_are_those_of_the_urgency() -> None:
    assert profile().target_for("URGENT") == parse_period("3d")
    assert profile().target_for("PLANNED") is None


def test_follow_ups_fall_on_days_after_or_on_a_day_of_the_year() -> None:
    assert profile().followup_dates("ROAD_POTHOLE", date(2026, 3, 10)) == (date(2026, 6, 8),)
    assert profile().followup_dates("ROAD_DRAIN", date(2026, 6, 1)) == (date(2026, 8, 30), date(2027, 6, 1))
    assert len(profile().followup_dates("FAC_RETAINING_WALL", date(2026, 3, 10))) == 3
    assert profile().followup_dates("NO_SUCH", date(2026, 3, 10)) == ()


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_a_yearly_follow_up_lies_within_the_coming_year(day, month, on) -> None:
    due = FollowupRule(month_day=(month, on)).after(day)
    assert 0 < (due - day).days <= 366


def test_categories_are_found_by_code_and_by_group() -> None:
    assert profile().category("NO_SUCH") is None
    assert [category.code for category in profile().categories_of("AGR")] == [
        "AGR_IRRIGATION",
        "AGR_FARMROAD",
        "AGR_ANIMAL",
    ]


def test_a_category_out_of_use_is_kept_but_not_offered() -> None:
    text = profile_text().replace('en = "Farm road" }', 'en = "Farm road", active = false }')
    changed = read_profile(text, "hanbit.toml")
    assert changed.category("AGR_FARMROAD") is not None
    assert "AGR_FARMROAD" not in [category.code for category in changed.categories_of("AGR")]


def test_the_weights_of_the_criteria_add_up_to_100() -> None:
    assert [criterion.weight for criterion in profile().criteria] == [30, 20, 20, 15, 15]


def test_an_agency_without_own_days_off_keeps_the_public_calendar() -> None:
    assert profile().calendar(table()) == calendar()


def test_an_agency_adds_its_own_days_off_and_works_on_others() -> None:
    text = (
        profile_text()
        .replace(
            "extra = []",
            'extra = [{ day = 2026-10-15, ko = "시민의 날", en = "Citizens\' Day", source = "조례" }]',
        )
        .replace("not_observed = []", "not_observed = [2026-05-01]")
    )
    own = read_profile(text, "hanbit.toml").calendar(table())
    assert not own.is_working_day(date(2026, 10, 15))
    assert own.why_off(date(2026, 10, 15)).ko == "시민의 날"  # type: ignore[union-attr]
    assert own.is_working_day(date(2026, 5, 1))


def test_an_agency_keeps_its_own_hours() -> None:
    text = profile_text().replace('"13:00-18:00"', '"12:30-17:30"')
    own = read_profile(text, "hanbit.toml").calendar(table())
    assert own.closing(date(2026, 3, 9)) == at("2026-03-09T17:30")


def test_paper_words_carry_boxes_and_margins() -> None:
    paper = profile().paper
    assert [box.ko for box in paper.approval_boxes] == ["담당", "팀장", "과장"]
    assert (paper.margins.top, paper.margins.left) == (15.0, 20.0)


def test_words_of_the_window_may_be_changed() -> None:
    text = profile_text() + 'case = { ko = "민원", en = "Petition" }\n'
    assert read_profile(text, "hanbit.toml").words["case"].ko == "민원"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("t",), 3),
        (("t", "b"), 4),
        (("t", "b", "c"), 4),
        (("t", "d"), 5),
        (("t", "d", 1), 7),
        (("t", "d", 1, "x"), 7),
        (("t", "e"), 9),
        (("t", "after"), 12),
        (("rows", 0, "n"), 15),
        (("rows", 1, "n"), 18),
        (("s", "u", "v"), 20),
        (("nowhere",), 1),
        (("t", "nowhere"), 3),
        ((), 1),
    ],
)
def test_the_line_of_a_value_is_found(path, line) -> None:
    text = (
        'a = 1 # b = 2\n\n[t]\nb = { c = "[" }\nd = [\n  { x = 1 },\n  { x = 2 }, # ]\n]\n'
        "e = '''\nfake = 1\n'''\nafter = 2\n\n[[rows]]\nn = 1\n\n[[rows]]\nn = 2\n[s]\n\"u\".v = 3\n"
    )
    assert LineIndex(text).line_of(path) == line
