"""Kinds of the office: attachments, reports, people, devices, plans and the agency's own tables."""

from __future__ import annotations

from typing import Final

from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import codes as c
from fieldlog.domain.registry import forms
from fieldlog.domain.registry.declare import (
    case_link,
    choice,
    choices,
    date,
    flag,
    integer,
    links,
    long_text,
    moment,
    real,
    text,
    tree,
    words,
)
from fieldlog.domain.registry.field import Kind, Merge, Personal
from fieldlog.domain.registry.vocabularies import PII_REVIEW

ATTACHMENT: Final = Kind(
    id=19,
    name="attachment",
    label=Phrase("첨부", "Attachment"),
    fields=(
        case_link(),
        text(2, "file_name", "파일명", "File name", longest=255, searched=True),
        text(3, "mime", "형식", "Format", longest=80),
        integer(4, "bytes", "크기", "Size", least=0),
        text(5, "sha256", "해시", "Hash", pattern=r"[0-9a-f]{64}", form=forms.HASH),
        choice(6, "kind", "종류", "Kind", c.ATTACHMENT_KIND),
        choice(7, "pii_review", "개인정보 확인", "Privacy review", PII_REVIEW),
        text(8, "virus_check", "악성코드 검사", "Malware check", longest=40),
    ),
)
REPORT: Final = Kind(
    id=20,
    name="report",
    label=Phrase("보고서", "Report"),
    fields=(
        case_link(),
        choice(2, "template", "서식", "Template", c.TEMPLATE),
        text(3, "version", "판", "Version", longest=20),
        words(4, "case_numbers", "사안번호", "Case numbers", longest=40),
        moment(5, "generated_at", "만든 때", "Made at"),
        text(6, "generated_by", "만든 사람", "Made by", longest=60),
        integer(7, "page_count", "쪽수", "Pages", least=0),
        text(8, "sha256", "해시", "Hash", pattern=r"[0-9a-f]{64}", form=forms.HASH),
        choice(9, "pii_profile", "공개 수준", "Disclosure level", c.DISCLOSED_TO),
        text(10, "doc_ref", "문서번호", "Document number", longest=60, searched=True),
        text(11, "file_name", "파일명", "File name", longest=255, searched=True),
    ),
)
PLANNED_WORK: Final = Kind(
    id=21,
    name="planned_work",
    label=Phrase("예정사업", "Planned work"),
    fields=(
        text(2, "title", "사업명", "Title", longest=200, searched=True),
        text(3, "org", "기관", "Agency", longest=100, searched=True),
        tree(4, "geometry", "위치", "Geometry"),
        date(5, "from_on", "시작", "From"),
        date(6, "to_on", "끝", "To"),
        integer(7, "budget", "예산(원)", "Budget (KRW)", least=0),
        text(8, "category_code", "분류", "Category", longest=40),
        text(9, "contact_dept", "문의 부서", "Contact", longest=60),
    ),
)
BASELINE: Final = Kind(
    id=22,
    name="baseline",
    label=Phrase("기준시간", "Baseline"),
    fields=(
        text(2, "agency", "기관", "Agency", longest=60),
        choice(3, "kind", "종류", "Kind", c.TIME_KIND),
        real(4, "minutes", "분", "Minutes", least=0),
        text(5, "source", "출처", "Source", longest=200),
        date(6, "valid_from", "적용일", "Valid from"),
    ),
)
AGENCY: Final = Kind(
    id=23,
    name="agency",
    label=Phrase("기관", "Agency"),
    fields=(
        text(2, "org_code", "기관코드", "Agency code", pattern=r"[0-9A-Z]\d{6}", form=forms.AGENCY),
        text(3, "name", "이름", "Name", longest=100, searched=True),
        text(4, "short", "줄임말", "Short name", longest=40),
        choice(5, "level", "급", "Level", c.AGENCY_LEVEL),
        text(6, "parent", "상위기관", "Parent", longest=36),
        date(7, "valid_from", "적용일", "Valid from"),
        date(8, "valid_to", "종료일", "Valid to"),
        words(9, "successor_codes", "승계코드", "Successors", longest=20),
    ),
)
DEPARTMENT: Final = Kind(
    id=24,
    name="department",
    label=Phrase("부서", "Department"),
    fields=(
        text(2, "dept_code", "부서코드", "Code", longest=40),
        text(3, "agency", "기관", "Agency", longest=60),
        text(4, "name", "이름", "Name", longest=100, searched=True),
        text(5, "phone", "대표전화", "Phone", longest=40),
        text(6, "duties", "업무", "Duties", longest=500),
        date(7, "valid_from", "적용일", "Valid from"),
        date(8, "valid_to", "종료일", "Valid to"),
    ),
)
USER: Final = Kind(
    id=25,
    name="user",
    label=Phrase("공무원", "Official"),
    editable=True,
    fields=(
        text(2, "login_name", "계정", "Account", longest=60),
        text(3, "display_name", "이름", "Name", longest=60, personal=Personal.PERSONAL),
        text(4, "rank", "직급", "Rank", longest=40),
        text(5, "title", "직위", "Position", longest=40),
        text(6, "dept", "부서", "Department", longest=60),
        choices(7, "roles", "역할", "Roles", c.ROLE),
        text(8, "phone_office", "사무실 전화", "Office phone", longest=40),
        flag(9, "active", "사용", "Active"),
    ),
)
DEVICE: Final = Kind(
    id=26,
    name="device",
    label=Phrase("기기", "Device"),
    fields=(
        text(2, "name", "이름", "Name", longest=60),
        choice(3, "kind", "종류", "Kind", c.DEVICE_KIND),
        text(4, "os", "운영체제", "Operating system", longest=60),
        moment(5, "last_sync_at", "마지막 동기화", "Last sync"),
        text(6, "key_id", "키", "Key", longest=64),
        flag(7, "lost", "분실", "Lost"),
    ),
)
REPORT_TEMPLATE: Final = Kind(
    id=27,
    name="report_template",
    label=Phrase("서식", "Template"),
    fields=(
        choice(2, "code", "코드", "Code", c.TEMPLATE),
        text(3, "agency", "기관", "Agency", longest=60),
        tree(4, "layout", "구성", "Layout"),
        text(5, "version", "판", "Version", longest=20),
        date(6, "valid_from", "적용일", "Valid from"),
        text(7, "header", "머리말", "Header", longest=200),
        text(8, "footer", "꼬리말", "Footer", longest=200),
        words(9, "approval", "결재란", "Approval boxes", longest=20),
        text(10, "font", "글꼴", "Font", longest=60),
    ),
)
PLAN: Final = Kind(
    id=28,
    name="plan",
    label=Phrase("혁신계획", "Innovation plan"),
    fields=(
        integer(2, "year", "연도", "Year", least=2000, most=2200),
        text(3, "agency", "기관", "Agency", longest=60),
        text(4, "title", "제목", "Title", longest=200, searched=True),
    ),
)
PLAN_ITEM: Final = Kind(
    id=29,
    name="plan_item",
    label=Phrase("계획 과제", "Plan item"),
    fields=(
        text(2, "plan_id", "혁신계획", "Plan", longest=36),
        text(3, "indicator", "지표", "Indicator", longest=200, searched=True),
        real(4, "baseline", "기준값", "Baseline"),
        real(5, "target", "목표", "Target"),
        tree(6, "quarters", "분기 목표", "Quarter targets"),
        text(7, "kpi", "연결 지표", "Linked KPI", longest=10),
    ),
)
CHECKUP: Final = Kind(
    id=30,
    name="checkup",
    label=Phrase("점검", "Check-up"),
    fields=(
        text(2, "plan_item_id", "계획 과제", "Plan item", longest=36),
        text(3, "quarter", "분기", "Quarter", longest=10),
        integer(4, "self_score", "자체평가", "Self score", least=0, most=100),
        long_text(5, "obstacles", "애로", "Obstacles", longest=4000),
        links(6, "evidence_cases", "근거 사안", "Evidence cases"),
    ),
)
SUPPORT_REQUEST: Final = Kind(
    id=31,
    name="support_request",
    label=Phrase("지원요청", "Support request"),
    fields=(
        choice(2, "kind", "종류", "Kind", c.SUPPORT_KIND),
        long_text(3, "text", "내용", "Text", longest=4000),
        text(4, "owner", "담당", "Owner", longest=60),
    ),
)
OVERSIGHT_NOTE: Final = Kind(
    id=32,
    name="oversight_note",
    label=Phrase("점검 의견", "Oversight note"),
    fields=(
        text(2, "about_id", "대상", "About", longest=36),
        long_text(3, "text", "내용", "Text", longest=4000),
        date(4, "due_on", "기한", "Due on"),
        long_text(5, "reply", "답변", "Reply", longest=4000),
    ),
)
SAVED_FILTER: Final = Kind(
    id=33,
    name="saved_filter",
    label=Phrase("저장된 필터", "Saved filter"),
    editable=True,
    fields=(
        text(2, "name", "이름", "Name", required_from="DRAFT", longest=40),
        tree(3, "filter", "조건", "Conditions"),
    ),
)
AUDIT_EVENT: Final = Kind(
    id=34,
    name="audit_event",
    label=Phrase("감사기록", "Audit event"),
    fields=(
        moment(2, "at", "일시", "At", required_from="DRAFT", merge_rule=Merge.ONCE),
        text(3, "actor", "계정", "Account", longest=60, personal=Personal.PERSONAL, merge_rule=Merge.ONCE),
        text(4, "device", "기기", "Device", longest=60, merge_rule=Merge.ONCE),
        choice(5, "action", "행위", "Action", c.AUDIT_ACTION, required_from="DRAFT", merge_rule=Merge.ONCE),
        text(6, "entity", "대상", "About", longest=36, merge_rule=Merge.ONCE),
        text(
            7,
            "before_hash",
            "앞 해시",
            "Hash before",
            pattern=r"[0-9a-f]{64}",
            form=forms.HASH,
            merge_rule=Merge.ONCE,
        ),
        text(
            8,
            "after_hash",
            "뒤 해시",
            "Hash after",
            pattern=r"[0-9a-f]{64}",
            form=forms.HASH,
            merge_rule=Merge.ONCE,
        ),
        text(
            9,
            "subject",
            "정보주체",
            "Data subject",
            longest=60,
            personal=Personal.PERSONAL,
            merge_rule=Merge.ONCE,
        ),
        text(10, "reason", "사유", "Reason", longest=500, merge_rule=Merge.ONCE),
        text(11, "host", "접속지", "Host", longest=120, merge_rule=Merge.ONCE),
    ),
)
