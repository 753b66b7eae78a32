from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers.pictures import field_exif, jpeg

if TYPE_CHECKING:
    from helpers.clerk import Clerk

ADD = ("case", "add", "--title", "보도블록 침하", "--category", "ROAD_SIDEWALK")


def count(clerk: Clerk) -> int:
    return len(clerk.asks("case", "list")["cases"])


def test_a_new_case_is_answered_with_its_number_stage_photos_and_place(clerk: Clerk, picture: Path) -> None:
    added = clerk.asks(
        *ADD, "--at", "37.5665, 126.9780", "--photo", picture, "--received-at", "2026-11-20T09:00",
        "--petition", "기타민원", "--period", "7d", "--description", "두 장이 내려앉음",
    )  # fmt: skip
    assert added["case_no"].endswith("-2026-0001")
    assert added["stage"] == "RECEIVED"
    assert added["petition_type"] == "OTHER"
    assert added["due_at"] == "2026-11-30T18:00:00+09:00"
    assert added["location"]["lat"] == 37.5665
    assert added["location"]["national_point_no"] == "다사 5390 5203"
    assert [(photo["file"], photo["status"]) for photo in added["photos"]] == [("구덩이.jpg", "added")]
    assert len(added["photos"][0]["sha256"]) == 64


def test_a_case_that_was_not_received_yet_is_a_draft_without_a_place(clerk: Clerk) -> None:
    added = clerk.asks(*ADD)
    assert (added["stage"], added["location"], added["photos"], added["due_at"]) == ("DRAFT", None, [], None)


def test_a_category_may_be_named_by_its_label(clerk: Clerk) -> None:
    added = clerk.asks("case", "add", "--title", "구덩이", "--category", "포트홀")
    assert added["category_code"] == "ROAD_POTHOLE"


def test_without_a_place_the_case_takes_that_of_its_first_photograph_that_has_one(
    clerk: Clerk, picture: Path, tmp_path: Path
) -> None:
    placed = tmp_path / "placed.jpg"
    placed.write_bytes(jpeg(exif=field_exif()))
    added = clerk.asks(*ADD, "--photo", picture, "--photo", placed)
    assert added["location"]["source"] == "EXIF"
    assert added["location"]["lat"] == pytest.approx(37.493, abs=1e-4)
    assert added["photos"][1]["lat"] == added["location"]["lat"]


def test_a_refused_photograph_does_not_lose_the_case(clerk: Clerk, picture: Path, tmp_path: Path) -> None:
    broken = tmp_path / "깨짐.jpg"
    broken.write_bytes(b"")
    told = clerk.types(
        "--json",
        *ADD,
        "--photo",
        broken,
        "--photo",
        tmp_path / "gone.jpg",
        "--photo",
        picture,
        "--photo",
        picture,
    )
    assert told.code == 0
    assert [photo["status"] for photo in told.json["photos"]] == ["refused", "refused", "added", "duplicate"]
    assert all(photo["reason"] for photo in told.json["photos"] if photo["status"] != "added")
    assert "깨짐.jpg" in told.err
    assert count(clerk) == 1


def test_swapped_coordinates_are_asked_and_nothing_is_recorded(clerk: Clerk) -> None:
    told = clerk.types("--json", *ADD, "--at", "127.02982, 37.493")
    assert told.code == 1
    assert told.error["kind"] == "BadInput"
    assert "37.493" in told.error["how"]
    assert count(clerk) == 0


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        (("--at", "어딘가"), "BadInput"),
        (("--received-at", "어제"), "BadInput"),
        (("--reported-at", "2030-01-01"), "BadInput"),
        (("--petition", "NONE"), "BadInput"),
        (("--period", "bald"), "BadInput"),
        (("--category", "NO_SUCH"), "BadInput"),
        (("--title", " "), "BadInput"),
    ],
)
def test_what_cannot_be_taken_is_refused_whole(clerk: Clerk, more: tuple[str, ...], kind: str) -> None:
    told = clerk.types("--json", *ADD, *more)
    assert told.code == 1
    assert told.error["kind"] == kind
    assert count(clerk) == 0


def test_a_folder_that_cannot_be_read_is_named_and_the_case_is_recorded(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's refusal is played: an administrator is never refused."""
    closed = tmp_path / "closed"
    closed.mkdir()
    for name in ("scandir", "listdir"):
        real = getattr(os, name)

        def refuse(path: Any = ".", real: Any = real) -> Any:
            if Path(os.fsdecode(path)) == closed:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(closed))
            return real(path)

        monkeypatch.setattr(os, name, refuse)
    added = clerk.asks(*ADD, "--photo", closed)
    assert [(photo["file"], photo["status"]) for photo in added["photos"]] == [("closed", "refused")]
    assert added["photos"][0]["reason"]
    assert count(clerk) == 1


def test_cases_are_listed_page_by_page(clerk: Clerk) -> None:
    numbers = [
        clerk.asks("case", "add", "--title", f"제목 {n}", "--category", "ROAD_POTHOLE")["case_no"]
        for n in range(5)
    ]
    seen, after = [], None
    while True:
        page = clerk.asks("case", "list", "--limit", 2, *(("--after", after) if after else ()))
        seen.extend(case["case_no"] for case in page["cases"])
        after = page["next"]
        if after is None:
            break
    assert sorted(seen) == sorted(numbers)


def test_cases_are_found_by_words_initial_letters_and_stage(clerk: Clerk, case: str) -> None:
    clerk.asks(*ADD)
    for words in (("--query", "포트홀"), ("--query", "ㅍㅌㅎ"), ("--stage", "접수"), ("--stage", "received")):
        assert [found["case_no"] for found in clerk.asks("case", "list", *words)["cases"]] == [case]


def test_the_list_for_people_stands_in_columns(clerk: Clerk, case: str) -> None:
    clerk.asks(*ADD)
    heading, *rows = clerk.types("case", "list").out.splitlines()
    assert heading.split() == ["사안번호", "상태", "심각도", "처리기한", "제목", "위치"]
    assert len(rows) == 2
    assert all(any(shape in each for shape in "■▲●◆○") for each in rows)
    assert clerk.types("--lang", "en", "case", "list").out.split()[0] == "Case"
    assert "없습니다" in clerk.types("case", "list", "--query", "하늘나라").out


@pytest.mark.parametrize("words", [("--stage", "NOWHERE"), ("--after", "nonsense!")])
def test_a_list_that_cannot_be_asked_for_is_refused(clerk: Clerk, words: tuple[str, ...]) -> None:
    assert clerk.types("case", "list", *words).code == 1


def test_a_case_is_shown_whole_by_number_and_by_id(clerk: Clerk, case: str, picture: Path) -> None:
    clerk.asks("photo", "add", case, picture)
    clerk.asks("observation", "add", case, "--text", "깊이 9cm")
    sheet = clerk.asks("case", "show", case)
    assert sheet == clerk.asks("case", "show", sheet["id"])
    assert sheet["location"]["lat"] == 36.62
    assert sheet["observations"][0]["text"] == "깊이 9cm"
    assert sheet["photos"][0]["original_name"] == "구덩이.jpg"
    assert sheet["remaining"]["light"] in {"BLUE", "YELLOW", "ORANGE", "RED"}
    text = clerk.types("case", "show", case).out
    for shown in ("별빛로 포트홀", "포트홀 (ROAD_POTHOLE)", "2026. 11. 30.(월)까지", "[사진]", "깊이 9cm"):
        assert shown in text
    assert "[Photo]" in clerk.types("--lang", "en", "case", "show", case).out


def test_fields_of_a_case_and_of_its_place_are_changed_together(clerk: Clerk, case: str) -> None:
    changed = clerk.asks(
        "case", "set", case, "title=별빛로 침하", "severity=5", "location.place_hint=약국 앞"
    )
    assert (changed["title"], changed["severity"], changed["changed"]) == ("별빛로 침하", "5", True)
    assert changed["location"]["place_hint"] == "약국 앞"
    assert changed["location"]["lat"] == 36.62
    assert clerk.asks("case", "set", case, "severity=5")["changed"] is False
    assert "location" in clerk.asks("case", "set", case, "location.at=36.63, 127.44")
    assert clerk.asks("case", "show", case)["location"]["lat"] == 36.63


def test_an_empty_value_clears_a_field(clerk: Clerk, case: str) -> None:
    clerk.asks("case", "set", case, "external_no=1AA-2611")
    assert clerk.asks("case", "set", case, "external_no=")["external_no"] is None


@pytest.mark.parametrize(
    "words",
    [("title",), ("title=",), ("stage=CLOSED",), ("case_no=FL-1",), ("no_such=1",), ("location.no_such=1",),
     ("severity=9",), ("severity=3", "location.lat=127.4"), ("title=a", "title=b"), ("location.at=127.4, 36.6",)],
)  # fmt: skip
def test_a_change_with_a_fault_changes_nothing(clerk: Clerk, case: str, words: tuple[str, ...]) -> None:
    before = clerk.asks("case", "show", case)
    assert clerk.types("case", "set", case, *words).code == 1
    assert clerk.asks("case", "show", case) == before


def test_a_place_without_coordinates_is_not_made_up(clerk: Clerk) -> None:
    case = clerk.asks(*ADD)["case_no"]
    told = clerk.types("--json", "case", "set", case, "location.place_hint=약국 앞")
    assert told.code == 1
    assert "location.at" in told.error["how"]
    placed = clerk.asks("case", "set", case, "location.place_hint=약국 앞", "location.at=36.62, 127.43")
    assert placed["location"]["place_hint"] == "약국 앞"


def test_a_case_moves_by_code_or_label_and_says_what_is_missing(clerk: Clerk, case: str) -> None:
    assert clerk.asks("case", "move", case, "분류·배정")["stage"] == "TRIAGED"
    refused = clerk.types("--json", "case", "move", case, "INVESTIGATING")
    assert (refused.code, refused.error["kind"]) == (1, "NotAllowed")
    assert "방문" in refused.error["why"]
    assert (
        clerk.asks("case", "move", case, "investigating", "--reason", "사진으로 충분함")["stage"]
        == "INVESTIGATING"
    )
    held = clerk.asks("case", "move", case, "ON_HOLD", "--reason", "부지 협의", "--hold-until", "2026-12-10")
    assert (held["stage"], held["held_from"]) == ("ON_HOLD", "INVESTIGATING")


def test_a_case_is_merged_into_another(clerk: Clerk, case: str) -> None:
    other = clerk.asks(*ADD, "--received-at", "2026-11-20T09:00", "--at", "36.62, 127.43")
    merged = clerk.asks("case", "move", case, "MERGED", "--reason", "같은 자리", "--into", other["case_no"])
    assert (merged["stage"], merged["merged_into_id"]) == ("MERGED", other["id"])


@pytest.mark.parametrize(
    "words",
    [("NOWHERE",), ("CLOSED",), ("ON_HOLD", "--hold-until", "bald"), ("MERGED", "--into", "FL-2026-0999")],
)
def test_a_move_that_cannot_be_is_refused(clerk: Clerk, case: str, words: tuple[str, ...]) -> None:
    assert clerk.types("case", "move", case, *words).code == 1
    assert clerk.asks("case", "show", case)["stage"] == "RECEIVED"


def test_a_stage_nobody_knows_is_told_with_the_words_of_those_there_are(clerk: Clerk) -> None:
    told = clerk.types("--json", "case", "list", "--stage", "없음")
    assert told.error["what"] == "상태를 알 수 없습니다: 없음"
    assert "RECEIVED(접수)" in told.error["how"]
    assert (
        "RECEIVED (Received)"
        in clerk.types("--lang", "en", "--json", "case", "list", "--stage", "x").error["how"]
    )


@pytest.mark.parametrize("typed", ["ROAD_POTHOL", "포트홀구덩이", "potholes"])
def test_a_mistyped_category_is_answered_with_the_nearest_first(clerk: Clerk, case: str, typed: str) -> None:
    for command in (
        ("case", "set", case, f"category_code={typed}"),
        ("case", "add", "--title", "구덩이", "--category", typed),
    ):
        told = clerk.types("--json", *command)
        assert told.code == 1
        nearest = told.error["how"].partition("가까운 것: ")[2].split(", ")
        assert nearest[0] == "ROAD_POTHOLE(포트홀)"
        assert len(nearest) <= 5


def test_a_category_may_be_named_by_its_words(clerk: Clerk, case: str) -> None:
    for words in ("포트홀", "pothole"):
        clerk.asks("case", "set", case, "category_code=ROAD_LIGHT")
        assert clerk.asks("case", "set", case, f"category_code={words}")["category_code"] == "ROAD_POTHOLE"


def test_a_place_without_words_is_listed_as_its_coordinate(clerk: Clerk, case: str) -> None:
    clerk.asks("case", "set", case, "location.lat=43.77", "location.lon=11.25", "location.national_point_no=")
    assert "43.77000, 11.25000" in clerk.types("case", "list").out
