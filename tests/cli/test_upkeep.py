from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers.clerk import ROOT, Clerk

from fieldlog.services import practising
from fieldlog.storage import migrations

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def newcomer(tmp_path: Path) -> Clerk:
    """A clerk without a store, but with a passphrase."""
    words = tmp_path / "passphrase"
    words.write_text("맑은 날 별빛로 걷기 2026\n", "utf-8")
    clerk = Clerk(tmp_path / "store")
    clerk.environ["FIELDLOG_PASSPHRASE_FILE"] = str(words)
    return clerk


def test_a_store_is_made_with_its_profile_and_official(newcomer: Clerk) -> None:
    told = newcomer.asks("init", "--name", "이새봄", "--department", "ROAD")
    assert told == {"store": str(newcomer.folder), "profile": "hanbit", "practice": False, "cases": 0}
    added = newcomer.asks("case", "add", "--title", "구덩이", "--category", "ROAD_POTHOLE")
    assert (added["owner_user_id"], added["lead_dept_id"]) == ("이새봄", "ROAD")


def test_a_second_store_is_not_made_over_the_first(newcomer: Clerk) -> None:
    newcomer.asks("init")
    told = newcomer.types("--json", "init")
    assert (told.code, told.error["kind"]) == (1, "AlreadyThere")


def test_without_any_way_to_lock_it_no_store_is_made(tmp_path: Path) -> None:
    told = Clerk(tmp_path / "store").types("--json", "init")
    assert (told.code, told.error["kind"]) == (1, "KeyMissing")
    assert not (tmp_path / "store").exists()


def test_with_another_passphrase_nothing_is_shown(newcomer: Clerk, tmp_path: Path) -> None:
    newcomer.asks("init")
    (tmp_path / "passphrase").write_text("another passphrase altogether", "utf-8")
    told = newcomer.types("--json", "case", "list")
    assert (told.code, told.error["kind"]) == (1, "KeyWrong")
    assert set(told.json) == {"error"}


def test_an_unknown_profile_is_refused_with_those_there_are(newcomer: Clerk) -> None:
    told = newcomer.types("--json", "init", "--profile", "별빛시")
    assert (told.code, told.error["kind"]) == (1, "NotFound")
    assert "hanbit" in told.error["how"]
    assert not newcomer.folder.exists()


def test_a_broken_profile_is_refused_with_every_fault_by_its_line(newcomer: Clerk, tmp_path: Path) -> None:
    sound = (ROOT / "resources" / "profiles" / "hanbit.toml").read_text("utf-8")
    broken = tmp_path / "우리시.toml"
    broken.write_text(
        sound.replace("width = 4", 'width = "four"').replace("radius_m = 50\n", "radius_m = -5\n"), "utf-8"
    )
    told = newcomer.types("--json", "init", "--profile", broken)
    assert (told.code, told.error["kind"]) == (1, "ProfileBroken")
    faults = told.json["faults"]
    assert len(faults) == 2
    lines = broken.read_text("utf-8").splitlines()
    assert [lines[each["line"] - 1].split()[0] for each in faults] == ["width", "radius_m"]
    assert all(each["what"] and each["how"] and each["file"] == "우리시.toml" for each in faults)
    assert all(f"{each['line']}행" in told.err for each in faults)
    assert not newcomer.folder.exists()


def test_a_practice_store_holds_cases_and_is_made_anew_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = practising.make_practice_store
    monkeypatch.setattr(practising, "make_practice_store", lambda *a, **k: make(*a, **{**k, "most": 1}))
    clerk = Clerk(tmp_path / "practice")
    assert clerk.asks("init", "--practice") | {"store": ""} == {
        "store": "", "profile": "hanbit", "practice": True, "cases": 1,
    }  # fmt: skip
    assert clerk.types("init", "--practice").code == 1
    clerk.asks("case", "add", "--title", "구덩이", "--category", "ROAD_POTHOLE")
    assert clerk.asks("init", "--practice", "--reset")["cases"] == 1
    assert clerk.types("init", "--practice", "--name", "x").code == 1


def test_a_real_store_is_never_reset(newcomer: Clerk) -> None:
    newcomer.asks("init")
    newcomer.asks("case", "add", "--title", "구덩이", "--category", "ROAD_POTHOLE")
    told = newcomer.types("--json", "init", "--reset")
    assert (told.code, told.error["kind"]) == (1, "NotAllowed")
    assert len(newcomer.asks("case", "list")["cases"]) == 1


def case_file(tmp_path: Path, *indexes: int, **changed: object) -> Path:
    cases = json.loads((ROOT / "resources/practice/cases.json").read_text("utf-8"))
    cases["cases"] = [{**cases["cases"][index], **changed} for index in indexes]
    path = tmp_path / "사안.json"
    path.write_text(json.dumps(cases, ensure_ascii=False), "utf-8")
    return path


def test_cases_are_imported_one_by_one_and_a_second_time_refused(clerk: Clerk, tmp_path: Path) -> None:
    told = clerk.asks("import", case_file(tmp_path, 0, 1))
    assert (told["imported"], told["refused"]) == (2, [])
    assert [case["case_no"] for case in told["cases"]] == ["HB-2026-0001", "HB-2026-0002"]
    again = clerk.types("--json", "import", case_file(tmp_path, 1, 2))
    assert (again.code, again.json["imported"]) == (0, 1)
    assert again.json["refused"][0]["kind"] == "AlreadyThere"
    assert "HB-2026-0002" in again.err
    assert clerk.types("import", case_file(tmp_path, 0, 1)).code == 1


def test_a_row_that_cannot_be_taken_is_named_and_the_rest_goes_on(clerk: Clerk, tmp_path: Path) -> None:
    path = case_file(tmp_path, 0, 1)
    rows = json.loads(path.read_text("utf-8"))
    rows["cases"][0]["category"] = "NO_SUCH"
    path.write_text(json.dumps(rows), "utf-8")
    told = clerk.asks("import", path)
    assert told["imported"] == 1
    assert told["refused"][0]["case_no"] == "HB-2026-0001"


@pytest.mark.parametrize("data", [b"{}", b"no json", b"\xff\xfe\x00"])
def test_a_file_that_holds_no_cases_is_refused(clerk: Clerk, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    assert clerk.types("import", path).code == 1
    assert clerk.types("import", tmp_path / "none.json").code == 1


def test_a_sound_store_is_told_sound_and_a_lost_photograph_is_named(
    clerk: Clerk, case: str, picture: Path
) -> None:
    photo = clerk.asks("photo", "add", case, picture)["photos"][0]
    found = clerk.asks("verify")
    assert (found["sound"], found["photos"], found["rebuilt"]) == (True, 1, False)
    assert clerk.asks("verify", "--rebuild")["digest"] == found["digest"]
    assert "온전" in clerk.types("verify").out
    for path in (clerk.folder / "vault").rglob("*"):
        if path.is_file():
            path.unlink()
    told = clerk.types("--json", "verify")
    assert told.code == 1
    assert told.json["missing"] == [photo["sha256"]]
    assert told.error["kind"] == "StoreDamaged"


def test_the_latest_save_is_undone_and_then_nothing_is_left(clerk: Clerk, case: str) -> None:
    clerk.asks("case", "set", case, "title=다른 제목")
    undone = clerk.asks("undo")
    assert (len(undone["cases"]), undone["kept"]) == (1, 0)
    assert clerk.asks("case", "show", case)["title"] == "별빛로 포트홀"
    clerk.asks("undo")
    assert clerk.asks("case", "list")["cases"] == []
    while clerk.types("undo").code == 0:
        pass
    assert clerk.types("--json", "undo").error["kind"] == "NotAllowed"


def test_one_writer_at_a_time_and_readers_beside_it(clerk: Clerk, case: str, tmp_path: Path) -> None:
    from fieldlog.bootstrap import environment
    from fieldlog.services.opening import open_store

    window = open_store(clerk.folder, environment(clerk.environ, "ko"))
    try:
        refused = clerk.types("--json", "case", "set", case, "title=다른 제목")
        assert (refused.code, refused.error["kind"]) == (1, "StoreBusy")
        assert len(clerk.asks("case", "list")["cases"]) == 1
        assert clerk.asks("case", "show", case)["title"] == "별빛로 포트홀"
        assert clerk.asks("verify")["sound"]
        report = clerk.types("--json", "report", case, "--template", "R1", "--out", tmp_path / "x.pdf")
        assert (report.code, report.json["pages"]) == (0, 1)
        assert "다른 창" in report.err
    finally:
        window.close()


def test_a_store_of_an_older_version_is_upgraded_also_by_a_command_that_only_reads(
    clerk: Clerk, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = migrations.LATEST + 1
    monkeypatch.setattr(migrations, "LATEST", newer)
    monkeypatch.setattr(
        migrations, "_STEPS", {**migrations._STEPS, newer: lambda db: db.execute("CREATE TABLE later(a)")}
    )
    assert clerk.asks("case", "show", case)["case_no"] == case
    assert [path.name for path in (clerk.folder / "backups").iterdir()] == [f"store-v{newer - 1}.db"]
    assert clerk.asks("verify")["sound"] is True


@pytest.mark.parametrize(
    "words",
    [("case", "list"), ("case", "show", "x"), ("verify",), ("undo",), ("import", "x"), ("visit", "add", "x"),
     ("case", "add", "--title", "구덩이", "--category", "ROAD_POTHOLE"), ("photo", "add", "x", "y"),
     ("report", "x", "--template", "R1", "--out", "y")],
)  # fmt: skip
def test_without_a_store_a_command_says_how_to_make_one(tmp_path: Path, words: tuple[str, ...]) -> None:
    told = Clerk(tmp_path / "none").types("--json", *words)
    assert (told.code, told.error["kind"]) == (1, "StoreMissing")
    assert "init" in told.error["how"]
    assert not (tmp_path / "none").exists()


def test_a_refused_case_number_is_explained_in_words_not_as_a_pattern(clerk: Clerk, tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    case = {
        "case_no": "스물여섯",
        "title": "구덩이",
        "category": "ROAD_POTHOLE",
        "reported_at": "2026-11-20T09:00",
    }
    file.write_text(json.dumps({"format": "fieldlog.sample/1", "cases": [case]}), "utf-8")
    told = clerk.types("--json", "import", file)
    (refused,) = told.json["refused"]
    assert "FL-2026-0001" in refused["how"]
    assert "\\d" not in refused["how"] + told.err
