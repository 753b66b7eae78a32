from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldlog.domain.errors import BadInput
from fieldlog.domain.lifecycle import Role, Stage
from fieldlog.domain.registry import DELETED_KEY, REGISTRY, FieldType, Merge, Personal
from fieldlog.domain.registry.acceptance import accept

NUMBERS = Path(__file__).parent / "registry_numbers.json"
USABLE = {"case", "visit", "observation", "photo", "location", "action", "comment", "tag"}
OF_THE_PROGRAM = {"user", "saved_filter"}
ALL = [(kind, declared) for kind in REGISTRY.kinds for declared in kind.fields]
IDS = [f"{kind.name}.{declared.name}" for kind, declared in ALL]


def test_numbers_that_were_ever_given_still_mean_the_same() -> None:
    """A field may be added to the file; a line of it may never change."""
    given = json.loads(NUMBERS.read_text(encoding="utf-8"))
    now = {
        kind.name: {"id": kind.id, "fields": {each.name: [each.id, int(each.type)] for each in kind.fields}}
        for kind in REGISTRY.kinds
    }
    for name, kind in given.items():
        assert now[name]["id"] == kind["id"]
        for field, numbers in kind["fields"].items():
            retired = numbers[0] in REGISTRY.kind(name).retired_ids
            assert retired or now[name]["fields"][field] == numbers
    assert {name: set(kind["fields"]) for name, kind in now.items()} == {
        name: set(kind["fields"]) for name, kind in given.items()
    }, "write the new fields into registry_numbers.json"


def test_no_number_and_no_name_is_given_twice() -> None:
    assert len({kind.id for kind in REGISTRY.kinds}) == len(REGISTRY.kinds)
    assert len({kind.name for kind in REGISTRY.kinds}) == len(REGISTRY.kinds)
    for kind in REGISTRY.kinds:
        ids = [declared.id for declared in kind.fields]
        assert len(set(ids)) == len(ids)
        assert len({declared.name for declared in kind.fields}) == len(ids)
        assert not set(ids) & kind.retired_ids
        assert DELETED_KEY not in ids
    assert len({int(each) for each in FieldType}) == len(FieldType)


def test_the_kinds_with_screens_are_those_of_the_first_release_and_belong_to_a_case() -> None:
    assert {kind.name for kind in REGISTRY.kinds if kind.editable} == USABLE | OF_THE_PROGRAM
    for kind in REGISTRY.kinds:
        if kind.has("case_id"):
            link = kind.field("case_id")
            assert (link.id, link.type, link.merge) == (1, FieldType.LINK, Merge.ONCE)


@pytest.mark.parametrize(("kind", "declared"), ALL, ids=IDS)
def test_every_field_has_labels_in_both_languages_and_a_stage_that_exists(kind, declared) -> None:
    assert any("가" <= letter <= "힣" for letter in declared.label.ko)
    assert declared.label.en.isascii() or declared.label.en.replace("²", "").replace("°", "").isascii()
    assert declared.required_from is None or declared.required_from in Stage.__members__
    assert (declared.type in {FieldType.CHOICE, FieldType.STAGE}) <= (declared.vocabulary is not None)
    assert not (declared.derived and declared.required_from)


@pytest.mark.parametrize(("kind", "declared"), ALL, ids=IDS)
def test_the_type_decides_the_merge_unless_the_field_says_otherwise(kind, declared) -> None:
    sets = {FieldType.WORDS, FieldType.LINKS}
    assert (declared.merge is Merge.ADD_WINS) == (declared.type in sets)
    if declared.type is FieldType.LONG_TEXT:
        assert declared.merge is Merge.LONG_TEXT
    if declared.type is FieldType.STAGE:
        assert declared.merge is Merge.STATUS


def test_names_contacts_places_and_pictures_of_people_are_flagged() -> None:
    party = REGISTRY.kind("party")
    for name in ("name", "phone", "email", "address"):
        assert party.field(name).personal is Personal.PERSONAL
    for kind in ("location", "photo"):
        assert REGISTRY.kind(kind).field("lat").personal is Personal.PLACE
    assert REGISTRY.kind("case").field("description").personal is Personal.MAYBE


def test_kinds_and_fields_are_found_by_name_and_by_number() -> None:
    case = REGISTRY.kind("case")
    assert REGISTRY.numbered(case.id) is case
    assert REGISTRY.field_numbered(case.id, 3) is case.field("title")
    assert REGISTRY.numbered(9_999) is None
    assert REGISTRY.field_numbered(case.id, 9_999) is None
    assert REGISTRY.field_numbered(9_999, 1) is None
    with pytest.raises(KeyError):
        REGISTRY.kind("nothing")
    with pytest.raises(KeyError):
        case.field("nothing")


def test_what_the_specification_lists_as_codes_has_its_vocabulary() -> None:
    listed = {
        "party": ("kind", "notify_by", "stance"),
        "cause": ("method", "confirmed"),
        "decision": ("type",),
        "collab_request": ("kind", "state"),
        "outcome": ("direction",),
        "followup": ("result",),
        "time_entry": ("kind", "basis"),
        "notification": ("method",),
        "alert": ("state", "verdict"),
        "attachment": ("kind", "pii_review"),
        "report": ("template", "pii_profile"),
        "agency": ("level",),
        "user": ("roles",),
        "device": ("kind",),
        "support_request": ("kind",),
        "audit_event": ("action",),
    }
    for kind, names in listed.items():
        for name in names:
            vocabulary = REGISTRY.kind(kind).field(name).vocabulary
            assert vocabulary is not None
            assert all(label.ko and label.en.isascii() for label in vocabulary.entries.values())


def test_the_roles_of_an_official_are_those_that_moves_ask_for() -> None:
    vocabulary = REGISTRY.kind("user").field("roles").vocabulary
    assert vocabulary is not None
    assert list(vocabulary.entries) == [role.value for role in Role]


def test_a_text_with_a_vocabulary_takes_other_words_and_a_choice_does_not() -> None:
    result = REGISTRY.kind("followup").field("result")
    assert accept(result, "MAINTAINED") == "MAINTAINED"
    assert accept(result, "파손 없음, 배수 양호") == "파손 없음, 배수 양호"
    with pytest.raises(BadInput):
        accept(REGISTRY.kind("decision").field("type"), "파손 없음")


def test_every_case_has_what_the_records_law_asks_for_and_keeps_it() -> None:
    case = REGISTRY.kind("case")
    assert {case.field(name).required_from for name in ("disclosure", "retention")} == {"DRAFT"}
    assert case.field("problem_statement").required_from == "ANALYZING"
