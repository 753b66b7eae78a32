from dataclasses import replace
from datetime import date, timedelta

from helpers.dossiers import REPORTED, case, photo

from fieldlog.report import passages
from fieldlog.report.blocks import Item, Level
from fieldlog.report.dossier import Action, Comment, Observation, ObservationKind, Phase, Place, Visit


def _texts(items) -> list[str]:
    return [item.text for item in items]


def test_every_paragraph_is_an_item() -> None:
    assert passages.paragraphs("첫째\n\n 둘째 \n") == (Item(Level.CIRCLE, "첫째"), Item(Level.CIRCLE, "둘째"))


def test_a_mark_the_writer_typed_is_kept_and_sets_the_level() -> None:
    assert passages.paragraphs("□ 개요\n- 내용\n※ 참고\n○항목") == (
        Item(Level.CIRCLE, "개요", "□"),
        Item(Level.DASH, "내용", "-"),
        Item(Level.NOTE, "참고", "※"),
        Item(Level.CIRCLE, "○항목"),
    )


def test_a_minus_sign_before_a_number_is_no_mark() -> None:
    assert passages.paragraphs("-5 ℃에서 결빙")[0] == Item(Level.CIRCLE, "-5 ℃에서 결빙")


def test_a_label_goes_before_the_first_paragraph_only() -> None:
    assert _texts(passages.labelled("목적", "확인\n복구")) == ["(목적) 확인", "복구"]
    assert passages.labelled("목적", " \n") == ()


def test_a_measurement_tells_value_and_instrument() -> None:
    made = Observation(1, ObservationKind.MEASUREMENT, "폭", "60 cm", "줄자")
    kinds = (ObservationKind.MEASUREMENT, ObservationKind.FACT)
    assert _texts(passages.observation_items([made], kinds)) == ["[측정] 폭: 60 cm (측정기: 줄자)"]


def test_a_statement_is_named_only_among_other_kinds() -> None:
    made = [Observation(1, ObservationKind.STATEMENT, "넘어질 뻔함")]
    alone = passages.observation_items(made, [ObservationKind.STATEMENT])
    among = passages.observation_items(made, [ObservationKind.STATEMENT, ObservationKind.FACT])
    assert (_texts(alone), _texts(among)) == (["넘어질 뻔함"], ["[진술] 넘어질 뻔함"])


def test_opinions_are_never_told_among_facts() -> None:
    facts = passages.observation_items(
        case().observations, (ObservationKind.FACT, ObservationKind.MEASUREMENT)
    )
    assert not any("판단됨" in text for text in _texts(facts))


def test_an_observation_without_words_tells_nothing() -> None:
    assert (
        passages.observation_items([Observation(1, ObservationKind.FACT, "")], [ObservationKind.FACT]) == ()
    )


def test_a_visit_tells_when_with_whom_why_and_what_came_of_it() -> None:
    assert _texts(passages.visit_items(case().visits)) == [
        "1차 도로·포트홀: 2026. 3. 9.(월) 10:10～10:32, 동행: 도로보수원 이든",
        "(목적) 현장 확인 및 응급복구 판단",
        "(결과: 이상 확인) 파손 크기를 재고 안전고깔 2개를 설치함",
    ]


def test_a_visit_reported_orally_says_so_and_why() -> None:
    made = Visit(2, reported_orally=True, oral_reason="경미한 사항")
    assert _texts(passages.visit_items([made])) == ["2차: -", "구두보고로 갈음: 경미한 사항"]


def test_an_action_tells_who_and_until_when_or_that_it_is_done() -> None:
    actions = (
        Action("응급복구", "도로보수팀", date(2026, 3, 9), "완료", date(2026, 3, 10)),
        Action("재포장", "도로과", date(2026, 3, 31), "진행 중"),
        Action("점검", note="- 매주 월요일"),
    )
    assert _texts(passages.action_items(actions)) == [
        "응급복구 (도로보수팀, 2026. 3. 10.(화) 완료)",
        "재포장 (도로과, 2026. 3. 31.(화)까지, 진행 중)",
        "점검",
        "매주 월요일",
    ]


def test_a_comment_names_its_writer_and_day() -> None:
    made = case(comments=(Comment("이든", REPORTED, "예산 확인"), Comment("한가람", None, "동의함")))
    assert _texts(passages.comment_items(made)) == ["(이든, 2026. 3. 9.) 예산 확인", "(한가람) 동의함"]


def test_a_place_is_told_as_far_as_it_is_known() -> None:
    assert passages.place_text(None) == ""
    assert passages.place_text(Place(hint="약국 앞")) == "약국 앞"
    assert passages.place_text(Place(address="한빛대로 12", hint="약국 앞")) == "한빛대로 12 (약국 앞)"
    assert passages.coordinate_text(Place(latitude=37.5, longitude=127.0)) == "37.500000, 127.000000"
    assert (
        passages.coordinate_text(Place(national_point_no="다사 5812 4391"))
        == "국가지점번호 다사\u00a05812\u00a04391"
    )


def test_what_is_not_known_shows_a_dash() -> None:
    from helpers.dossiers import empty_case

    cells = [cell.text for row in passages.fact_rows(empty_case()) for cell in row if not cell.label]
    assert cells == ["임시-0001", *["-"] * 8]


def test_photos_that_face_one_another_stand_in_order_of_time() -> None:
    before, after, alone = photo(0, phase=Phase.BEFORE), photo(1, phase=Phase.AFTER), photo(2)
    after = photo(1, phase=Phase.AFTER, pair=before.digest)
    assert passages.facing([after, alone, before]) == ((before, after), (alone, None))
    assert passages.has_pairs([after, before])
    assert not passages.has_pairs([alone, photo(3, pair=photo(9).digest)])


def test_a_pair_named_by_both_photos_is_one_pair() -> None:
    one = photo(0, pair=photo(1).digest)
    other = photo(1, phase=Phase.AFTER, pair=photo(0).digest)
    assert passages.facing([one, other]) == ((one, other),)


def test_no_photo_is_lost_when_several_name_the_same_counterpart() -> None:
    root = photo(0)
    others = [photo(n, phase=Phase.AFTER, pair=root.digest) for n in range(1, 4)]
    pairs = passages.facing([root, *others])
    assert sorted(p.caption for pair in pairs for p in pair if p) == sorted(
        p.caption for p in (root, *others)
    )


def test_a_photo_that_names_itself_stands_alone() -> None:
    one = photo(0, pair=photo(0).digest)
    assert passages.facing([one]) == ((one, None),)


def test_a_trip_lasts_from_the_first_start_to_the_last_end() -> None:
    visits = [
        Visit(1, started_at=REPORTED, ended_at=REPORTED + timedelta(days=1)),
        Visit(2, started_at=REPORTED - timedelta(days=2)),
        Visit(3),
    ]
    assert passages.period(visits) == (date(2026, 3, 7), date(2026, 3, 10))
    assert passages.period([Visit(1)]) is None


def test_a_place_without_an_address_is_told_by_its_coordinate() -> None:
    bare = Place(latitude=37.5665, longitude=126.978, national_point_no="다사 5390 5203")
    assert passages.whereabouts(bare) == "37.566500, 126.978000, 국가지점번호 다사\u00a05390\u00a05203"
    assert passages.whereabouts(replace(bare, address="한빛로 1")) == "한빛로 1"
    assert passages.whereabouts(None) == ""
