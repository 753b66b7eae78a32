"""The composition root, which has no folder of its own."""

from __future__ import annotations

import gc
import logging
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from fieldlog import bootstrap
from fieldlog.domain.clock import FixedClock, SystemClock, iso
from fieldlog.domain.errors import BadInput, Bug, NotFound

if TYPE_CHECKING:
    from fieldlog.domain.phrase import Language


@pytest.mark.parametrize(
    ("spoken", "language"),
    [({}, "ko"), ({"LANG": "C.UTF-8"}, "ko"), ({"LANG": "en_US.UTF-8"}, "en"), ({"LANG": "ko_KR.UTF-8"}, "ko"),
     ({"LC_ALL": "en_GB", "LANG": "ko_KR"}, "en"), ({"LC_ALL": "", "LANG": "en"}, "en")],
)  # fmt: skip
def test_english_is_spoken_where_the_system_speaks_english(spoken: dict[str, str], language: str) -> None:
    assert bootstrap.machine_language(spoken) == language


def test_the_clock_is_fixed_by_the_environment() -> None:
    fixed = bootstrap.clock({"FIELDLOG_NOW": "2026-11-23T10:00"})
    assert isinstance(fixed, FixedClock)
    assert iso(fixed.now()) == "2026-11-23T10:00:00+09:00"
    assert isinstance(bootstrap.clock({}), SystemClock)
    with pytest.raises(BadInput):
        bootstrap.clock({"FIELDLOG_NOW": "gestern"})


def test_the_store_lies_where_it_is_named_or_where_the_system_keeps_data() -> None:
    assert bootstrap.default_store({"FIELDLOG_STORE": "/x/y"}) == Path("/x/y")
    assert bootstrap.default_store({}).is_relative_to(Path.home())
    assert bootstrap.bug_log_path().is_relative_to(Path.home())


def test_resources_are_found_in_the_source_tree_or_beside_a_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (bootstrap.find_resources() / "profiles" / "hanbit.toml").is_file()
    (tmp_path / "resources" / "holidays").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert bootstrap.find_resources() == tmp_path / "resources"


def test_an_incomplete_installation_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "__file__", str(tmp_path / "a" / "bootstrap.py"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "b" / "python"))
    with pytest.raises(NotFound):
        bootstrap.find_resources()


def test_the_environment_names_the_ways_to_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    around = bootstrap.environment({"FIELDLOG_PASSPHRASE_FILE": "/x", "FIELDLOG_NO_KEYRING": "1"}, "ko")
    assert (around.passphrase_file, around.use_keyring, around.ask_passphrase) == (Path("/x"), False, None)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    plain = bootstrap.environment({}, "ko")
    assert plain.use_keyring
    assert plain.ask_passphrase is not None


@pytest.mark.parametrize(("language", "said"), [("ko", "암호"), ("en", "Passphrase")])
def test_a_passphrase_is_asked_for_unseen_and_a_new_one_twice(
    monkeypatch: pytest.MonkeyPatch, language: Language, said: str
) -> None:
    prompts: list[str] = []
    answers = iter(["one", "one", "one", "two", "one"])

    def getpass(prompt: str) -> str:
        prompts.append(prompt)
        return next(answers)

    monkeypatch.setattr("getpass.getpass", getpass)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    ask = bootstrap.environment({}, language, new_passphrase=True).ask_passphrase
    assert ask is not None
    assert ask() == "one"
    with pytest.raises(BadInput):
        ask()
    once = bootstrap.environment({}, language).ask_passphrase
    assert once is not None
    assert once() == "one"
    assert said in prompts[0]
    assert len(prompts) == 5


def tell_of_a_bug() -> None:
    try:
        {}["홍길동"]
    except KeyError as error:
        raise Bug("visit.title is derived") from error


def test_the_log_tells_where_a_fault_was_and_of_bugs_what(tmp_path: Path) -> None:
    handler = bootstrap.BugLog(lambda: tmp_path / "deep" / "fieldlog.log")
    try:
        tell_of_a_bug()
    except Bug as bug:
        trouble = (Bug, bug, bug.__traceback__)
    handler.handle(logging.makeLogRecord({"msg": "a bug", "levelno": logging.ERROR, "exc_info": trouble}))
    handler.close()
    written = (tmp_path / "deep" / "fieldlog.log").read_text("utf-8")
    assert "Bug: visit.title is derived" in written
    assert "KeyError\n" in written
    assert "홍길동" not in written
    assert str(Path(__file__).parent) not in written


def test_a_log_that_cannot_be_written_is_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    handler = bootstrap.BugLog(lambda: tmp_path / "file" / "fieldlog.log")
    handler.handle(logging.makeLogRecord({"msg": "a bug", "levelno": logging.ERROR}))
    handler.close()


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59", "1800-01-01"])
def test_a_fixed_time_that_no_record_could_be_of_is_refused(moment: str) -> None:
    with pytest.raises(BadInput, match="from 1970 to 2200"):
        bootstrap.clock({"FIELDLOG_NOW": moment})


def test_the_window_is_told_the_language_asked_for_apart_from_the_one_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str | None, str]] = []

    def open_window(_folder: Path, *, language: str | None, otherwise: str, **_rest: object) -> int:
        told.append((language, otherwise))
        return 0

    monkeypatch.setattr(bootstrap, "import_module", lambda _name: SimpleNamespace(open_window=open_window))
    environ = {"QT_QPA_PLATFORM": "offscreen", "LANG": "en_US.UTF-8"}
    assert bootstrap.open_window(tmp_path, None, environ) == 0
    assert bootstrap.open_window(tmp_path, "ko", environ) == 0
    assert told == [(None, "en"), ("ko", "en")]
    assert gc.isenabled()


_OPENED_WITH_STREAMS_CLOSED = """
import os
for stream in {closed}:
    os.close(stream)
from fieldlog.bootstrap import fill_closed_streams
fill_closed_streams()
opened = os.open(os.devnull, os.O_RDONLY)
os._exit(10 + opened)
"""


@pytest.mark.parametrize("closed", [(1,), (0, 1), (0, 1, 2)])
def test_nothing_that_is_opened_takes_the_place_of_a_closed_stream(closed: tuple[int, ...]) -> None:
    code = _OPENED_WITH_STREAMS_CLOSED.format(closed=closed)
    done = subprocess.run([sys.executable, "-c", code], timeout=60, check=False)
    assert done.returncode > 10 + 2


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes a stream")
def test_an_answer_that_nobody_takes_is_a_refusal_that_is_told() -> None:
    told = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -m fieldlog --lang en --version >&-', sys.executable],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert told.returncode == 1
    assert "The output is closed." in told.stderr
