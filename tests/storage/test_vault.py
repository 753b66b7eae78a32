from __future__ import annotations

import errno
import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.failing_disk import NEVER, FailingDisk
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.domain.errors import DiskTrouble, NotFound, StoreDamaged
from fieldlog.domain.ids import Digest
from fieldlog.storage.keys import StoreKey
from fieldlog.storage.sealing import CHUNK_BYTES
from fieldlog.storage.vault import Kept, Rendition, Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = StoreKey(bytes(range(32)))
PHOTO = b"\xff\xd8\xff\xe0 a photo of a pothole " * 5000
DIGEST = Digest(hashlib.sha256(PHOTO).hexdigest())
KINDS: tuple[Rendition, ...] = ("thumb", "screen", "paper")
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "photos", KEY)


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def only_file(folder: Path) -> Path:
    (path,) = files_below(folder)
    return path


def test_a_photo_comes_back_byte_for_byte(vault) -> None:
    kept = vault.put(PHOTO)
    assert kept == Kept(DIGEST, len(PHOTO), already_there=False)
    assert vault.get(DIGEST) == PHOTO
    assert b"".join(vault.stream(DIGEST)) == PHOTO
    assert vault.has(DIGEST)
    assert vault.check(DIGEST) == vault.size(DIGEST) == len(PHOTO)


@settings(max_examples=20)
@given(st.sampled_from([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1]), st.integers(0, 255))
def test_photos_of_odd_lengths_come_back(tmp_path_factory, size, byte) -> None:
    vault = Vault(tmp_path_factory.mktemp("odd"), KEY)
    data = bytes([byte]) * size
    assert vault.get(vault.put(data).digest) == data


def test_an_open_file_and_a_row_of_pieces_are_taken_as_well(tmp_path, vault) -> None:
    (tmp_path / "IMG_0001.JPG").write_bytes(PHOTO)
    with (tmp_path / "IMG_0001.JPG").open("rb") as file:
        assert vault.put(file).digest == DIGEST
    assert vault.put(io.BytesIO(PHOTO)).already_there
    assert vault.put(PHOTO[i : i + 777] for i in range(0, len(PHOTO), 777)).already_there
    assert vault.get(DIGEST) == PHOTO


def test_the_same_photo_twice_is_one_file_and_the_second_time_says_so(tmp_path, vault) -> None:
    vault.put(PHOTO)
    before = only_file(tmp_path).read_bytes()
    assert vault.put(PHOTO).already_there
    assert only_file(tmp_path).read_bytes() == before


def test_a_photo_that_is_not_here_is_not_found(vault) -> None:
    assert not vault.has(DIGEST)
    for ask in (vault.get, vault.check, vault.size):
        with pytest.raises(NotFound):
            ask(DIGEST)
        with pytest.raises(NotFound):
            ask(Digest("../../no digest at all"))


@pytest.mark.parametrize("place", [0, 5, 60, 200, -1])
def test_a_changed_byte_anywhere_is_told_and_never_handed_out(tmp_path, vault, place) -> None:
    vault.put(PHOTO)
    path = only_file(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    for ask in (vault.get, vault.check):
        with pytest.raises(StoreDamaged):
            ask(DIGEST)
    assert vault.has(DIGEST)


def test_putting_a_damaged_photo_in_again_mends_it(tmp_path, vault) -> None:
    vault.put(PHOTO)
    only_file(tmp_path).write_bytes(b"flv1 rotten")
    assert not vault.put(PHOTO).already_there
    assert vault.get(DIGEST) == PHOTO
    assert len(files_below(tmp_path)) == 1


def test_a_file_moved_to_another_photos_name_does_not_pass_for_it(tmp_path, vault) -> None:
    vault.put(PHOTO)
    path = only_file(tmp_path)
    other = vault.put(b"another").digest
    (other_path,) = set(files_below(tmp_path)) - {path}
    other_path.write_bytes(path.read_bytes())
    with pytest.raises(StoreDamaged):
        vault.get(other)
    assert vault.survey().unreadable == (other_path,)


def test_another_stores_key_opens_nothing_and_finds_no_names(tmp_path, vault) -> None:
    vault.put(PHOTO)
    stranger = Vault(tmp_path / "photos", StoreKey(bytes(32)))
    assert not stranger.has(DIGEST)
    assert stranger.all_digests() == frozenset()
    assert len(stranger.survey().unreadable) == 1


def test_the_survey_names_every_photo_and_every_file_that_cannot_be_told(tmp_path, vault) -> None:
    photos = [b"photo %d" % i for i in range(20)]
    digests = {vault.put(photo).digest: len(photo) for photo in photos}
    assert vault.survey().held == digests
    assert vault.all_digests() == frozenset(digests)
    stray = tmp_path / "photos" / "originals" / "zz"
    stray.mkdir()
    (stray / "Thumbs.db").write_bytes(b"left by a file browser")
    assert vault.survey().unreadable == (stray / "Thumbs.db",)
    assert vault.survey().held == digests


def test_a_stray_file_beside_the_shelves_does_not_stop_the_survey(tmp_path, vault) -> None:
    vault.put(PHOTO)
    (tmp_path / "photos" / "originals" / ".DS_Store").write_bytes(b"x")
    assert vault.all_digests() == {DIGEST}


@pytest.mark.parametrize("kind", KINDS)
def test_a_rendition_is_kept_apart_for_each_photo_and_kind(vault, kind) -> None:
    assert vault.get_rendition(DIGEST, kind) is None
    vault.put_rendition(DIGEST, kind, b"small " + kind.encode())
    vault.put_rendition(Digest("0" * 64), kind, b"of another photo")
    assert vault.get_rendition(DIGEST, kind) == b"small " + kind.encode()
    assert all(vault.get_rendition(DIGEST, other) is None for other in KINDS if other != kind)
    vault.put_rendition(DIGEST, kind, b"made anew")
    assert vault.get_rendition(DIGEST, kind) == b"made anew"


def test_a_damaged_or_cut_rendition_counts_as_absent(tmp_path, vault) -> None:
    vault.put_rendition(DIGEST, "thumb", b"small")
    path = only_file(tmp_path)
    whole = path.read_bytes()
    for wrong in (b"", whole[:-1], whole[:40], whole + b"x", bytes(len(whole))):
        path.write_bytes(wrong)
        assert vault.get_rendition(DIGEST, "thumb") is None
    vault.put_rendition(DIGEST, "thumb", b"small")
    assert vault.get_rendition(DIGEST, "thumb") == b"small"


def test_dropping_the_renditions_leaves_every_original(vault) -> None:
    vault.put(PHOTO)
    for kind in KINDS:
        vault.put_rendition(DIGEST, kind, b"small")
    assert vault.footprint().renditions > 0
    assert vault.drop_renditions() == len(KINDS)
    assert vault.footprint().renditions == 0
    assert vault.get(DIGEST) == PHOTO
    assert vault.footprint().originals > len(PHOTO)


def test_what_a_crash_left_is_swept_and_photos_are_not(tmp_path, vault) -> None:
    vault.put(PHOTO)
    (tmp_path / "photos" / "writing" / "0123.part").write_bytes(b"half")
    assert vault.sweep_temporary() == 1
    assert vault.sweep_temporary() == 0
    assert vault.get(DIGEST) == PHOTO


@pytest.mark.parametrize("for_good", [False, True])
def test_a_disk_that_fails_at_any_act_of_putting_leaves_nothing_half_there(tmp_path, for_good) -> None:
    data = os.urandom(CHUNK_BYTES + 5)
    digest = Digest(hashlib.sha256(data).hexdigest())
    Vault(tmp_path / "count", KEY)
    counting = FailingDisk(NEVER)
    Vault(tmp_path / "count", KEY, disk=counting).put(data)
    assert len(counting.acts) > 10
    for index, act in enumerate(counting.acts):
        root = tmp_path / str(index)
        vault = Vault(root, KEY)
        vault.put(PHOTO)
        with pytest.raises(DiskTrouble):
            Vault(root, KEY, disk=FailingDisk(index, for_good=for_good)).put(data)
        named = act == "sync_folder" and "publish" in counting.acts[:index]
        assert vault.has(digest) == named
        assert len(files_below(root)) == 1 + named
        assert vault.get(DIGEST) == PHOTO
        assert vault.put(data).already_there == named
        assert vault.get(digest) == data


def test_mending_on_a_failing_disk_is_told_as_disk_trouble(tmp_path, vault) -> None:
    vault.put(PHOTO)
    only_file(tmp_path).write_bytes(b"rotten")
    counting = FailingDisk(NEVER)
    Vault(tmp_path / "photos", KEY, disk=counting).put(PHOTO)
    only_file(tmp_path).write_bytes(b"rotten")
    failing = Vault(tmp_path / "photos", KEY, disk=FailingDisk(counting.acts.index("replace")))
    with pytest.raises(DiskTrouble):
        failing.put(PHOTO)
    assert only_file(tmp_path).read_bytes() == b"rotten"


def test_a_rendition_that_cannot_be_written_is_told_and_the_old_one_stays(tmp_path, vault) -> None:
    vault.put_rendition(DIGEST, "thumb", b"old")
    counting = FailingDisk(NEVER)
    Vault(tmp_path / "photos", KEY, disk=counting).put_rendition(DIGEST, "thumb", b"old")
    for index in range(len(counting.acts)):
        with pytest.raises(DiskTrouble):
            Vault(tmp_path / "photos", KEY, disk=FailingDisk(index)).put_rendition(DIGEST, "thumb", b"new")
        assert vault.get_rendition(DIGEST, "thumb") == b"old"
        assert len(files_below(tmp_path)) == 1


def test_a_photo_that_vanishes_while_being_read_in_leaves_nothing(tmp_path, vault) -> None:
    def camera() -> Iterator[bytes]:
        yield PHOTO
        raise OSError(errno.ENODEV, "unplugged")

    with pytest.raises(OSError, match="unplugged"):
        vault.put(camera())
    assert files_below(tmp_path) == []


def test_a_vault_whose_disk_was_pulled_out_is_told_apart_from_a_missing_photo(tmp_path, vault) -> None:
    vault.put(PHOTO)
    (tmp_path / "photos").rename(tmp_path / "pulled out")
    with pytest.raises(DiskTrouble, match="gone away"):
        vault.get(DIGEST)
    with pytest.raises(DiskTrouble):
        vault.put(PHOTO)
    with pytest.raises(DiskTrouble):
        vault.survey()


def test_many_threads_putting_the_same_photos_make_one_file_each(tmp_path, vault) -> None:
    photos = [os.urandom(200_000) for _ in range(5)]
    kept: list[Kept] = []
    threads = [threading.Thread(target=lambda: kept.extend(map(vault.put, photos))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files_below(tmp_path)) == len(photos)
    assert sum(not one.already_there for one in kept) == len(photos)
    assert len(kept) == 30
    assert all(vault.get(Digest(hashlib.sha256(photo).hexdigest())) == photo for photo in photos)


_PUT_FOREVER = """
import os, sys
from pathlib import Path
from fieldlog.storage.keys import StoreKey
from fieldlog.storage.vault import Vault
vault = Vault(Path(sys.argv[1]), StoreKey(bytes(range(32))))
print("ready", flush=True)
while True:
    kept = vault.put(os.urandom(int.from_bytes(os.urandom(3), "big") % 3_000_000))
    vault.put_rendition(kept.digest, "thumb", os.urandom(9000))
    print(kept.digest, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_a_process_killed_at_any_moment_leaves_whole_photos_only_and_all_it_told_of(tmp_path) -> None:
    root = tmp_path / "photos"
    told: set[str] = set()
    moments = random.Random(20261122)
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", _PUT_FOREVER, str(root)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0.01, 0.3))
            writer.send_signal(signal.SIGKILL)
            told.update(
                line.strip() for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")
            )
    vault = Vault(root, KEY)
    vault.sweep_temporary()
    found = vault.survey()
    assert told
    assert told <= set(found.held)
    assert found.unreadable == ()
    assert all(vault.check(digest) == size for digest, size in found.held.items())
    assert files_below(root / "writing") == []


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
def test_a_disk_that_is_really_full_refuses_the_photo_and_keeps_the_others(tmp_path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("may not mount a small disk here")
    try:
        vault = Vault(small / "photos", KEY)
        vault.put(PHOTO)
        with pytest.raises(DiskTrouble, match="full"):
            vault.put(os.urandom(3_000_000))
        assert vault.all_digests() == {DIGEST}
        assert len(files_below(small)) == 1
        vault.put(os.urandom(1_000_000))
        assert vault.get(DIGEST) == PHOTO
    finally:
        subprocess.run(["umount", str(small)], check=True)
