"""Kinds that are recorded on site: case, visit, observation, photo, location, action, comment, tag."""

from __future__ import annotations

from typing import Final

from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import vocabularies as v
from fieldlog.domain.registry.declare import (
    case_link,
    choice,
    choices,
    date,
    flag,
    integer,
    link,
    links,
    long_text,
    moment,
    real,
    stage,
    text,
    tree,
    words,
)
from fieldlog.domain.registry.field import Kind, Merge, Personal

CASE_NUMBER: Final = r"[A-Z]{2,6}-\d{4}-\d{4,6}|임시-[0-9A-Z]{4}-\d{4,6}"
NATIONAL_POINT: Final = r"[가-하]{2} ?\d{2,5} ?\d{2,5}"

CASE: Final = Kind(
    id=1,
    name="case",
    label=Phrase("사안", "Case"),
    editable=True,
    fields=(
        text(
            2, "case_no", "사안번호", "Case number", pattern=CASE_NUMBER, required_from="DRAFT", searched=True
        ),
        text(3, "title", "제목", "Title", required_from="DRAFT", shortest=2, longest=100, searched=True),
        long_text(
            4, "description", "내용", "Description", longest=10_000, searched=True, personal=Personal.MAYBE
        ),
        choice(5, "channel", "접수경로", "Channel", v.CHANNEL, required_from="DRAFT"),
        text(
            6,
            "external_no",
            "외부접수번호",
            "External number",
            longest=40,
            searched=True,
            personal=Personal.PERSONAL,
        ),
        choice(7, "petition_type", "민원종류", "Petition type", v.PETITION),
        moment(8, "reported_at", "발생·신고일시", "Reported at", required_from="DRAFT"),
        moment(9, "received_at", "접수일시", "Received at", required_from="RECEIVED"),
        integer(10, "period_value", "처리기간", "Period", least=0, most=3650),
        choice(11, "period_unit", "처리기간 단위", "Period unit", v.PERIOD_UNIT),
        moment(12, "due_at", "처리기한", "Due", derived=True),
        moment(13, "original_due_at", "최초기한", "Original due"),
        moment(14, "answered_at", "답변일시", "Answered at"),
        moment(15, "resolved_at", "해결일시", "Resolved at"),
        text(
            16, "category_code", "분류", "Category", required_from="DRAFT", pattern=r"[A-Z]{2,8}(_[A-Z0-9]+)*"
        ),
        text(17, "brm_task_id", "단위과제", "BRM task", longest=60),
        choice(18, "severity", "심각도", "Severity", v.SEVERITY, required_from="DRAFT"),
        choice(19, "urgency", "긴급도", "Urgency", v.URGENCY, required_from="DRAFT"),
        integer(20, "affected_people", "영향 인원(추정)", "People affected", least=0, most=60_000_000),
        text(21, "affected_basis", "영향 인원 근거", "Basis of people affected", longest=200, searched=True),
        real(22, "priority_score", "우선순위 점수", "Priority", derived=True),
        stage(23, "stage", "상태", "Stage", v.STAGE, required_from="DRAFT"),
        text(24, "stage_reason", "상태 변경 사유", "Reason for the move", longest=1000, searched=True),
        choice(25, "close_reason", "종결사유", "Reason for closing", v.CLOSE_REASON),
        text(26, "lead_dept_id", "주관부서", "Lead department", required_from="TRIAGED", longest=60),
        text(27, "owner_user_id", "담당자", "Owner", required_from="TRIAGED", longest=60, searched=True),
        choice(28, "manager_type", "관리주체", "Managing body", v.MANAGER),
        text(29, "manager_org", "관리기관", "Managing agency", longest=60, searched=True),
        choices(30, "vulnerable_flags", "취약계층 관련", "Vulnerable people", v.VULNERABLE),
        long_text(31, "problem_statement", "문제정의", "Problem statement", longest=2000, searched=True),
        choice(32, "disclosure", "공개구분", "Disclosure", v.DISCLOSURE),
        words(33, "nondisclosure_nos", "비공개 호", "Grounds for non-disclosure", longest=10),
        choice(34, "retention", "보존기간", "Retention", v.RETENTION),
        link(35, "merged_into_id", "병합 대상", "Merged into"),
        integer(36, "reopen_count", "재개 횟수", "Times reopened", least=0, most=1000),
        choice(37, "good_practice", "우수사례", "Good practice", v.GOOD_PRACTICE),
        text(38, "location_waiver", "위치 없음 사유", "Why there is no place", longest=200),
        moment(39, "hold_until", "보류 기한", "On hold until"),
        text(40, "held_from", "보류 전 상태", "Stage before the hold", longest=20),
        links(41, "related_ids", "관련 사안", "Related cases"),
        words(42, "related_numbers", "관련 사안번호", "Related case numbers", longest=40),
        real(43, "capture_seconds", "기록에 든 시간(초)", "Seconds to record", least=0, most=86_400),
        flag(44, "answered_before_fix", "조치 전 답변", "Answered before the fix"),
        text(45, "lead_agency", "주관기관", "Lead agency", longest=60, searched=True),
    ),
)

VISIT: Final = Kind(
    id=2,
    name="visit",
    label=Phrase("현장방문", "Site visit"),
    editable=True,
    fields=(
        case_link(),
        integer(2, "visit_no", "방문차수", "Visit number", required_from="DRAFT", least=1, most=9999),
        choice(3, "visit_kind", "방문유형", "Kind of visit", v.VISIT_KIND, required_from="DRAFT"),
        moment(4, "planned_at", "계획일시", "Planned at"),
        moment(5, "started_at", "시작", "Started"),
        moment(6, "ended_at", "종료", "Ended"),
        text(7, "trip_ref", "출장번호", "Trip number", longest=40, searched=True),
        words(8, "companions", "동행자", "Companions", longest=40, personal=Personal.PERSONAL),
        choice(9, "transport", "이동수단", "Transport", v.TRANSPORT),
        choice(10, "weather", "날씨", "Weather", v.WEATHER),
        real(11, "temp_c", "기온(℃)", "Temperature (°C)", least=-40, most=50),
        text(12, "purpose", "목적", "Purpose", required_from="DRAFT", longest=300, searched=True),
        long_text(13, "summary", "결과요약", "Summary", longest=4000, searched=True, personal=Personal.MAYBE),
        choice(14, "report_mode", "복명방식", "Way of reporting", v.REPORT_MODE),
        text(15, "oral_reason", "구두보고 사유", "Why reported orally", longest=200),
        flag(16, "offline", "오프라인 기록", "Recorded offline"),
        flag(17, "safety_ack", "안전확인", "Safety acknowledged"),
        choice(18, "result", "방문결과", "Result", v.VISIT_RESULT),
        integer(19, "participants", "참여 인원", "People taking part", least=1, most=1000),
        text(20, "device_kind", "사용 기기", "Device used", longest=60),
    ),
)

OBSERVATION: Final = Kind(
    id=3,
    name="observation",
    label=Phrase("관찰·조사결과", "Observation"),
    editable=True,
    fields=(
        case_link(),
        link(2, "visit_id", "현장방문", "Visit"),
        integer(3, "seq", "순번", "Order", least=0, most=99_999),
        choice(4, "kind", "종류", "Kind", v.OBSERVATION_KIND, required_from="DRAFT"),
        long_text(
            5,
            "text",
            "내용",
            "Text",
            required_from="DRAFT",
            longest=4000,
            searched=True,
            personal=Personal.MAYBE,
        ),
        text(6, "metric_code", "측정항목", "Metric", longest=60, searched=True),
        real(7, "value_num", "값", "Value"),
        choice(8, "unit", "단위", "Unit", v.UNIT),
        text(9, "instrument", "측정기", "Instrument", longest=60),
        real(10, "uncertainty", "불확도", "Uncertainty", least=0),
        integer(11, "risk", "위험도", "Risk", least=1, most=5),
        text(12, "checklist_item", "점검표 항목", "Checklist item", longest=120),
        choice(13, "verdict", "판정", "Verdict", v.VERDICT),
        links(14, "photo_ids", "관련사진", "Related photos"),
    ),
)

PHOTO: Final = Kind(
    id=4,
    name="photo",
    label=Phrase("사진", "Photo"),
    editable=True,
    fields=(
        case_link(),
        choice(2, "phase", "단계", "Phase", v.PHASE, required_from="DRAFT"),
        text(
            3, "sha256", "원본 해시", "Hash of the original", pattern=r"[0-9a-f]{64}", merge_rule=Merge.ONCE
        ),
        text(
            4,
            "original_name",
            "원본 파일명",
            "Original file name",
            longest=255,
            searched=True,
            personal=Personal.MAYBE,
        ),
        text(5, "mime", "형식", "Format", longest=40, merge_rule=Merge.ONCE),
        integer(6, "bytes", "크기(바이트)", "Size (bytes)", least=0, merge_rule=Merge.ONCE),
        integer(7, "width", "가로 화소", "Width", least=0, merge_rule=Merge.ONCE),
        integer(8, "height", "세로 화소", "Height", least=0, merge_rule=Merge.ONCE),
        moment(9, "taken_at", "촬영일시", "Taken at"),
        choice(10, "taken_at_source", "촬영일시 출처", "Source of the time", v.TIME_SOURCE),
        real(11, "lat", "위도", "Latitude", least=-90, most=90, personal=Personal.PLACE),
        real(12, "lon", "경도", "Longitude", least=-180, most=180, personal=Personal.PLACE),
        real(13, "gps_acc", "위치 정확도(m)", "Accuracy (m)", least=0),
        choice(14, "geo_source", "좌표 출처", "Source of the place", v.PLACE_SOURCE),
        real(15, "heading_deg", "방위", "Heading", least=0, most=360),
        text(16, "caption", "설명", "Caption", longest=300, searched=True, personal=Personal.MAYBE),
        link(17, "pair_photo_id", "대응사진", "Counterpart"),
        tree(18, "redactions", "가림영역", "Redactions", personal=Personal.FACE),
        choice(19, "pii_review", "개인정보 확인", "Privacy review", v.PII_REVIEW),
        flag(20, "notice_given", "촬영고지", "Notice given"),
        flag(21, "public_ok", "공개 가능", "May be published"),
        link(22, "derived_from", "원본 사진", "Derived from"),
        tree(23, "ops", "편집이력", "Edits"),
        link(24, "visit_id", "현장방문", "Visit"),
        text(25, "order", "순서", "Order", longest=60),
        text(26, "camera", "촬영기기", "Camera", longest=120),
        words(27, "pii_found", "발견된 개인정보", "Personal data found", longest=40),
        real(28, "altitude_m", "고도(m)", "Altitude (m)"),
    ),
)

LOCATION: Final = Kind(
    id=5,
    name="location",
    label=Phrase("위치", "Place"),
    editable=True,
    fields=(
        case_link(),
        real(
            2, "lat", "위도", "Latitude", required_from="DRAFT", least=-90, most=90, personal=Personal.PLACE
        ),
        real(
            3,
            "lon",
            "경도",
            "Longitude",
            required_from="DRAFT",
            least=-180,
            most=180,
            personal=Personal.PLACE,
        ),
        real(4, "accuracy_m", "정확도(m)", "Accuracy (m)", least=0),
        choice(5, "source", "출처", "Source", v.PLACE_SOURCE, required_from="DRAFT"),
        text(6, "road_addr", "도로명주소", "Road address", longest=200, searched=True),
        text(7, "jibun_addr", "지번주소", "Parcel address", longest=200, searched=True),
        text(
            8,
            "addr_detail",
            "상세주소",
            "Address detail",
            longest=120,
            searched=True,
            personal=Personal.PERSONAL,
        ),
        text(9, "bjd_code", "법정동코드", "Legal-dong code", pattern=r"\d{10}"),
        date(10, "bjd_as_of", "법정동 기준일", "Legal-dong as of"),
        text(11, "hjd_code", "행정동코드", "Administrative-dong code", pattern=r"\d{7,10}"),
        text(
            12,
            "national_point_no",
            "국가지점번호",
            "National point number",
            pattern=NATIONAL_POINT,
            searched=True,
        ),
        text(13, "asset_no", "시설물번호", "Asset number", longest=60, searched=True),
        text(14, "place_hint", "위치설명", "Place in words", longest=200, searched=True),
        text(15, "border_with", "경계주의", "Border with", longest=100),
        choice(16, "blur_m", "흐림", "Blur", v.BLUR),
        tree(17, "geometry", "기하", "Geometry"),
        text(18, "bjd_name", "법정동", "Legal dong", longest=100, searched=True),
    ),
)

ACTION: Final = Kind(
    id=6,
    name="action",
    label=Phrase("조치", "Action"),
    editable=True,
    fields=(
        case_link(),
        text(2, "title", "조치 내용", "Title", required_from="DRAFT", longest=200, searched=True),
        text(3, "owner_org_id", "담당기관", "Responsible agency", longest=100, searched=True),
        text(4, "owner_user_id", "담당자", "Responsible person", longest=60, searched=True),
        date(5, "due_on", "기한", "Due on", required_from="IN_ACTION"),
        choice(6, "status", "진행", "Status", v.ACTION_STATUS, required_from="DRAFT"),
        date(7, "done_on", "완료일", "Done on"),
        flag(8, "mandatory", "필수", "Mandatory"),
        integer(9, "cost_planned", "예정 비용(원)", "Planned cost (KRW)", least=0),
        integer(10, "cost_actual", "집행 비용(원)", "Actual cost (KRW)", least=0),
        text(11, "blocked_reason", "막힌 사유", "Why blocked", longest=300),
        links(12, "evidence_photo_ids", "증빙사진", "Evidence photos"),
        choice(13, "permanence", "성격", "Permanence", v.PERMANENCE),
        links(14, "depends_on", "선행 조치", "Depends on"),
    ),
)

COMMENT: Final = Kind(
    id=7,
    name="comment",
    label=Phrase("의견", "Comment"),
    editable=True,
    fields=(
        case_link(),
        long_text(
            2,
            "body",
            "내용",
            "Body",
            required_from="DRAFT",
            longest=4000,
            searched=True,
            personal=Personal.MAYBE,
        ),
        choice(3, "kind", "종류", "Kind", v.COMMENT_KIND),
        moment(4, "resolved_at", "해결일시", "Resolved at"),
        link(5, "about_id", "대상 기록", "About"),
        link(6, "earlier_id", "앞선 판", "Earlier version"),
    ),
)

TAG: Final = Kind(
    id=8,
    name="tag",
    label=Phrase("태그", "Tag"),
    editable=True,
    fields=(
        case_link(),
        text(2, "name", "이름", "Name", required_from="DRAFT", longest=20, searched=True),
        text(3, "color", "색", "Colour", longest=20),
        text(4, "shape", "모양", "Shape", longest=20),
        choice(5, "scope", "범위", "Scope", v.TAG_SCOPE),
    ),
)
