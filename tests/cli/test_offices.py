"""Two officials, two stores, one office folder, all by commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.clerk import Clerk, clerk_with_store
from helpers.pictures import field_exif, jpeg

if TYPE_CHECKING:
    from pathlib import Path

ADD = ("case", "add", "--title", "보도블록 침하", "--category", "ROAD_SIDEWALK", "--at", "36.48, 127.289")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Clerk, Clerk]:
    return clerk_with_store(tmp_path / "one"), clerk_with_store(tmp_path / "two")


def meet(two: tuple[Clerk, Clerk], folder: Path) -> None:
    one, other = two
    assert one.asks("office", "create", folder, "--name", "별빛구")["name"] == "별빛구"
    assert other.asks("office", "join", folder)["name"] == "별빛구"


def test_what_one_recorded_the_other_reports(two, tmp_path) -> None:
    one, other = two
    meet(two, tmp_path / "office")
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg(exif=field_exif()))
    case = one.asks(*ADD, "--photo", photo)
    sent = one.asks("sync")
    assert (sent["sent"]["photos"], sent["photos_verified"], sent["photos_referenced"]) == (1, 1, 1)
    came = other.asks("sync")
    assert came["received"]["photos"] == 1
    assert came["same"] is True
    assert came["conflicts"] == 0
    shown = other.asks("case", "show", case["case_no"])
    assert shown["title"] == "보도블록 침하"
    out = tmp_path / "report.pdf"
    assert other.types("report", case["id"], "--template", "R1", "--out", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")
    other.asks("sync")  # what was filed is a record too
    one.asks("sync")
    assert one.asks("digest") == other.asks("digest")
    assert other.asks("verify")["sound"] is True


def test_a_conflict_is_listed_and_resolved(two, tmp_path) -> None:
    one, other = two
    meet(two, tmp_path / "office")
    number = one.asks(*ADD)["case_no"]
    one.asks("sync")
    other.asks("sync")
    one.asks("case", "set", number, "title=하나의 제목")
    other.asks("case", "set", number, "title=둘의 제목")
    one.asks("sync")
    assert other.asks("sync")["conflicts"] == 1
    [conflict] = other.asks("conflict", "list")["conflicts"]
    assert (conflict["case"], conflict["field"], conflict["base"]) == (number, "title", "보도블록 침하")
    assert sorted((head["value"], head["mine"]) for head in conflict["heads"]) == [
        ("둘의 제목", True),
        ("하나의 제목", False),
    ]
    assert other.asks("conflict", "resolve", number, "title", "--take", "theirs")["value"] == "하나의 제목"
    other.asks("sync")
    assert one.asks("sync")["conflicts"] == 0
    assert one.asks("case", "show", number)["title"] == "하나의 제목"


def test_a_conflict_is_resolved_with_words_of_ones_own(two, tmp_path) -> None:
    one, other = two
    meet(two, tmp_path / "office")
    number = one.asks(*ADD)["case_no"]
    one.asks("sync")
    other.asks("sync")
    one.asks("case", "set", number, "title=하나의 제목")
    other.asks("case", "set", number, "title=둘의 제목")
    one.asks("sync")
    other.asks("sync")
    assert other.asks("conflict", "resolve", number, "title", "--take", "mine")["value"] == "둘의 제목"
    refused = other.types("--json", "conflict", "resolve", number, "title", "--take", "mine")
    assert refused.code == 1
    assert refused.error["how"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("sync",), 1),
        (("office", "join", "no/such/folder"), 1),
        (("office", "create", ""), 2),
        (("office",), 2),
        (("conflict", "resolve", "HB-2026-000001", "title"), 2),
    ],
)
def test_what_cannot_be_done_is_said_and_the_exit_code_tells(two, words, code) -> None:
    told = two[0].types("--json", *words)
    assert told.code == code


def test_a_sync_is_told_in_one_line_that_can_be_checked(two, tmp_path) -> None:
    one, _ = two
    meet(two, tmp_path / "office")
    one.asks(*ADD)
    told = one.types("sync")
    assert told.code == 0
    assert "사진 0/0 확인 · 같음 확인" in told.out
