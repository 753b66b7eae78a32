from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import BadInput, KeyMissing
from fieldlog.storage.passphrase import (
    FLOOR,
    Argon2Cost,
    PassphrasePolicy,
    accepted,
    calibrated,
    from_file,
    seconds_for,
    stretch,
)

SALT = bytes(16)
KOREAN = "한빛시 도로과 2026"


def test_the_same_passphrase_gives_the_same_key_and_another_salt_or_cost_another() -> None:
    key = stretch(KOREAN, SALT, FLOOR)
    assert len(key) == 32
    assert stretch(KOREAN, SALT, FLOOR) == key
    assert stretch(KOREAN, b"1" * 16, FLOOR) != key
    assert stretch(KOREAN, SALT, Argon2Cost(FLOOR.memory_kib, 3, 1)) != key


def test_a_korean_passphrase_is_one_however_the_keyboard_composes_it() -> None:
    decomposed = unicodedata.normalize("NFD", KOREAN)
    assert decomposed != KOREAN
    assert stretch(decomposed, SALT, FLOOR) == stretch(KOREAN, SALT, FLOOR)


@given(st.floats(min_value=1e-9, max_value=1e-3))
def test_the_cost_fits_every_machine_and_never_falls_below_the_floor(second_per_kib_pass) -> None:
    def measure(cost: Argon2Cost) -> float:
        return second_per_kib_pass * cost.memory_kib * cost.passes

    cost = calibrated(0.25, measure)
    assert cost.is_sane()
    assert cost.memory_kib >= FLOOR.memory_kib
    if cost != FLOOR and cost.passes < 64:
        assert measure(cost) == pytest.approx(0.25, rel=0.2)


def test_a_quick_machine_spends_its_time_on_memory_first() -> None:
    quick = calibrated(0.25, lambda cost: 1e-7 * cost.memory_kib * cost.passes)
    slow = calibrated(0.25, lambda cost: 1e-6 * cost.memory_kib * cost.passes)
    assert quick.memory_kib > slow.memory_kib
    assert slow.passes >= 3


def test_a_guess_at_the_floor_takes_measurable_time() -> None:
    assert 0.001 < seconds_for(FLOOR) < 20


@pytest.mark.parametrize(
    "cost",
    [Argon2Cost(1024, 2, 1), Argon2Cost(19456, 1, 1), Argon2Cost(1 << 31, 2, 1), Argon2Cost(19456, 9999, 1)],
)
def test_figures_that_fieldlog_would_never_write_are_not_sane(cost) -> None:
    assert not cost.is_sane()


@pytest.mark.parametrize(
    "passphrase", ["", "   ", "\t", "한글일곱글자임", "1234567", unicodedata.normalize("NFD", "한글일곱자")]
)
def test_an_empty_or_short_passphrase_is_refused_with_a_reason(passphrase) -> None:
    with pytest.raises(BadInput) as caught:
        accepted(passphrase, PassphrasePolicy())
    assert "8" in caught.value.how.ko
    assert passphrase.strip() == "" or passphrase not in caught.value.why.ko


def test_syllables_are_counted_as_a_person_counts_them() -> None:
    assert accepted("가나다라마바사아", PassphrasePolicy()) == "가나다라마바사아"
    assert accepted("짧음", PassphrasePolicy(min_length=2)) == "짧음"


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_the_line_end_and_the_mark_an_editor_adds_are_no_part_of_the_passphrase(tmp_path, start, end) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(start + KOREAN.encode() + end)
    assert from_file(path) == KOREAN


def test_blanks_within_and_at_the_ends_belong_to_the_passphrase(tmp_path) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(b" two words \n\n")
    assert from_file(path) == " two words \n"


@pytest.mark.parametrize("raw", [None, b"\xff\xfe\x00", b"x" * 5000])
def test_a_passphrase_file_that_is_missing_no_text_or_far_too_long_is_told(tmp_path, raw) -> None:
    path = tmp_path / "passphrase"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(KeyMissing) as caught:
        from_file(path)
    assert str(path) in caught.value.what.ko
    assert "FIELDLOG_PASSPHRASE_FILE" in caught.value.how.en
