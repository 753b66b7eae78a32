from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from fieldlog import bootstrap
from fieldlog.bootstrap import outside
from fieldlog.cli.main import language_of, main

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.clerk import Clerk

    from fieldlog.domain.phrase import Language

THREE_PARTS = {"ko": ("무엇이: ", "왜: ", "어떻게: "), "en": ("What: ", "Why: ", "How to go on: ")}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_refusal_is_told_in_three_parts_in_the_language_asked_for(clerk: Clerk, language: Language) -> None:
    told = clerk.types("--lang", language, "case", "show", "FL-2026-9999")
    assert (told.code, told.out) == (1, "")
    lines = told.err.splitlines()
    assert [line.startswith(part) for line, part in zip(lines, THREE_PARTS[language], strict=True)] == [
        True
    ] * 3
    assert "FL-2026-9999" in lines[0]


def test_with_json_a_refusal_is_one_document_and_the_sentences_go_to_stderr(clerk: Clerk) -> None:
    told = clerk.types("--json", "case", "show", "FL-2026-9999")
    assert told.code == 1
    assert set(told.error) == {"kind", "what", "why", "how"}
    assert told.error["kind"] == "NotFound"
    assert told.error["what"] in told.err


def test_options_for_every_command_may_stand_before_or_after_it(clerk: Clerk, case: str) -> None:
    before = clerk.types("--json", "--lang", "en", "case", "list")
    after = clerk.types("case", "list", "--json", "--lang", "en")
    assert before == after
    assert before.json["cases"][0]["case_no"] == case


def test_the_store_named_last_is_used(clerk: Clerk, tmp_path: Path) -> None:
    told = clerk.types("case", "list", "--store", tmp_path / "elsewhere", "--json")
    assert told.error["kind"] == "StoreMissing"


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "모르는 말: --colour"), ("en", "Not understood: --colour")]
)
def test_a_misspelt_command_is_answered_in_the_language_with_its_usage(
    clerk: Clerk, language: str, said: str
) -> None:
    told = clerk.types("--lang", language, "case", "list", "--colour")
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert "fieldlog" in told.err.splitlines()[0]


def test_with_json_a_misspelt_command_is_a_document_too(clerk: Clerk) -> None:
    told = clerk.types("--json", "case", "fly")
    assert told.code == 2
    assert told.error["kind"] == "Usage"


def test_without_a_command_the_window_is_opened(clerk: Clerk) -> None:
    asked: list[tuple[Path, str | None]] = []

    def open_window(folder: Path, language: Language | None) -> int:
        asked.append((folder, language))
        return 0

    around = structs.replace(outside(clerk.environ), open_window=open_window)
    assert clerk.types(around=around).code == 0
    assert clerk.types("--lang", "en", "open", around=around).code == 0
    assert asked == [(clerk.folder, None), (clerk.folder, "en")]


def test_an_interrupted_command_is_a_refusal(clerk: Clerk) -> None:
    def open_window(folder: Path, language: Language | None) -> int:
        raise KeyboardInterrupt

    told = clerk.types(
        "--json", "open", around=structs.replace(outside(clerk.environ), open_window=open_window)
    )
    assert told.code == 1
    assert told.error["kind"] == "Cancelled"


def test_a_bug_is_one_sentence_for_the_person_and_a_log_without_personal_data(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    log = tmp_path / "logs" / "fieldlog.log"
    monkeypatch.setattr(bootstrap, "bug_log_path", lambda: log)

    def open_window(folder: Path, language: Language | None) -> int:
        message = "홍길동 010-0000-0000"
        raise ValueError(message)

    handler = bootstrap.BugLog(lambda: log)
    logging.getLogger("fieldlog").addHandler(handler)
    try:
        around = structs.replace(outside(clerk.environ), open_window=open_window)
        told = clerk.types("--json", "open", around=around)
    finally:
        logging.getLogger("fieldlog").removeHandler(handler)
        handler.close()
    assert told.code == 3
    assert told.error["kind"] == "Bug"
    assert len(told.err.splitlines()) == 1
    assert str(log) in told.err
    written = log.read_text("utf-8")
    assert "ValueError" in written
    assert "fieldlog/cli/main.py" in written
    assert "홍길동" not in written
    assert str(bootstrap.__file__) not in written


def test_the_version_is_told(clerk: Clerk) -> None:
    assert clerk.types("--version").out == "fieldlog 26.11.0\n"


def test_characters_that_a_stream_lacks_never_stop_an_answer(clerk: Clerk, case: str) -> None:
    raw = io.BytesIO()
    narrow = io.TextIOWrapper(raw, encoding="ascii")
    assert main(["--store", str(clerk.folder), "case", "list"], outside(clerk.environ), narrow, None) == 0
    assert case.encode() in raw.getvalue()
    narrow.detach()


def test_where_stdout_is_not_utf_8_the_document_is_plain_ascii(clerk: Clerk, case: str) -> None:
    raw = io.BytesIO()
    narrow = io.TextIOWrapper(raw, encoding="cp949")
    words = ["--store", str(clerk.folder), "--json", "case", "list"]
    assert main(words, outside(clerk.environ), narrow, None) == 0
    assert raw.getvalue().isascii()
    assert json.loads(raw.getvalue())["cases"][0]["title"] == "별빛로 포트홀"
    narrow.detach()


def test_a_reader_that_goes_away_is_no_error(clerk: Clerk, case: str) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(32, "gone")

    assert (
        main(["--store", str(clerk.folder), "case", "show", case], outside(clerk.environ), Gone(), None) == 0
    )


def test_an_answer_that_cannot_be_written_is_a_refusal(clerk: Clerk, case: str) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "full")

    err = io.StringIO()
    words = ["--store", str(clerk.folder), "--json", "case", "show", case]
    assert main(words, outside(clerk.environ), Full(), err) == 1
    assert "쓰지 못했습니다" in err.getvalue()


@pytest.mark.parametrize(
    ("words", "language"),
    [([], "ko"), (["--lang", "en"], "en"), (["--lang=en"], "en"), (["--lang"], "ko"), (["--lang", "fr"], "ko"),
     (["case", "list", "--lang", "en"], "en")],
)  # fmt: skip
def test_the_language_is_known_before_the_command_is_understood(words: list[str], language: str) -> None:
    assert language_of(words, outside({})) == language


@pytest.mark.parametrize(
    "words",
    [
        ("import", "가" * 3000),
        ("photo", "add", "{case}", "가" * 3000),
        ("--store", "가" * 3000, "case", "list"),
        ("case", "show", "\udcff"),
        ("case", "list", "--limit", "9" * 20),
    ],
)
def test_names_no_system_could_have_and_absurd_numbers_are_no_fault_of_the_program(
    clerk: Clerk, case: str, words: tuple[str, ...]
) -> None:
    told = clerk.types("--json", *(word.format(case=case) for word in words))
    assert told.code in {0, 1}
    assert told.json


def test_an_empty_file_name_is_wrong_usage_and_never_means_the_folder_one_stands_in(
    clerk: Clerk, case: str, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(picture.parent)
    assert clerk.types("photo", "add", case, "").code == 2
    assert (
        clerk.types("case", "add", "--title", "제목", "--category", "ROAD_POTHOLE", "--photo", "").code == 2
    )
    assert clerk.types("report", case, "--template", "R1", "--out", "").code == 2


def test_an_answer_that_no_output_takes_is_a_refusal(clerk: Clerk, case: str) -> None:
    err = io.StringIO()
    typed = ["--store", str(clerk.folder), "case", "show", case]
    assert main(typed, outside(clerk.environ), None, err) == 1
    assert "출력이 닫혀 있습니다" in err.getvalue()
    assert main(typed, outside(clerk.environ), None, None) == 1
    assert main(["--json", *typed[:-1], "FL-2026-9999"], outside(clerk.environ), None, None) == 1
