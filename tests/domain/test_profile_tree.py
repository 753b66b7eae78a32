import json

import pytest
from helpers.office import profile_text

from fieldlog.domain.profile_tree import kept_tables, may_be_read, tables_from, tables_of


def test_tables_kept_beside_a_text_are_those_of_the_text() -> None:
    text = profile_text()
    assert tables_from(kept_tables(text), text) == tables_of(text)


@pytest.mark.parametrize("kept", [None, "", "[]", "null", '["', '{"a": 1}', kept_tables("other = 1")])
def test_what_is_of_another_text_or_no_sense_is_passed_over(kept) -> None:
    assert not may_be_read(kept, "a = 1")
    assert tables_from(kept, "a = 1") == {"a": 1}


def test_a_torn_note_is_passed_over() -> None:
    kept = kept_tables("a = 1")
    assert tables_from(kept[:-3], "a = 1") == {"a": 1}
    assert tables_from(kept.replace('{"a":1}', "7"), "a = 1") == {"a": 1}
    assert tables_from(kept.replace('{"a":1}', '{"\\u0000date":"soon"}'), "a = 1") == {"a": 1}


def test_a_date_stays_a_date_and_a_time_is_not_kept() -> None:
    assert tables_from(kept_tables("from = 2026-11-01"), "from = 2026-11-01") == tables_of(
        "from = 2026-11-01"
    )
    assert kept_tables("at = 09:00:00") is None
    assert kept_tables("at = 2026-11-01T09:00:00Z") is None


def test_what_is_kept_is_json_and_names_its_text_only_by_its_hash() -> None:
    named, tables = json.loads(kept_tables("a = 1"))
    assert len(named) == 64
    assert tables == {"a": 1}


def test_a_text_that_is_no_toml_tells_where() -> None:
    with pytest.raises(ValueError, match="end of document"):
        tables_of("a = ")
