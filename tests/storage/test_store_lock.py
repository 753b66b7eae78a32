from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from fieldlog.domain.clock import KST, FixedClock
from fieldlog.domain.errors import DiskTrouble, StoreBusy
from fieldlog.storage import store_lock
from fieldlog.storage.store_lock import NAME, StoreLock

CLOCK = FixedClock(datetime(2026, 3, 9, 9, 0, tzinfo=KST))
CHECKOUT = Path(__file__).parents[2]
_HOLD = """
import sys
from pathlib import Path
from fieldlog.domain.clock import SystemClock
from fieldlog.storage.store_lock import StoreLock
with StoreLock(Path(sys.argv[1]), SystemClock()):
    print("held", flush=True)
    sys.stdin.readline()
print("released", flush=True)
sys.stdin.readline()
"""


def holding(folder: Path) -> subprocess.Popen[str]:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_the_second_window_of_one_process_is_told_who_has_the_store(tmp_path) -> None:
    with StoreLock(tmp_path, CLOCK):
        with pytest.raises(StoreBusy) as caught:
            StoreLock(tmp_path, CLOCK)
        for said in (caught.value.why.ko, caught.value.why.en):
            assert str(os.getpid()) in said
            assert socket.gethostname() in said
            assert any(since in said for since in ("2026. 3. 9.(월) 09:00", "Mon 9 Mar 2026, 09:00"))
        assert "읽기 전용" in caught.value.how.ko
    with StoreLock(tmp_path, CLOCK):
        pass


def test_a_window_of_another_process_holds_the_store_until_it_lets_go(tmp_path) -> None:
    with holding(tmp_path) as other:
        with pytest.raises(StoreBusy) as caught:
            StoreLock(tmp_path, CLOCK)
        assert str(other.pid) in caught.value.why.en
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.write("let go\n")
        other.stdin.flush()
        assert other.stdout.readline() == "released\n"
        StoreLock(tmp_path, CLOCK).release()
        other.communicate("end\n")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_the_lock_dies_with_its_process(tmp_path) -> None:
    with holding(tmp_path) as other:
        other.send_signal(signal.SIGKILL)
        other.communicate()
    assert (tmp_path / NAME).read_bytes() != b""
    StoreLock(tmp_path, CLOCK).release()


def test_letting_go_twice_is_no_error_and_does_not_free_the_next_holder(tmp_path) -> None:
    first = StoreLock(tmp_path, CLOCK)
    first.release()
    second = StoreLock(tmp_path, CLOCK)
    first.release()
    with pytest.raises(StoreBusy):
        StoreLock(tmp_path, CLOCK)
    second.release()


def test_the_refused_window_leaves_the_note_of_the_holder_as_it_was(tmp_path) -> None:
    with StoreLock(tmp_path, CLOCK):
        before = (tmp_path / NAME).read_bytes()
        for _ in range(2):
            with pytest.raises(StoreBusy):
                StoreLock(tmp_path, CLOCK)
        assert (tmp_path / NAME).read_bytes() == before


@pytest.mark.parametrize("raw", [b"", b"junk", b"\xff", b'{"pid": "x"}'])
def test_a_note_that_cannot_be_read_does_not_hide_that_the_store_is_busy(tmp_path, raw) -> None:
    with StoreLock(tmp_path, CLOCK):
        (tmp_path / NAME).write_bytes(raw)
        with pytest.raises(StoreBusy, match="cannot be told"):
            StoreLock(tmp_path, CLOCK)


def test_a_full_disk_costs_the_note_but_not_the_lock(tmp_path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(store_lock, "_write_holder", full)
    with StoreLock(tmp_path, CLOCK), pytest.raises(StoreBusy):
        StoreLock(tmp_path, CLOCK)


def test_a_folder_that_is_gone_is_disk_trouble(tmp_path) -> None:
    with pytest.raises(DiskTrouble):
        StoreLock(tmp_path / "missing", CLOCK)
