from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers.clerk import Clerk

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "deadline_vectors.json"


@pytest.fixture
def nobody(tmp_path: Path) -> Clerk:
    """A clerk without a store."""
    return Clerk(tmp_path / "none")


def test_a_due_time_needs_no_store(nobody: Clerk) -> None:
    told = nobody.asks("due", "--received", "2026-09-21T16:30", "--period", "7d")
    assert told["due_at"] == "2026-10-01T18:00:00+09:00"
    assert (told["unit"], told["profile"]) == ("WORK_DAYS", "hanbit")
    assert "slots" not in told


def test_what_was_counted_is_explained_day_by_day(nobody: Clerk) -> None:
    words = ("due", "--received", "2026-09-21T16:30", "--period", "7일", "--explain")
    told = nobody.asks(*words)
    assert [slot["number"] for slot in told["slots"]] == [1, 2, 3, 4, 5, 6, 7]
    assert told["skipped"][0] == {"day": "2026-09-24", "why": "추석 전날"}
    text = nobody.types(*words).out
    assert "2026. 10. 1.(목)까지" in text
    assert "추석 다음 날" in text
    assert "working days" in nobody.types("--lang", "en", *words).out


def test_hours_are_explained_with_the_hours_of_each_day(nobody: Clerk) -> None:
    told = nobody.asks("due", "--received", "2026-03-05T14:00", "--period", "3d", "--explain")
    assert sum(slot["hours"] for slot in told["slots"]) == 24


def test_a_due_time_is_counted_by_the_calendar_of_the_store(clerk: Clerk, tmp_path: Path) -> None:
    assert clerk.asks("due", "--received", "2026-09-21T16:30", "--period", "7d")["profile"] == "hanbit"


def test_a_store_that_does_not_open_is_said_and_the_profile_that_was_used(clerk: Clerk) -> None:
    (clerk.folder / "practice.key").unlink()
    told = clerk.types("--json", "due", "--received", "2026-09-21T16:30", "--period", "7d")
    assert told.code == 0
    assert "hanbit" in told.err


@pytest.mark.parametrize(
    "words",
    [("--received", "gestern", "--period", "7d"), ("--received", "2026-09-21", "--period", "bald"),
     ("--received", "1026-09-21", "--period", "7d"), ("--received", "2026-09-21", "--period", "7d", "--profile", "x")],
)  # fmt: skip
def test_a_due_time_that_cannot_be_counted_is_refused(nobody: Clerk, words: tuple[str, ...]) -> None:
    assert nobody.types("due", *words).code == 1


def test_every_known_due_time_is_answered(nobody: Clerk) -> None:
    if not VECTORS.is_file():
        pytest.skip("the file ../shared/data/deadline_vectors.json is not beside this checkout")
    for vector in json.loads(VECTORS.read_text("utf-8"))["vectors"]:
        period = f"{vector['period_days']}d" if "period_days" in vector else "즉시"
        told = nobody.asks("due", "--received", vector["received_at"], "--period", period)
        assert (told["due_at"], told["unit"]) == (vector["due_at"], vector["unit"])


def test_a_place_is_read_best_first_without_a_store(nobody: Clerk) -> None:
    told = nobody.asks("place", "다사 5389 5200")
    best = told["readings"][0]
    assert {"lat", "lon", "kind", "accuracy_m"} <= set(best)
    assert (best["kind"], best["safe"]) == ("national_point", True)
    assert "다사 5389 5200" in nobody.types("place", "다사", "5389", "5200").out


def test_swapped_coordinates_are_shown_with_their_question(nobody: Clerk) -> None:
    told = nobody.types("--json", "place", "127.02982, 37.493")
    first, second = told.json["readings"]
    assert (first["safe"], second["kind"], second["lat"]) == (False, "swapped", 37.493)
    assert "바뀐" in told.err


def test_a_text_without_a_place_is_refused(nobody: Clerk) -> None:
    told = nobody.types("--json", "place", "시청 앞")
    assert (told.code, told.error["kind"]) == (1, "BadInput")


def test_a_place_in_the_west_or_south_is_no_option(clerk: Clerk) -> None:
    told = clerk.types("place", "-37.5,-126.9")
    assert told.code != 2, told.err
    assert clerk.types("place", "-x").code == 2


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("0d", "1일에서 1000일 사이여야 합니다."),
        ("99999999d", "1일에서 1000일 사이여야 합니다."),
        ("9" * 5000 + "주", "1주에서 520주 사이여야 합니다."),
    ],
)
def test_a_period_out_of_range_is_told_with_the_range_in_words(clerk: Clerk, period: str, said: str) -> None:
    told = clerk.types("--json", "due", "--received", "2026-11-20T09:00", "--period", period)
    assert (told.code, told.error["why"]) == (1, said)
