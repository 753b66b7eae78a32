"""The shared file of an office folder: plain, whole, without personal values; and the folder made again."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers.makers import at_work, part, picture, received
from helpers.stores import practice_store

from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import AlreadyThere, NotAllowed, OfficeAway, OfficeRefuses
from fieldlog.domain.registry import REGISTRY, Personal
from fieldlog.services import publishing, rebuilding, recording, syncing
from fieldlog.services.photographs import add_photos
from fieldlog.storage.published_tables import APPLICATION_ID, FORMAT, PUBLISHED
from fieldlog.sync.folder.share import ShareDisk
from fieldlog.sync.shared_file import SHARED_FILE, replace_shared, shared_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.services.workspace import Workspace

SECRET = "홍길동비밀"
PLANTED = {
    "visit": {"companions": [SECRET], "summary": SECRET},
    "observation": {"text": SECRET},
    "comment": {"body": SECRET, "mentions": [SECRET], "read_by": [SECRET]},
}


@pytest.fixture
def office(tmp_path: Path, workspace: Workspace) -> Path:
    syncing.create_office(workspace, str(tmp_path / "office"), name="별빛구")
    return tmp_path / "office"


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Workspace]]:
    made = [practice_store(tmp_path / name) for name in ("하나", "둘", "셋")]
    yield made
    for each in made:
        each.close()


def rows(office: Path, query: str) -> list[Any]:
    """What the standard SQLite of Python reads there."""
    with closing(sqlite3.connect(f"{(office / SHARED_FILE).as_uri()}?mode=ro", uri=True)) as read:
        return read.execute(query).fetchall()


def about(office: Path) -> dict[str, str]:
    return dict(rows(office, "SELECT name, value FROM about"))


def test_after_a_sync_the_state_lies_there_for_every_sqlite_tool(workspace, office) -> None:
    case = at_work(workspace)
    part(workspace, case, "tag", name="긴급")
    list(add_photos(workspace, case, [picture(1)], threads=1))
    digest = syncing.sync(workspace).receipt.digest
    facts = about(office)
    assert (facts["digest"], facts["format"], facts["office_name"]) == (digest, str(FORMAT), "별빛구")
    assert facts["device"] == workspace.store.note("device_code")
    [photo] = rows(office, "SELECT sha256, mime, case_id FROM photos")
    assert photo == (workspace.store.sheet(case).parts["photo"][0].text("sha256"), "image/jpeg", case)
    assert rows(office, "SELECT title, stage_ko, tags, visits, actions_open, photos FROM case_overview") == [
        ("별빛로 포트홀", "조치중", "긴급", 1, 1, 1)
    ]
    assert rows(office, "SELECT case_no FROM running_deadlines") == rows(
        office, 'SELECT "사안번호" FROM "사안"'
    )
    assert rows(office, 'SELECT "조치 내용", "진행" FROM "조치"') == [("절삭 포장", "예정")]
    assert rows(office, "SELECT case_title, title FROM open_actions") == [("별빛로 포트홀", "절삭 포장")]


def test_the_file_is_plain_and_says_what_it_is(workspace, office) -> None:
    received(workspace)
    syncing.sync(workspace)
    pragmas = {name: rows(office, f"PRAGMA {name}")[0][0] for name in ("journal_mode", "application_id")}
    assert pragmas == {"journal_mode": "delete", "application_id": APPLICATION_ID}
    assert rows(office, "PRAGMA user_version") == [(FORMAT,)]
    assert rows(office, "PRAGMA integrity_check") == [("ok",)]
    assert rows(office, "PRAGMA foreign_key_check") == []


def test_no_view_and_no_table_is_broken_and_every_column_is_explained(workspace, office) -> None:
    at_work(workspace)
    syncing.sync(workspace)
    for (name,) in rows(office, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"):
        rows(office, f'SELECT * FROM "{name}"')
    for each in PUBLISHED:
        columns = {row[1] for row in rows(office, f"PRAGMA table_info({each.table})")}
        explained = {
            row[0] for row in rows(office, f"SELECT field FROM field WHERE \"table\" = '{each.table}'")
        }
        assert columns - explained <= {"id", "changed_at", "in_conflict"}
    assert rows(office, "SELECT ko, en FROM field WHERE \"table\" = 'cases' AND field = 'due_at'") == [
        ("처리기한", "Due")
    ]


def test_the_page_about_it_names_every_table_and_its_examples_run(workspace, office) -> None:
    at_work(workspace)
    syncing.sync(workspace)
    page = (Path(__file__).parents[2] / "build_spec" / "shared-sqlite.md").read_text("utf-8")
    for (name,) in rows(office, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"):
        assert f"`{name}`" in page
    for name in about(office):
        assert f"`{name}`" in page
    [examples] = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    for example in examples.strip().split(";")[:-1]:
        rows(office, example)


def test_what_a_kill_left_of_the_making_is_cleared_at_the_next_sync(workspace, office) -> None:
    received(workspace)
    syncing.sync(workspace)
    left = workspace.store.folder / "shared.sqlite"
    left.write_bytes(b"half a file")
    syncing.sync(workspace)
    assert not left.exists()


def test_no_personal_value_is_anywhere_in_the_bytes(workspace, office) -> None:
    case = received(workspace, description=SECRET)
    recording.revise(workspace, case, {"external_no": "1AA-2601-0012345"})
    for kind, values in PLANTED.items():
        part(workspace, case, kind, **{"purpose": "조사", **values} if kind == "visit" else values)
    party = {"case_id": case, "name": SECRET, "phone": "010-9876-5432"}
    workspace.keep([Edit(record=workspace.mint.record_id(), kind="party", values=party)])
    [done] = add_photos(workspace, case, [picture(1, lat=36.123456, lon=127.654321)], threads=1)
    photo = workspace.store.sheet(case).parts["photo"][0].id
    recording.revise(workspace, photo, {"caption": SECRET})
    assert done is not None
    assert syncing.sync(workspace).receipt.same
    data = (office / SHARED_FILE).read_bytes()
    for secret in (SECRET, "1AA-2601-0012345", "010-9876-5432", "1.jpg"):
        assert secret.encode() not in data
        assert secret.encode("utf-16-le") not in data
    assert "별빛로 포트홀".encode() in data


def test_a_field_that_the_registry_marks_personal_has_no_column() -> None:
    for each in PUBLISHED:
        marked = {declared.name for declared in each.kind.fields if declared.personal is not Personal.NO}
        assert not marked & set(each.columns)
    assert "party" not in {each.kind.name for each in PUBLISHED}
    assert REGISTRY.kind("location").has("road_addr")
    assert {"road_addr", "national_point_no", "lat"}.isdisjoint(PUBLISHED[-1].columns)


def test_what_was_deleted_is_not_there_and_neither_are_its_parts(workspace, office) -> None:
    case, other = at_work(workspace), received(workspace, "남는 사안")
    recording.remove(workspace, case, "잘못 적음")
    syncing.sync(workspace)
    assert rows(office, "SELECT id FROM cases") == [(other,)]
    assert rows(office, "SELECT count(*) FROM visits") == [(0,)]
    assert case.encode() not in (office / SHARED_FILE).read_bytes()


def test_sets_are_json_and_yes_is_one(workspace, office) -> None:
    case = received(workspace)
    recording.revise(workspace, case, {"vulnerable_flags": ["CHILD"], "answered_before_fix": "예"})
    syncing.sync(workspace)
    [(flags, answered)] = rows(office, "SELECT vulnerable_flags, answered_before_fix FROM cases")
    assert (json.loads(flags), answered) == (["CHILD"], 1)


def test_it_is_replaced_whole_and_not_rebuilt_when_nothing_changed(workspace, office) -> None:
    received(workspace)
    syncing.sync(workspace)
    first = (office / SHARED_FILE).stat()
    syncing.sync(workspace)
    assert (office / SHARED_FILE).stat() == first
    received(workspace, "둘째")
    syncing.sync(workspace)
    assert (office / SHARED_FILE).stat().st_ino != first.st_ino
    assert rows(office, "SELECT count(*) FROM cases") == [(2,)]
    assert not [path for path in office.iterdir() if path.name.endswith(".part")]
    assert not (workspace.store.folder / "shared.sqlite").exists()


def test_a_reader_that_holds_it_reads_on_in_the_old_state(workspace, office) -> None:
    received(workspace)
    syncing.sync(workspace)
    with closing(sqlite3.connect(office / SHARED_FILE)) as reader:
        held = reader.execute("SELECT title FROM cases UNION ALL SELECT title FROM cases")
        assert held.fetchone()
        received(workspace, "둘째")
        assert syncing.sync(workspace).receipt.same
        assert held.fetchone() == ("별빛로 포트홀",)
        assert reader.execute("SELECT count(*) FROM cases").fetchone() == (1,)
    assert rows(office, "SELECT count(*) FROM cases") == [(2,)]


class HeldFile(ShareDisk):
    """A share that refuses to replace what somebody has open."""

    def replace(self, part: Path, target: Path) -> None:
        raise PermissionError(13, "held", str(target))


def test_a_refused_replacement_is_no_error_and_is_tried_again(workspace, office, monkeypatch) -> None:
    received(workspace)
    syncing.sync(workspace)
    before = (office / SHARED_FILE).read_bytes()
    received(workspace, "둘째")
    with monkeypatch.context() as held:
        held.setattr(ShareDisk, "replace", HeldFile.replace)
        held.setattr("fieldlog.sync.folder.said.testify", lambda *_: ())
        assert syncing.sync(workspace).receipt.same
    assert (office / SHARED_FILE).read_bytes() == before
    assert not list(office.glob("*.part"))
    syncing.sync(workspace)
    assert rows(office, "SELECT count(*) FROM cases") == [(2,)]


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\0 but no more", b"\0" * 9000])
def test_a_torn_or_foreign_file_in_its_place_is_replaced(workspace, office, left) -> None:
    received(workspace)
    (office / SHARED_FILE).write_bytes(left)
    syncing.sync(workspace)
    assert rows(office, "SELECT count(*) FROM cases") == [(1,)]


def test_a_file_cut_short_is_replaced_although_it_names_the_right_digest(workspace, office) -> None:
    received(workspace)
    syncing.sync(workspace)
    whole = (office / SHARED_FILE).read_bytes()
    (office / SHARED_FILE).write_bytes(whole[: len(whole) // 2])
    syncing.sync(workspace)
    assert len((office / SHARED_FILE).read_bytes()) == len(whole)
    assert rows(office, "PRAGMA integrity_check") == [("ok",)]


def test_a_file_of_a_newer_format_is_left_alone(workspace, office) -> None:
    received(workspace)
    syncing.sync(workspace)
    with closing(sqlite3.connect(office / SHARED_FILE)) as newer, newer:
        newer.execute("UPDATE about SET value = '99' WHERE name = 'format'")
    received(workspace, "둘째")
    assert syncing.sync(workspace).receipt.same
    assert about(office)["format"] == "99"


def test_what_was_saved_since_the_digest_was_compared_is_not_published(workspace, office) -> None:
    received(workspace)
    done = syncing.sync(workspace).receipt
    (office / SHARED_FILE).unlink()
    received(workspace, "아직 보내지 않음")
    facts = {"office": done.office, "name": "", "digest": done.digest}
    assert not publishing.publish_shared(workspace, office, **facts)
    assert not (office / SHARED_FILE).exists()


def test_a_folder_that_is_gone_is_not_imitated_and_own_leftovers_are_cleared(
    tmp_path, workspace, office
) -> None:
    received(workspace)
    syncing.sync(workspace)
    built = tmp_path / "built"
    shutil.copy(office / SHARED_FILE, built)
    (tmp_path / "empty").mkdir()
    assert not replace_shared(tmp_path / "empty", built, device="A")
    assert list((tmp_path / "empty").iterdir()) == []
    mark = "fieldlog-shared.sqlite-559aead0-"
    (office / f"{mark}cut.part").write_bytes(b"half")
    (office / "fieldlog-shared.sqlite-another1-cut.part").write_bytes(b"half")
    assert replace_shared(office, built, device="A")
    assert [path.name for path in office.glob("*.part")] == ["fieldlog-shared.sqlite-another1-cut.part"]
    assert shared_facts(office) == about(office)


# -- a folder that was lost ----------------------------------------------------------------------------------


def gather(three: list[Workspace], office: Path) -> str:
    """Three laptops with a case and a photograph each, in one office; its digest."""
    syncing.create_office(three[0], str(office), name="별빛구")
    for each in three[1:]:
        syncing.join_office(each, str(office))
    for number, each in enumerate(three):
        case = received(each, f"사안 {number}")
        list(add_photos(each, case, [picture(number)], threads=1))
    for each in (*three, *three[:-1]):
        digest = syncing.sync(each).receipt.digest
    return digest


@pytest.mark.parametrize("order", list(itertools.permutations(range(3), 2)))
def test_a_deleted_office_is_made_again_by_any_two_in_any_order(tmp_path, three, order) -> None:
    office = tmp_path / "office"
    digest = gather(three, office)
    before = json.loads((office / "fieldlog.json").read_text())
    shutil.rmtree(office)
    first, second = (three[number] for number in order)
    done = rebuilding.rebuild_office(first).receipt
    assert (done.digest, done.same, done.sent.photos, done.photos_verified) == (digest, True, 3, 3)
    came = syncing.sync(second).receipt
    assert (came.digest, came.same, came.sent.ops, came.received.ops) == (digest, True, 0, 0)
    after = json.loads((office / "fieldlog.json").read_text())
    assert (after["office"], after["name"]) == (before["office"], before["name"])
    assert after["incarnation"] != before["incarnation"]
    assert about(office)["digest"] == digest


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_what_only_one_laptop_holds_comes_with_its_next_sync(tmp_path, three, order) -> None:
    office = tmp_path / "office"
    gather(three, office)
    for number, each in enumerate(three):
        case = received(each, f"나중 사안 {number}")
        list(add_photos(each, case, [picture(10 + number)], threads=1))
    shutil.rmtree(office)
    turns = [three[number] for number in order]
    rebuilding.rebuild_office(turns[0])
    for each in (*turns[1:], *turns):
        last = syncing.sync(each).receipt
        assert last.same
    assert {syncing.digest(each) for each in three} == {last.digest}
    assert (last.photos_verified, last.photos_referenced, last.photos_absent) == (6, 6, ())
    assert len([path for path in (office / "blob").rglob("*") if path.is_file()]) == 6
    assert rows(office, "SELECT count(*) FROM cases") == [(6,)]


def test_where_an_office_lives_nothing_is_made(workspace, office) -> None:
    before = (office / "fieldlog.json").read_bytes()
    with pytest.raises(AlreadyThere) as told:
        rebuilding.rebuild_office(workspace)
    assert "sync" in told.value.how.ko
    assert (office / "fieldlog.json").read_bytes() == before


def test_at_another_place_it_is_met_there_from_now_on(tmp_path, workspace, office) -> None:
    received(workspace)
    digest = syncing.sync(workspace).receipt.digest
    elsewhere = tmp_path / "elsewhere"
    assert rebuilding.rebuild_office(workspace, str(elsewhere)).receipt.digest == digest
    joined = syncing.joined_office(workspace)
    assert joined is not None
    assert joined.target == str(elsewhere)
    assert syncing.sync(workspace).receipt.same


def test_foreign_files_and_missing_shares_are_refused_and_the_office_is_met_where_it_was(
    tmp_path, workspace, office
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "보고서.hwp").write_bytes(b"x")
    with pytest.raises(OfficeRefuses):
        rebuilding.rebuild_office(workspace, str(tmp_path / "full"))
    with pytest.raises(OfficeAway):
        rebuilding.rebuild_office(workspace, str(tmp_path / "no share" / "office"))
    joined = syncing.joined_office(workspace)
    assert joined is not None
    assert joined.target == str(office)


def test_a_store_that_never_joined_cannot_make_an_office_again(workspace, tmp_path) -> None:
    with pytest.raises(NotAllowed):
        rebuilding.rebuild_office(workspace, str(tmp_path / "office"))
    assert not (tmp_path / "office").exists()
