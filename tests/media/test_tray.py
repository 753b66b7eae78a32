from __future__ import annotations

import os
import threading
import time

import pytest
from helpers.pictures import jpeg, scene
from PIL import Image

from fieldlog.media import darkroom
from fieldlog.media.tray import MemoryTray, PipeTray, open_tray

TRAYS = [PipeTray] + ([MemoryTray] if hasattr(os, "memfd_create") else [])


@pytest.mark.parametrize("kind", TRAYS)
def test_what_an_encoder_writes_comes_back_whole(kind, monkeypatch) -> None:
    picture = Image.effect_noise((2016, 1512), 60)
    plain = darkroom.encode(picture, 84)
    monkeypatch.setattr(darkroom, "open_tray", kind)
    assert len(plain) > 3 * 65536
    assert darkroom.encode(picture, 84) == plain


@pytest.mark.parametrize("kind", TRAYS)
def test_pieces_written_one_by_one_come_back_in_their_order(kind) -> None:
    with kind() as tray:
        for piece in (b"a" * 70_000, b"b", b"c" * 200_000):
            assert tray.write(piece) == len(piece)
        tray.flush()
        assert tray.taken() == b"a" * 70_000 + b"b" + b"c" * 200_000


@pytest.mark.parametrize("kind", TRAYS)
def test_a_tray_gives_back_its_descriptors_also_when_encoding_broke_off(kind) -> None:
    threads = threading.active_count()
    with kind() as tray:
        tray.write(b"half a picture")
        number = tray.fileno()
    with pytest.raises(OSError, match="descriptor"):
        os.fstat(number)
    assert threading.active_count() == threads


def test_an_empty_tray_holds_nothing() -> None:
    with open_tray() as tray:
        assert tray.taken() == b""


def test_encoding_lets_other_threads_go_on() -> None:
    picture = scene((6000, 4500))
    rounds, done = 0, threading.Event()

    def encode() -> None:
        darkroom.encode(picture, 92)
        done.set()

    worker = threading.Thread(target=encode)
    worker.start()
    while not done.is_set():
        rounds += 1
        time.sleep(0.001)
    worker.join()
    assert rounds > 3  # holding the interpreter, the encoder leaves room for one look in every 64 KB


def test_encoded_pictures_are_ordinary_jpegs() -> None:
    assert darkroom.encode(scene((64, 48)), 84)[:3] == jpeg(64, 48)[:3]
