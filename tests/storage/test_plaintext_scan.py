"""Nothing that a store writes may be read by whoever finds the disk."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from fieldlog.storage.keys import KeyWays, make_key
from fieldlog.storage.passphrase import FLOOR
from fieldlog.storage.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PICTURE_MARKS = (
    b"\xff\xd8\xff",
    b"Exif\0\0",
    b"JFIF\0",
    b"\x89PNG\r\n",
    b"RIFF",
    b"WEBP",
    b"ftyp",
    b"II*\0",
    b"MM\0*",
)
# Four bytes or fewer turn up by chance in a megabyte of noise: those are looked for only where files begin.
LONG_MARKS = tuple(mark for mark in PICTURE_MARKS if len(mark) > 4)
PASSPHRASE = "한빛시 도로과의 긴 암호"


def found_in_clear(folder: Path, marks: Iterable[bytes]) -> list[str]:
    """Which marks stand readable in the bytes or the names of the files below ``folder``."""
    found = []
    for path in folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        found += [f"{mark!r} in {path.name}" for mark in marks if mark in raw or mark in path.name.encode()]
    return found


def jpeg_with_exif(words: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = words
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 110, 60)).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def test_the_vault_writes_no_picture_header_no_words_and_no_hash_in_clear(tmp_path) -> None:
    photo = jpeg_with_exif("Hanbit-gu pothole 4412")
    assert all(mark in photo for mark in (b"\xff\xd8\xff", b"Exif\0\0", b"pothole 4412"))
    passphrase_file = tmp_path / "passphrase"
    passphrase_file.write_text(PASSPHRASE, encoding="utf-8")
    store = tmp_path / "store"
    key = make_key(store, "store-1", KeyWays(passphrase_file=passphrase_file), cost=FLOOR)
    vault = Vault(store / "photos", key)
    digest = vault.put(photo).digest
    vault.put_rendition(digest, "thumb", photo)
    vault.put(b"the same words in a row, " * 100_000)
    marks = [*LONG_MARKS, b"Hanbit", b"pothole", b"the same words", digest.encode(), bytes.fromhex(digest)]
    marks += [key.raw, key.raw.hex().encode(), PASSPHRASE.encode(), key.derive("vault wrap")]
    assert found_in_clear(store, marks) == []
    starts = [path.read_bytes()[:200] for path in store.rglob("*") if path.is_file()]
    assert len(starts) == 4
    assert not any(mark in start for start in starts for mark in PICTURE_MARKS)


def test_the_scan_itself_finds_what_stands_in_clear(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"..." + jpeg_with_exif("found"))
    assert len(found_in_clear(tmp_path, [b"\xff\xd8\xff", b"found", b"not there"])) == 2
