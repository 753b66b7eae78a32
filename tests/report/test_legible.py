import unicodedata

import pytest
from helpers.dossiers import case, dossier, photo
from helpers.papers import paper
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.domain.errors import ReportRefused
from fieldlog.report.dossier import Agency, Dossier, Observation, ObservationKind
from fieldlog.report.legible import Missing, Reader, legible

PAPER = paper()


def _reader() -> Reader:
    return Reader(PAPER.measure.covers, PAPER.style.alike)


def _read(made, *, replace_missing=False) -> tuple[Dossier, tuple[Missing, ...]]:
    return legible(made, _reader(), replace_missing=replace_missing)


def test_a_usual_dossier_is_not_changed() -> None:
    made = dossier()
    assert _read(made) == (made, ())


def test_a_character_in_no_font_is_refused_and_field_and_character_are_named() -> None:
    with pytest.raises(ReportRefused) as refused:
        _read(dossier(case(description="위험 🚧 구간")))
    assert refused.value.why.ko == "사안 FL-2026-0006 내용 「🚧(U+1F6A7)」"
    assert "Description" in refused.value.why.en
    assert "〓" in refused.value.how.ko


def test_every_field_with_such_a_character_is_named() -> None:
    made = case(
        observations=(Observation(7, ObservationKind.FACT, "폭 🚧"),),
        photos=(photo(0, caption="가 \U0001f6a7"),),
    )
    with pytest.raises(ReportRefused) as refused:
        _read(dossier(made, agency=Agency("한빛시", header="🚧")))
    told = refused.value.why.ko
    assert "관찰 7 내용" in told
    assert "사진 1 설명" in told
    assert "머리말" in told


def test_many_such_fields_are_counted() -> None:
    made = case(observations=tuple(Observation(n, ObservationKind.FACT, "🚧") for n in range(20)))
    with pytest.raises(ReportRefused) as refused:
        _read(dossier(made))
    assert refused.value.why.ko.endswith("외 12곳")


def test_when_allowed_such_a_character_becomes_a_mark_that_can_be_seen() -> None:
    made, missing = _read(dossier(case(description="위험 🚧 구간")), replace_missing=True)
    assert made.cases[0].description == "위험 〓 구간"
    assert [each.characters for each in missing] == ["🚧"]


def test_hanja_and_the_signs_of_offices_can_be_drawn() -> None:
    text = "大韓民國 龍 鬱 □○■▲●◆※☞★㎡㎜℃°′″±×÷①㊿㉮㉻「」『』【】〔〕ⅠⅡⅹ½ㆍ·～…￦"
    assert _read(dossier(case(description=text)))[0].cases[0].description == text


def test_look_alikes_are_drawn_as_the_sign_that_fonts_have() -> None:
    assert _read(dossier(case(description="3∼5∙6 ❍ 항목")))[0].cases[0].description == "3～5·6 ○ 항목"


def test_what_leaves_no_mark_is_dropped_and_every_kind_of_space_is_a_space() -> None:
    text = "가\u200b나\ufeff다\u00ad라\u200d마\ufe0f\u3000바\u00a0사\t아\x07"
    assert _read(dossier(case(description=text)))[0].cases[0].description == "가나다라마 바 사 아"


def test_every_kind_of_line_break_is_a_line_break() -> None:
    made = _read(dossier(case(description="가\r\n나\r다\u2028라\u2029마\x0b바")))[0]
    assert made.cases[0].description == "가\n나\n다\n라\n마\n바"


def test_decomposed_hangul_is_composed_also_after_its_letters_were_seen() -> None:
    reader = _reader()
    loose = unicodedata.normalize("NFD", "포트홀")
    assert reader.tidy("ᅩ") == "ᅩ"
    assert reader.tidy(loose) == "포트홀"
    assert reader.tidy(loose) == "포트홀"


def test_a_lone_surrogate_is_a_missing_character_and_not_a_crash() -> None:
    made, _ = _read(dossier(case(description="가\ud800나")), replace_missing=True)
    assert made.cases[0].description in {"가나", "가〓나"}


@given(st.text(max_size=80))
def test_after_reading_every_character_can_be_drawn(text) -> None:
    made, _ = _read(dossier(case(description=text)), replace_missing=True)
    assert all(
        character == "\n" or PAPER.measure.covers(character) for character in made.cases[0].description
    )


@given(st.lists(st.text(alphabet="가ᄀ각ᅡ́e\u1100ᆨ", max_size=6), max_size=4))
def test_what_was_read_before_changes_nothing(texts) -> None:
    reader = _reader()
    for text in texts:
        reader.tidy(text)
        assert reader.tidy(text) == _reader().tidy(text)
