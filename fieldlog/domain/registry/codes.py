"""The codes of solving and of the office, with their labels in both languages."""

from __future__ import annotations

from typing import Final

from fieldlog.domain.registry.vocabularies import vocabulary

PARTY_KIND: Final = vocabulary(
    "party_kind",
    """
    PETITIONER | 민원인        | Petitioner
    RESIDENT   | 주민          | Resident
    OWNER      | 소유자·관리자 | Owner or caretaker
    CONTRACTOR | 시공사        | Contractor
    COMPANY    | 기업          | Company
    GROUP      | 단체·상인회   | Group
    EXPERT     | 전문가        | Expert
    AGENCY     | 기관          | Agency
    """,
)
NOTIFY_BY: Final = vocabulary(
    "notify_by",
    """
    SMS    | 문자          | Text message
    PHONE  | 전화          | Telephone
    LETTER | 우편          | Letter
    EMAIL  | 이메일        | Email
    PORTAL | 국민신문고 답변 | Answer on e-People
    NONE   | 불요          | Not needed
    """,
)
STANCE: Final = vocabulary(
    "stance",
    """
    DEMANDS | 요구 | Demands
    FOR     | 찬성 | In favour
    AGAINST | 반대 | Against
    NEUTRAL | 중립 | Neutral
    """,
)
CAUSE_METHOD: Final = vocabulary(
    "cause_method",
    """
    FIVE_WHY | 5-Why 분석 | Five whys
    FACTOR   | 요인표     | Factors
    FREE     | 자유 기술  | Free text
    """,
)
CONFIRMED: Final = vocabulary(
    "confirmed",
    """
    HYPOTHESIS | 가설 | Hypothesis
    CONFIRMED  | 확인 | Confirmed
    REJECTED   | 기각 | Rejected
    """,
)
DECISION_TYPE: Final = vocabulary(
    "decision_type",
    """
    ADOPT             | 채택              | Adopted
    REJECT            | 불수용            | Rejected
    DEFER             | 유보              | Deferred
    EMERGENCY_EX_POST | 긴급 조치 후 기록 | Recorded after an emergency
    """,
)
COLLAB_KIND: Final = vocabulary(
    "collab_kind",
    """
    PRIOR_CONSULT     | 사전협의   | Prior consultation
    INFO_SHARE        | 정보공유   | Information
    DATA_SHARE        | 자료제공   | Data
    JOINT_INSPECTION  | 합동점검   | Joint inspection
    JOINT_ACTION      | 공동조치   | Joint action
    JURISDICTION      | 관할협의   | Jurisdiction
    COST_SHARE        | 비용분담   | Sharing costs
    BUDGET            | 예산       | Budget
    PERMIT            | 협의·허가  | Permit
    TRAFFIC_REVIEW    | 교통 검토  | Traffic review
    TRAFFIC_CONTROL   | 교통 통제  | Traffic control
    EXPERT            | 자문       | Expert advice
    LAB_TEST          | 시험·분석  | Laboratory test
    REFERRAL          | 복지연계   | Referral
    PRE_AUDIT_CONSULT | 사전컨설팅 | Pre-audit consultation
    RESIDENT_NOTICE   | 주민안내   | Notice to residents
    CITIZEN_COOP      | 주민협력   | Residents' help
    PRIVATE_COOP      | 민간협력   | Private partners
    TRANSLATION       | 통역·번역  | Translation
    TRANSFER          | 이송       | Transfer
    """,
)
COLLAB_STATE: Final = vocabulary(
    "collab_state",
    """
    DRAFT        | 작성중    | Draft
    SENT         | 보냄      | Sent
    ACKNOWLEDGED | 접수됨    | Acknowledged
    AGREED       | 동의      | Agreed
    PARTIAL      | 일부 동의 | Partly agreed
    DECLINED     | 거절      | Declined
    DONE         | 완료      | Done
    EXPIRED      | 기한 지남 | Expired
    WITHDRAWN    | 거둠      | Withdrawn
    """,
)
DIRECTION: Final = vocabulary(
    "direction",
    """
    LOWER_BETTER  | 낮을수록 좋음 | Lower is better
    HIGHER_BETTER | 높을수록 좋음 | Higher is better
    """,
)
FOLLOWUP_RESULT: Final = vocabulary(
    "followup_result",
    """
    MAINTAINED | 유지됨    | Maintained
    WORSENED   | 나빠짐    | Worse
    RECURRED   | 재발      | Recurred
    UNKNOWN    | 알 수 없음 | Unknown
    """,
)
TIME_KIND: Final = vocabulary(
    "time_kind",
    """
    CAPTURE | 기록    | Recording
    TRAVEL  | 이동    | Travel
    REPORT  | 보고    | Reporting
    MEETING | 회의    | Meeting
    REENTRY | 재입력  | Typing again
    SEARCH  | 찾기    | Searching
    """,
)
TIME_BASIS: Final = vocabulary(
    "time_basis",
    """
    MEASURED  | 실측     | Measured
    ESTIMATED | 추정     | Estimated
    BASELINE  | 기준시간 | Baseline
    """,
)
ALERT_STATE: Final = vocabulary(
    "alert_state",
    """
    OPEN     | 답하기 전 | Open
    ANSWERED | 답함      | Answered
    """,
)
ALERT_VERDICT: Final = vocabulary(
    "alert_verdict",
    """
    SAME      | 같은 사안 | The same
    RELATED   | 관련      | Related
    UNRELATED | 관련 없음 | Unrelated
    """,
)
ATTACHMENT_KIND: Final = vocabulary(
    "attachment_kind",
    """
    LETTER  | 공문       | Official letter
    DRAWING | 도면       | Drawing
    TEST    | 시험성적서 | Test report
    VOICE   | 음성메모   | Voice memo
    VIDEO   | 동영상     | Video
    OTHER   | 기타       | Other
    """,
)
TEMPLATE: Final = vocabulary(
    "template",
    """
    R1  | 1쪽 현장보고        | Field report
    R2  | 출장복명서          | Trip report
    R3  | 문제해결 사례보고서 | Case report
    R4  | 사진대지            | Photo sheet
    R5  | 협업 요청서·회신서  | Collaboration letter
    R6  | 민원 처리결과 안내문 | Notice of the result
    R7  | 월간 통계           | Monthly tables
    R8  | 공개용 요약         | Public summary
    R9  | 사후점검 결과       | Follow-up report
    R10 | 혁신계획 점검표     | Plan check-up
    """,
)
DISCLOSED_TO: Final = vocabulary(
    "pii_profile",
    """
    INTERNAL | 내부용 | Inside the agency
    AGENCY   | 기관용 | Other agencies
    PUBLIC   | 공개용 | The public
    """,
)
AGENCY_LEVEL: Final = vocabulary(
    "agency_level",
    """
    CENTRAL     | 중앙     | Central
    METRO       | 광역     | Metropolitan or provincial
    LOCAL       | 기초     | Local
    PUBLIC_CORP | 공공기관 | Public corporation
    OTHER       | 기타     | Other
    """,
)
ROLE: Final = vocabulary(
    "role",
    """
    FIELD_OFFICER    | 담당자             | officer in charge
    TEAM_LEAD        | 팀장               | team lead
    MANAGER          | 과장               | manager
    COLLAB_OFFICER   | 협업기관 담당      | partner agency officer
    INNOVATION_LEAD  | 혁신담당           | innovation lead
    OVERSIGHT        | 점검·지원기관      | oversight agency
    PRIVACY_OFFICER  | 개인정보 보호 담당 | privacy officer
    AUDITOR          | 감사               | auditor
    ADMIN            | 관리자             | administrator
    """,
)
DEVICE_KIND: Final = vocabulary(
    "device_kind",
    """
    LAPTOP     | 노트북 | Laptop
    TWO_IN_ONE | 2-in-1 | Two-in-one
    TABLET     | 태블릿 | Tablet
    DESKTOP    | 탁상형 | Desktop
    """,
)
SUPPORT_KIND: Final = vocabulary(
    "support_kind",
    """
    RULES         | 규정     | Rules
    BUDGET        | 예산     | Budget
    COLLABORATION | 협업조정 | Collaboration
    TRAINING      | 교육     | Training
    SYSTEM        | 시스템   | System
    """,
)
AUDIT_ACTION: Final = vocabulary(
    "audit_action",
    """
    CREATE   | 작성          | Created
    UPDATE   | 수정          | Changed
    DELETE   | 삭제          | Removed
    VIEW_PII | 개인정보 열람 | Personal data seen
    EXPORT   | 내보내기      | Exported
    PRINT    | 출력          | Printed
    LOGIN    | 로그인        | Logged in
    SYNC     | 동기화        | Synchronised
    STATE    | 상태 변경     | Moved
    MERGE    | 병합          | Merged
    PURGE    | 파기          | Purged
    CONFIG   | 설정 변경     | Settings changed
    """,
)
