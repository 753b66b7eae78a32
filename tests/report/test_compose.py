"""What the three reports say, in order: goldens on blocks, not on pixels."""

from dataclasses import replace
from datetime import timedelta

from helpers.dossiers import AGENCY, REPORTED, case, dossier, empty_case, photo

from fieldlog.report import compose_r1, compose_r2, compose_r4
from fieldlog.report.blocks import (
    Closing,
    Heading,
    Item,
    Level,
    Line,
    Masthead,
    PageBreak,
    PlateSheet,
    Table,
    TitleBox,
)
from fieldlog.report.dossier import Official, Phase, Visit

PLACE = "한빛시 가온구 한빛대로 12 (가온약국 앞 우측 차로)"


def _headings(blocks) -> list[str]:
    return [
        block.text
        for block in blocks
        if isinstance(block, Heading) or (isinstance(block, Item) and block.level is Level.BOX)
    ]


def _table(blocks, at) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in [b for b in blocks if isinstance(b, Table)][at].rows]


def test_the_field_report_has_its_sections_in_order() -> None:
    (page,) = compose_r1.compose(dossier())
    assert [section.title for section in page.sections] == [
        "문제 개요",
        "현장 확인 결과",
        "조사자 의견",
        "조치 사항 및 계획",
    ]
    assert page.title.text == "한빛대로 남측 차로 포트홀"
    assert page.title.under == "2026. 4. 13.(월), 도로과 시설주사보 한가람"
    assert page.masthead == Masthead(approval=("담 당", "팀 장", "과 장", "국 장"), kind="현장보고")


def test_the_field_report_states_the_case_in_a_table() -> None:
    (page,) = compose_r1.compose(dossier())
    rows = [tuple(cell.text for cell in row) for row in page.facts.rows]
    assert rows == [
        ("사안번호", "FL-2026-0006", "분류", "도로·교통시설 > 포트홀"),
        ("접수일시", "2026. 3. 9.(월) 09:00", "처리기한", "2026. 3. 17.(화) 18:00"),
        ("접수경로", "안전신문고 (기타민원)", "담당", "도로과 한가람"),
        ("심각도·긴급도", "▲ 높음, 시급", "처리상태", "조치중"),
        (
            "위치",
            f"{PLACE} / 37.493000, 127.029820 (±8 m), 국가지점번호 다사\u00a05812\u00a04391",
        ),
    ]


def test_an_empty_case_says_that_nothing_is_recorded() -> None:
    (page,) = compose_r1.compose(dossier(empty_case()))
    assert [item.text for section in page.sections for item in section.items] == ["기록된 내용 없음"]


def test_photos_before_and_after_come_first_and_keep_their_numbers() -> None:
    first, before = photo(0), photo(1)
    after = photo(2, phase=Phase.AFTER, pair=before.digest)
    (page,) = compose_r1.compose(dossier(case(photos=(first, before, after))))
    assert [plate.tag for plate in page.plates] == ["사진 2", "사진 3", "사진 1"]


def test_the_trip_report_has_every_part_of_the_form() -> None:
    blocks = compose_r2.compose(dossier())
    assert _headings(blocks) == [
        "1. 일정별 수행내용",
        "2. 조사결과",
        "문제 개요",
        "확인 사실",
        "관계자 진술",
        "3. 의견 및 조치계획",
        "조사자 의견",
        "조치 사항 및 계획",
        "붙임. 사진대지",
    ]
    assert blocks[0] == Masthead(
        register=("문서번호", "등록일자", "공개구분", "보존기간", "단위과제"), approval=AGENCY.approval
    )
    assert blocks[1] == TitleBox("출 장 복 명 서", outline="출장복명서")
    assert _table(blocks, 0) == [
        ("소속", "도로과", "직급", "시설주사보", "성명", "한가람"),
        ("동행자", "도로보수원 이든"),
        ("출장기간", "2026. 3. 9.(월), 1일간"),
        ("출장지", PLACE),
        ("출장목적", "현장 확인 및 응급복구 판단"),
    ]


def test_the_trip_report_closes_with_who_reports_and_what_is_attached() -> None:
    blocks = compose_r2.compose(dossier())
    lines = [block.text for block in blocks if isinstance(block, Line)]
    assert lines == ["위와 같이 복명합니다.", "2026. 4. 13.", "복명자  도로과 시설주사보 한가람  (서명)"]
    assert [block.lines for block in blocks if isinstance(block, Closing)] == [("붙임  사진대지 1부.  끝.",)]


def test_without_photos_nothing_is_attached() -> None:
    blocks = compose_r2.compose(dossier(case(photos=())))
    assert [block.lines for block in blocks if isinstance(block, Closing)] == [("끝.",)]
    assert not any(isinstance(block, PlateSheet | PageBreak) for block in blocks)


def test_several_cases_of_one_trip_share_period_and_schedule() -> None:
    later = Visit(1, started_at=REPORTED + timedelta(days=1), purpose="재확인", companions=("나래",))
    other = case(number="FL-2026-0007", title="보도 침하", visits=(later,))
    blocks = compose_r2.compose(dossier(other, case()))
    who = dict(row for row in _table(blocks, 0)[1:])
    assert who["출장기간"] == "2026. 3. 9.(월)～2026. 3. 10.(화), 2일간"
    assert who["동행자"] == "나래, 도로보수원 이든"
    schedule = _table(blocks, 1)[1:]
    assert [row[2].splitlines()[0] for row in schedule] == [
        "[FL-2026-0006] 1차 도로·포트홀",
        "[FL-2026-0007] 1차",
    ]
    assert "3. 사안 FL-2026-0006 한빛대로 남측 차로 포트홀" in _headings(blocks)
    tags = [p.tag for b in blocks if isinstance(b, PlateSheet) for row in b.rows for p in row]
    assert tags == ["사진 1-1", "사진 1-2", "사진 2-1", "사진 2-2"]


def test_a_visit_without_a_time_comes_last_in_the_schedule() -> None:
    visits = (Visit(2, purpose="미정"), *case().visits)
    schedule = _table(compose_r2.compose(dossier(case(visits=visits))), 1)[1:]
    assert [row[0] for row in schedule] == ["2026. 3. 9.(월)\n10:10～10:32", "-"]


def test_a_trip_report_of_an_empty_case_still_has_its_form() -> None:
    blocks = compose_r2.compose(dossier(empty_case(), official=Official("")))
    assert "1. 일정별 수행내용" in _headings(blocks)
    assert dict(row for row in _table(blocks, 0)[1:])["출장목적"] == "제목만 있는 사안"


def test_the_photo_sheet_begins_with_what_it_belongs_to() -> None:
    blocks = compose_r4.compose(dossier())
    assert blocks[0] == TitleBox("사 진 대 지", outline="사진대지 FL-2026-0006 한빛대로 남측 차로 포트홀")
    assert _table(blocks, 0)[0] == ("사안번호", "FL-2026-0006", "분류", "도로·교통시설 > 포트홀")


def test_photos_stand_in_rows_of_the_arrangement() -> None:
    photos = tuple(photo(n) for n in range(5))
    sheets = {
        arrangement: compose_r4.compose(dossier(case(photos=photos)), arrangement)[-1]
        for arrangement in compose_r4.ARRANGEMENTS
    }
    shapes = {name: (sheet.columns, sheet.rows_per_page, len(sheet.rows)) for name, sheet in sheets.items()}
    assert shapes == {"1": (1, 1, 5), "2": (1, 2, 5), "4": (2, 2, 3), "6": (2, 3, 3), "pairs": (2, 3, 5)}


def test_every_case_has_a_photo_sheet_of_its_own_from_a_new_page() -> None:
    blocks = compose_r4.compose(dossier(case(), replace(case(), number="FL-2026-0007")))
    assert sum(isinstance(block, PageBreak) for block in blocks) == 1
    assert sum(isinstance(block, PlateSheet) for block in blocks) == 2
