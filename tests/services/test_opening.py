from __future__ import annotations

import json
import shutil

import pytest
from helpers.makers import received
from helpers.stores import OFFICIAL, RESOURCES, environment, practice_store
from msgspec.structs import replace

from fieldlog.domain.errors import KeyMissing, NotFound, ProfileBroken, StoreBusy
from fieldlog.services.opening import (
    Environment,
    choose_profile,
    holds_store,
    introduce,
    make_store,
    open_store,
)
from fieldlog.services.workspace import Official


def listed_due(workspace) -> str:
    return workspace.store.database.row("SELECT due_at FROM case_list")[0]


@pytest.fixture
def own(tmp_path) -> Environment:
    """A rim with resources of its own, that a test may change."""
    shutil.copytree(RESOURCES / "profiles", tmp_path / "resources" / "profiles")
    shutil.copytree(RESOURCES / "holidays", tmp_path / "resources" / "holidays")
    return replace(environment(), resources=tmp_path / "resources")


def test_an_unknown_or_broken_profile_makes_no_store(tmp_path, own) -> None:
    with pytest.raises(NotFound):
        make_store(tmp_path / "store", own, profile="nirgendwo", practice=True)
    (tmp_path / "broken.toml").write_text("[[[", encoding="utf-8")
    with pytest.raises(ProfileBroken):
        make_store(tmp_path / "store", own, profile=str(tmp_path / "broken.toml"), practice=True)
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ProfileBroken):
        make_store(tmp_path / "store", own, profile=str(tmp_path / "odd.toml"), practice=True)
    assert not holds_store(tmp_path / "store")


def test_without_keyring_and_passphrase_nothing_is_written(tmp_path) -> None:
    with pytest.raises(KeyMissing):
        make_store(tmp_path / "store", environment())
    assert not holds_store(tmp_path / "store")


def test_a_profile_that_breaks_later_leaves_the_last_good_one_in_use_and_says_so(tmp_path, own) -> None:
    make_store(tmp_path / "store", own, practice=True).close()
    file = own.resources / "profiles" / "hanbit.toml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace('prefix = "HB"', 'prefix = "hb"'), encoding="utf-8")
    workspace = open_store(tmp_path / "store", own)
    assert workspace.profile.numbering.prefix == "HB"
    assert [type(notice) for notice in workspace.notices] == [ProfileBroken]
    workspace.close()
    file.unlink()
    workspace = open_store(tmp_path / "store", own)
    assert [type(notice) for notice in workspace.notices] == [NotFound]
    assert workspace.profile.numbering.prefix == "HB"
    workspace.close()


@pytest.mark.parametrize("what", ["profile", "holidays"])
def test_due_times_are_counted_anew_when_the_agency_or_the_holidays_change(tmp_path, own, what) -> None:
    workspace = make_store(tmp_path / "store", own, practice=True)
    received(workspace)
    before = listed_due(workspace)
    workspace.close()
    if what == "profile":
        file = own.resources / "profiles" / "hanbit.toml"
        text = file.read_text(encoding="utf-8")
        day = '{ day = 2026-11-25, ko = "시민의 날", en = "Citizens\' Day", source = "조례" }'
        file.write_text(text.replace("extra = []", f"extra = [{day}]"), encoding="utf-8")
    else:
        file = own.resources / "holidays" / "kr.json"
        table = json.loads(file.read_text(encoding="utf-8"))
        some = next(each for each in table["holidays"] if each["date"].startswith("2026-12"))
        table["holidays"].append({**some, "date": "2026-11-25"})
        table["holidays"].sort(key=lambda each: each["date"])
        file.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    workspace = open_store(tmp_path / "store", own)
    assert before == "2026-12-01T18:00:00+09:00"
    assert listed_due(workspace) == "2026-12-02T18:00:00+09:00"
    assert workspace.store.verify().sound
    workspace.close()


def test_another_profile_is_chosen_for_good_and_a_broken_one_changes_nothing(tmp_path, own) -> None:
    workspace = make_store(tmp_path / "store", own, practice=True)
    text = (own.resources / "profiles" / "hanbit.toml").read_text(encoding="utf-8")
    (tmp_path / "other.toml").write_text(text.replace('prefix = "HB"', 'prefix = "KR"'), encoding="utf-8")
    with pytest.raises(NotFound):
        choose_profile(workspace, own, "nirgendwo")
    assert workspace.profile.numbering.prefix == "HB"
    choose_profile(workspace, own, str(tmp_path / "other.toml"))
    assert workspace.store.find(received(workspace)).text("case_no") == "KR-2026-0001"
    workspace.close()
    again = open_store(tmp_path / "store", own)
    assert again.profile.numbering.prefix == "KR"
    assert again.notices == []
    again.close()


def test_who_works_here_is_known_after_reopening(tmp_path) -> None:
    workspace = practice_store(tmp_path / "store")
    introduce(workspace, Official(OFFICIAL.id, "이든", "주사", "PARK"))
    workspace.close()
    again = open_store(tmp_path / "store", environment())
    assert (again.official.name, again.official.department) == ("이든", "PARK")
    assert again.is_practice
    again.close()


def test_a_patient_command_waits_until_the_other_is_done(tmp_path) -> None:
    around = environment()
    other = make_store(tmp_path / "store", around, practice=True)
    rested = []

    def rest(seconds: float) -> None:
        rested.append(seconds)
        if len(rested) == 3:
            other.close()

    open_store(tmp_path / "store", replace(around, rest=rest), patient=True).close()
    assert len(rested) == 3


def test_a_patient_command_is_refused_when_its_seconds_are_over_and_an_impatient_one_at_once(
    tmp_path,
) -> None:
    around, passed = environment(), [0.0]
    with make_store(tmp_path / "store", around, practice=True).store:
        watched = replace(
            around, ticking=lambda: passed[0], rest=lambda seconds: passed.append(passed.pop() + seconds)
        )
        with pytest.raises(StoreBusy):
            open_store(tmp_path / "store", watched)
        assert passed == [0.0]
        with pytest.raises(StoreBusy):
            open_store(tmp_path / "store", watched, patient=True)
        assert 1.0 <= passed[0] <= 10.0


def test_the_tables_of_the_profile_are_kept_for_the_next_start(tmp_path) -> None:
    around = environment()
    make_store(tmp_path / "store", around, practice=True).store.close()
    open_store(tmp_path / "store", around).store.close()
    workspace = open_store(tmp_path / "store", around)
    try:
        kept = workspace.store.note("profile tables")
        assert kept is not None
        workspace.store.put_notes({"profile tables": kept.replace("별빛", "달빛")[:-2]})
    finally:
        workspace.store.close()
    again = open_store(tmp_path / "store", around)
    try:
        assert again.profile == workspace.profile
    finally:
        again.store.close()
