from __future__ import annotations

import pytest
from helpers.stores import RESOURCES, environment

from fieldlog.domain.errors import NotFound, ProfileBroken
from fieldlog.services.offering import faults_of, offer_of, offered_profiles


def test_the_profiles_that_come_with_the_program_are_offered() -> None:
    offers = {offer.key: offer.profile for offer in offered_profiles(environment())}
    assert offers["hanbit"].fictional


def test_every_fault_of_a_file_is_listed_in_the_order_of_its_lines(tmp_path) -> None:
    source = (RESOURCES / "profiles" / "hanbit.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(
        source.replace("width = 4", "width = 99").replace("fictional = true", "fictional = 3"), "utf-8"
    )
    faults = faults_of(environment(), str(own))
    assert len(faults) == 2
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)
    assert {fault.file_name for fault in faults} == {"own.toml"}
    with pytest.raises(ProfileBroken):
        offer_of(environment(), str(own))


def test_a_file_that_cannot_be_read_has_no_lines_to_name(tmp_path) -> None:
    assert faults_of(environment(), str(tmp_path / "none.toml")) == ()
    assert faults_of(environment(), "hanbit") == ()
    (tmp_path / "latin.toml").write_bytes(b"\xff\xfe\x00")
    assert faults_of(environment(), str(tmp_path / "latin.toml")) == ()
    with pytest.raises(NotFound):
        offer_of(environment(), str(tmp_path / "none.toml"))
