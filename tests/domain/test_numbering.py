from __future__ import annotations

import pytest
from helpers.office import profile
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldlog.domain.errors import BadInput, Bug
from fieldlog.domain.numbering import (
    CaseNumber,
    case_number,
    device_code,
    is_temporary,
    next_serial,
    parse_case_number,
    temporary_number,
)
from fieldlog.domain.profile import Numbering
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.registry.acceptance import accept

FIELD = REGISTRY.kind("case").field("case_no")


def test_a_case_is_numbered_by_prefix_year_and_serial() -> None:
    assert case_number(profile(), 2026, 1) == "HB-2026-0001"


def test_the_width_is_that_of_the_profile() -> None:
    wide = replace(profile(), numbering=Numbering("HANBIT", 6, "at_sync"))
    assert case_number(wide, 2026, 12) == "HANBIT-2026-000012"


def test_a_serial_grows_past_its_width_up_to_six_digits() -> None:
    assert case_number(profile(), 2026, 10_000) == "HB-2026-10000"
    assert case_number(profile(), 2026, 999_999) == "HB-2026-999999"
    with pytest.raises(BadInput) as caught:
        case_number(profile(), 2026, 1_000_000)
    assert "2026년" in caught.value.what.ko


@pytest.mark.parametrize(("year", "serial"), [(2026, 0), (2026, -1), (20266, 1)])
def test_a_number_that_cannot_be_is_a_fault_of_the_program(year, serial) -> None:
    with pytest.raises(Bug):
        case_number(profile(), year, serial)


def test_a_device_numbers_by_itself_until_the_agency_does() -> None:
    assert temporary_number("A1B2", 7) == "임시-A1B2-0007"
    assert is_temporary("임시-A1B2-0007")
    assert not is_temporary("FL-2026-0001")


@pytest.mark.parametrize(("device", "serial"), [("a1b2", 1), ("A1B", 1), ("A1B2", 0), ("A1B2", 1_000_000)])
def test_a_temporary_number_that_cannot_be_is_a_fault_of_the_program(device, serial) -> None:
    with pytest.raises(Bug):
        temporary_number(device, serial)


@given(st.binary(min_size=3, max_size=16), st.integers(1, 999_999))
def test_every_device_has_a_code_that_makes_a_number_the_registry_takes(device, serial) -> None:
    number = temporary_number(device_code(device), serial)
    assert accept(FIELD, number) == number
    assert not set("ILOU") & set(device_code(device))


@given(st.integers(1900, 2100), st.integers(1, 999_999))
def test_a_number_is_read_back_as_it_was_made(year, serial) -> None:
    number = case_number(profile(), year, serial)
    assert parse_case_number(number) == CaseNumber("HB", year, serial)
    assert accept(FIELD, number) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FL-2026-1",
        "F-2026-0001",
        "fl-2026-0001",
        "FL-26-0001",
        "FL-2026-0001 ",
        "FL-２０２６-0001",
        "임시-A1B2-0001",
    ],
)
def test_what_is_no_case_number_is_refused_with_an_example(text) -> None:
    with pytest.raises(BadInput) as caught:
        parse_case_number(text)
    assert "FL-2026-0001" in caught.value.how.ko


def test_the_next_serial_follows_the_highest_of_that_prefix_and_year() -> None:
    taken = ["FL-2026-0009", "FL-2026-10001", "FL-2025-90000", "HB-2026-77777", "임시-A1B2-8888", "no number"]
    assert next_serial(taken, "FL", 2026) == 10_002
    assert next_serial([], "FL", 2026) == 1
