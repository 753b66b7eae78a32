"""Kinds that solve the problem: people, causes, alternatives, decisions, collaboration, effect, follow-up."""

from __future__ import annotations

from typing import Final

from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry import codes as c
from fieldlog.domain.registry.declare import (
    case_link,
    choice,
    date,
    flag,
    integer,
    links,
    long_text,
    moment,
    real,
    text,
    tree,
)
from fieldlog.domain.registry.field import Kind, Personal

PARTY: Final = Kind(
    id=9,
    name="party",
    label=Phrase("관계자", "Party"),
    fields=(
        case_link(),
        choice(2, "kind", "구분", "Kind", c.PARTY_KIND, required_from="DRAFT"),
        text(3, "label", "표시이름", "Shown as", required_from="DRAFT", longest=40, searched=True),
        text(4, "name", "이름", "Name", longest=60, personal=Personal.PERSONAL),
        text(5, "phone", "전화", "Phone", longest=40, personal=Personal.PERSONAL),
        text(6, "email", "전자우편", "Email", longest=120, personal=Personal.PERSONAL),
        text(7, "address", "주소", "Address", longest=200, personal=Personal.PERSONAL),
        choice(8, "notify_by", "통지방법", "Notify by", c.NOTIFY_BY),
        text(9, "consent_scope", "동의 범위", "Consent", longest=200),
        moment(10, "consent_at", "동의일시", "Consent at"),
        flag(11, "whistleblower", "신고자 보호", "Protected reporter", personal=Personal.SENSITIVE),
        choice(12, "stance", "입장", "Stance", c.STANCE),
        date(13, "purge_on", "파기예정일", "Purge on"),
        text(14, "role", "역할", "Role", longest=40),
    ),
)
CAUSE: Final = Kind(
    id=10,
    name="cause",
    label=Phrase("원인", "Cause"),
    fields=(
        case_link(),
        choice(2, "method", "분석방법", "Method", c.CAUSE_METHOD),
        long_text(3, "text", "내용", "Text", required_from="DRAFT", longest=2000, searched=True),
        links(4, "evidence_observation_ids", "근거 관찰", "Evidence"),
        integer(5, "level", "단계", "Level", least=0, most=20),
        choice(6, "confirmed", "확인", "Confirmed", c.CONFIRMED),
    ),
)
ALTERNATIVE: Final = Kind(
    id=11,
    name="alternative",
    label=Phrase("대안", "Alternative"),
    fields=(
        case_link(),
        text(2, "title", "제목", "Title", required_from="DRAFT", longest=200, searched=True),
        long_text(3, "text", "내용", "Text", longest=4000, searched=True),
        integer(4, "cost_krw", "비용(원)", "Cost (KRW)", least=0),
        integer(5, "days", "소요일", "Days", least=0),
        text(6, "legal_basis", "법적근거", "Legal basis", longest=300),
        text(7, "risk", "위험", "Risk", longest=300),
        tree(8, "scores", "기준점수", "Scores"),
        tree(9, "weights", "가중치", "Weights"),
        real(10, "weighted_total", "가중합", "Weighted total", derived=True),
        flag(11, "chosen", "선택", "Chosen"),
        long_text(12, "chosen_reason", "선택사유", "Reason chosen", longest=2000, searched=True),
        links(13, "evidence_ids", "근거", "Evidence"),
    ),
)
DECISION: Final = Kind(
    id=12,
    name="decision",
    label=Phrase("방침", "Decision"),
    fields=(
        case_link(),
        choice(2, "type", "유형", "Type", c.DECISION_TYPE, required_from="DRAFT"),
        long_text(3, "text", "내용", "Text", longest=4000, searched=True),
        text(4, "decided_by", "결정자", "Decided by", longest=60),
        moment(5, "decided_at", "결정일시", "Decided at"),
        text(6, "basis", "근거", "Basis", longest=300),
        text(7, "doc_ref", "문서번호", "Document number", longest=60, searched=True),
        text(8, "supersedes_id", "대체한 방침", "Supersedes", longest=36),
    ),
)
COLLAB_REQUEST: Final = Kind(
    id=13,
    name="collab_request",
    label=Phrase("협업요청", "Collaboration request"),
    fields=(
        case_link(),
        text(2, "kind", "종류", "Kind", required_from="DRAFT", longest=30, vocabulary=c.COLLAB_KIND),
        text(3, "to_org", "받는 기관", "To agency", required_from="DRAFT", longest=100, searched=True),
        text(4, "to_dept", "받는 부서", "To department", longest=60, searched=True),
        text(5, "to_user", "받는 사람", "To person", longest=60),
        long_text(6, "ask", "요청 내용", "Asked", longest=2000, searched=True),
        long_text(7, "why", "요청 사유", "Why", longest=2000),
        moment(8, "due_at", "회신기한", "Reply by"),
        text(9, "if_no_reply", "회신이 없으면", "If there is no reply", longest=300),
        choice(10, "state", "상태", "State", c.COLLAB_STATE, required_from="DRAFT"),
        moment(11, "sent_at", "보낸 때", "Sent at"),
        moment(12, "ack_at", "확인한 때", "Acknowledged at"),
        moment(13, "responded_at", "회신한 때", "Answered at"),
        long_text(14, "response", "회신", "Answer", longest=4000, searched=True),
        text(15, "decline_reason", "거절 사유", "Why declined", longest=300),
        text(16, "suggested_org", "추천 기관", "Suggested agency", longest=100),
        integer(17, "meeting_minutes_saved", "줄인 회의(분)", "Meeting minutes saved", least=0),
        text(18, "package_id", "꾸러미", "Package", longest=64),
    ),
)
OUTCOME: Final = Kind(
    id=14,
    name="outcome",
    label=Phrase("성과", "Outcome"),
    fields=(
        case_link(),
        text(2, "metric_name", "지표", "Metric", longest=100, searched=True),
        text(3, "unit", "단위", "Unit", longest=20),
        real(4, "before_value", "전", "Before"),
        real(5, "after_value", "후", "After"),
        date(6, "measured_on", "측정일", "Measured on"),
        text(7, "method", "방법", "Method", longest=200),
        choice(8, "direction", "방향", "Direction", c.DIRECTION),
        real(9, "improvement_pct", "개선율(%)", "Improvement (%)", derived=True),
        long_text(10, "citizen_note", "국민 체감", "Citizen note", longest=2000, searched=True),
        real(11, "satisfaction", "만족도", "Satisfaction", least=1, most=5),
        links(12, "photo_pair", "전후 사진", "Photo pair"),
        integer(13, "satisfaction_n", "만족도 응답자 수", "Answers on satisfaction", least=0),
        text(14, "satisfaction_method", "만족도 조사방법", "How satisfaction was asked", longest=200),
    ),
)
FOLLOWUP: Final = Kind(
    id=15,
    name="followup",
    label=Phrase("사후점검", "Follow-up"),
    fields=(
        case_link(),
        date(2, "due_on", "예정일", "Due on", required_from="DRAFT"),
        date(3, "done_on", "실시일", "Done on"),
        text(4, "result", "결과", "Result", longest=200, searched=True, vocabulary=c.FOLLOWUP_RESULT),
        real(5, "metric", "재측정값", "Measured again"),
        date(6, "next_due", "다음 예정일", "Next due"),
    ),
)
TIME_ENTRY: Final = Kind(
    id=16,
    name="time_entry",
    label=Phrase("시간기록", "Time entry"),
    fields=(
        case_link(),
        choice(2, "kind", "종류", "Kind", c.TIME_KIND),
        real(3, "minutes", "분", "Minutes"),
        choice(4, "basis", "근거", "Basis", c.TIME_BASIS),
        text(5, "baseline_id", "기준시간", "Baseline", longest=36),
    ),
)
NOTIFICATION: Final = Kind(
    id=17,
    name="notification",
    label=Phrase("통지", "Notification"),
    fields=(
        case_link(),
        text(2, "party_id", "받는 사람", "To", longest=36),
        choice(3, "method", "방법", "Method", c.NOTIFY_BY),
        long_text(4, "body", "내용", "Body", longest=4000, personal=Personal.MAYBE),
        moment(5, "sent_at", "보낸 때", "Sent at"),
        flag(6, "final", "최종", "Final"),
        text(7, "template", "서식", "Template", longest=20),
        text(8, "result", "결과", "Result", longest=200),
    ),
)
ALERT: Final = Kind(
    id=18,
    name="alert",
    label=Phrase("사전협의 알림", "Prior-consultation alert"),
    fields=(
        case_link(),
        text(2, "other_id", "상대 사안", "Other case", longest=36),
        tree(3, "score_parts", "점수 내역", "Parts of the score"),
        choice(4, "state", "상태", "State", c.ALERT_STATE),
        choice(5, "verdict", "판단", "Verdict", c.ALERT_VERDICT),
        text(6, "reason", "사유", "Reason", longest=500),
        text(7, "by", "판단자", "By", longest=60),
        moment(8, "at", "판단일시", "At"),
    ),
)
