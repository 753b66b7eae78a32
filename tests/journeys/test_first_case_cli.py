"""An official records a problem with photographs on site, finds it again and hands in a PDF, by commands alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from helpers.clerk import Clerk
from helpers.pictures import field_exif, jpeg, shared_photos

if TYPE_CHECKING:
    from pathlib import Path


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as paper:
        return "\n".join(page.get_textpage().get_text_bounded() for page in paper)


def done(clerk: Clerk, *words: object) -> Any:
    """A command in a process of its own, as an official starts it."""
    ran = clerk.runs("--json", *words)
    assert ran.returncode == 0, ran.stderr.decode()
    return json.loads(ran.stdout)


@pytest.fixture
def newcomer(tmp_path: Path) -> Clerk:
    words = tmp_path / "passphrase"
    words.write_text("맑은 날 별빛로 걷기 2026\n", "utf-8")
    clerk = Clerk(tmp_path / "store")
    clerk.environ["FIELDLOG_PASSPHRASE_FILE"] = str(words)
    return clerk


def test_from_a_fresh_machine_to_a_report_that_can_be_read(newcomer: Clerk, tmp_path: Path) -> None:
    before, near = tmp_path / "전경.jpg", tmp_path / "근경.jpg"
    before.write_bytes(jpeg(exif=field_exif()))
    near.write_bytes(jpeg(800, 600))
    done(newcomer, "init", "--name", "이새봄", "--rank", "주무관", "--department", "ROAD")
    added = done(
        newcomer, "case", "add", "--title", "산복도로 옹벽 배부름", "--category", "ROAD_POTHOLE", "--photo", before,
        "--photo", near, "--received-at", "2026-11-23T09:10", "--petition", "OTHER", "--period", "7d",
    )  # fmt: skip
    assert [photo["status"] for photo in added["photos"]] == ["added", "added"]
    number = added["case_no"]
    done(newcomer, "visit", "add", number, "--purpose", "현장확인", "--started-at", "2026-11-23T09:20",
         "--ended-at", "2026-11-23T09:50")  # fmt: skip
    done(newcomer, "observation", "add", number, "--text", "배부름 폭 12cm")
    for words in (("--query", "옹벽"), ("--query", "ㅅㅂㄷㄹ"), ("--query", "dhdqur")):
        assert [case["id"] for case in done(newcomer, "case", "list", *words)["cases"]] == [added["id"]]
    for template, words in (
        ("R1", ("산복도로 옹벽 배부름", "12cm")),
        ("R2", ("이새봄", "현장확인")),
        ("R4", (number,)),
    ):
        out = tmp_path / f"{template}.pdf"
        told = done(newcomer, "report", number, "--template", template, "--out", out)
        assert template != "R1" or told["pages"] == 1
        assert all(word in text_of(out) for word in words)
        assert b"HB-5" not in out.read_bytes()  # the camera's name: exported pictures carry no EXIF
    assert done(newcomer, "verify")["sound"]


def test_a_case_goes_through_its_whole_life(clerk: Clerk, case: str, picture: Path, tmp_path: Path) -> None:
    after = tmp_path / "after.jpg"
    after.write_bytes(jpeg(700))
    clerk.asks("case", "move", case, "TRIAGED")
    visit = clerk.asks("visit", "add", case, "--purpose", "현장확인", "--started-at", "2026-11-21T10:00",
                       "--ended-at", "2026-11-21T10:30")  # fmt: skip
    clerk.asks("observation", "add", case, "--text", "깊이 9cm", "--visit-id", visit["id"])
    clerk.asks("photo", "add", case, picture, "--visit", visit["id"])
    clerk.asks("case", "move", case, "INVESTIGATING")
    clerk.asks("case", "move", case, "ANALYZING")
    clerk.asks("case", "move", case, "DECIDED", "--reason", "응급 복구 한 가지 방법뿐이라 단일안으로 정함")
    action = clerk.asks(
        "action", "add", case, "--title", "메우기", "--due-on", "2026-11-25", "--owner-org-id", "도로과"
    )
    clerk.asks("case", "move", case, "IN_ACTION")
    clerk.asks("action", "set", action["id"], "status=DONE", "done_on=2026-11-23")
    clerk.asks("case", "move", case, "VERIFYING")
    clerk.asks("photo", "add", case, after, "--phase", "AFTER")
    for photo in clerk.asks("case", "show", case)["photos"]:
        clerk.asks("photo", "set", photo["id"], "pii_review=NONE")
    notified = clerk.asks("case", "move", case, "NOTIFIED")
    assert notified["answered_at"] == "2026-11-23T10:00:00+09:00"
    assert notified["remaining"] is None
    assert clerk.asks("undo")["cases"] == [notified["id"]]
    assert clerk.asks("case", "show", case)["stage"] == "VERIFYING"
    assert clerk.asks("verify")["sound"]


def test_real_photographs_become_a_photo_sheet(clerk: Clerk, case: str, tmp_path: Path) -> None:
    files = shared_photos()[:8]
    answered = clerk.asks("photo", "add", case, *files)["photos"]
    assert len(answered) == len(files)
    told = clerk.asks("report", case, "--template", "R4", "--out", tmp_path / "r4.pdf", "--per-page", "4")
    assert told["pages"] >= 2
