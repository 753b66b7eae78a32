from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from helpers.chains import digest_of, stream_id
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.sync.folder import names
from fieldlog.sync.folder.names import SegmentName, scope_folder
from fieldlog.sync.folder.share import extended

SAFE = set("abcdefghijklmnopqrstuvwxyz0123456789-")
_tips = st.binary(min_size=32, max_size=32)


@given(st.integers(1, 10**12 - 1), st.integers(0, 5000), _tips, st.integers(1, 99))
def test_a_segments_name_reads_back_also_where_names_are_shouted(first, more, tip, attempt) -> None:
    of = SegmentName.of(first, min(first + more, 10**12 - 1), tip)
    name = SegmentName(of.first, of.last, of.tip, attempt)
    assert SegmentName.read(name.text) == SegmentName.read(name.text.upper()) == name
    assert name.names(tip)
    assert len(name.text) <= 41


@pytest.mark.parametrize(
    "text",
    [
        "", "readme.txt", "000000000001-000000000002-abcdef01.part", "000000000002-000000000001-abcdef01.seg",
        "000000000000-000000000001-abcdef01.seg", "00000000001-000000000002-abcdef01.seg",
        "000000000001-000000000002-abcdefg1.seg", "000000000001-000000000002-abcdef01-1.seg",
        "000000000001-000000000002-abcdef01-01.seg", "000000000001-000000000002-abcdef01.seg.tmp",
        "٠٠٠٠٠٠٠٠٠٠٠١-000000000002-abcdef01.seg", "000000000001-000000000002-abcdef01 (1).seg",
    ],
)  # fmt: skip
def test_other_names_are_no_segments(text: str) -> None:
    assert SegmentName.read(text) is None


def test_a_second_try_has_another_name() -> None:
    tries = list(SegmentName.of(1, 2, bytes(32)).tries())
    assert tries[:2] == [
        "000000000001-000000000002-00000000.seg",
        "000000000001-000000000002-00000000-02.seg",
    ]
    assert len(set(tries)) == 99


@given(st.text(max_size=40))
def test_a_scopes_folder_is_short_plain_and_recognised(scope: str) -> None:
    folder = scope_folder(scope)
    assert set(folder) <= SAFE
    assert len(folder) <= 33
    assert names.is_scope_folder(folder)
    assert folder == scope_folder(unicodedata.normalize("NFD", scope))


@given(st.lists(st.text(max_size=12), unique=True, min_size=2, max_size=6))
def test_scopes_never_share_a_folder_where_case_does_not_count(scopes: list[str]) -> None:
    distinct = {unicodedata.normalize("NFC", scope) for scope in scopes}
    assert len({scope_folder(scope).casefold() for scope in scopes}) == len(distinct)


@pytest.mark.parametrize(
    "scope", ["CON", "nul", "a/b", "..", "Road", "road", "도로과", "", "com1.txt", "x" * 300]
)
def test_no_scope_makes_a_name_that_windows_reserves(scope: str) -> None:
    folder = scope_folder(scope)
    assert folder.split(".")[0].upper() not in {"CON", "NUL", "COM1", "..", ""}
    assert folder.rpartition("-")[0]


def test_no_path_below_the_folder_leaves_less_than_140_characters_for_it() -> None:
    digest, mark = digest_of(b""), names.writer_mark("K1")
    log = f"{names.LOGS}/{scope_folder('r' * 40)}/{names.stream_folder(stream_id(1))}"
    paths = [
        f"{log}/{SegmentName(10**12 - 1, 10**12 - 1, 'f' * 8, 99).text}",
        f"{log}/{mark[:8]}-{'0' * 16}.part",
        list(names.blob_tries(digest))[-1],
        names.part_file(digest, mark),
        f"{names.SAID}/{names.said_file(mark)}",
    ]
    assert max(map(len, paths)) <= names.LONGEST_BELOW
    assert names.LONGEST_BELOW + 140 + 1 <= 260


def test_a_logs_folder_is_recognised_in_any_case() -> None:
    folder = names.stream_folder(stream_id(7))
    assert names.stream_of(folder) == names.stream_of(folder.upper()) == stream_id(7)
    assert names.stream_of(folder[:-1]) is None
    assert names.stream_of("z" * 32) is None


@pytest.mark.parametrize(
    "name", ["Thumbs.db", ".DS_Store", "@eaDir", "$RECYCLE.BIN", "._log", ".nfs0001", "lost+found"]
)
def test_what_systems_leave_behind_is_no_stranger(name: str) -> None:
    assert names.is_litter(name)
    assert names.belongs(name)


def test_what_people_leave_behind_is_a_stranger() -> None:
    assert not names.belongs("민원 정리.hwp")
    assert not names.belongs("log (1)")
    assert all(
        names.belongs(name) for name in ("fieldlog.json", "log", "blob", "said", "fieldlog-shared.sqlite")
    )


def test_windows_is_given_the_long_form_of_a_path() -> None:
    assert str(extended(Path(r"\\nas\share\office"), windows=True)) == r"\\?\UNC\nas\share\office"
    assert str(extended(Path(r"Z:\office\..\x"), windows=True)) == r"\\?\Z:\x"
    assert str(extended(Path(r"\\?\Z:\office"), windows=True)) == r"\\?\Z:\office"
    assert extended(Path("/mnt/nas"), windows=False) == Path("/mnt/nas")
