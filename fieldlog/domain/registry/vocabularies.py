"""The codes of what is recorded on site, with their labels in both languages."""

from __future__ import annotations

from typing import Final

from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry.field import Vocabulary


def vocabulary(name: str, rows: str) -> Vocabulary:
    """Read lines of ``CODE | 한국어 | English``."""
    entries = {}
    for row in rows.strip().splitlines():
        code, ko, en = (cell.strip() for cell in row.split("|"))
        entries[code] = Phrase(ko, en)
    return Vocabulary(name, entries)


STAGE: Final = vocabulary(
    "stage",
    """
    DRAFT         | 작성중          | Draft
    RECEIVED      | 접수            | Received
    TRIAGED       | 분류·배정       | Triaged
    INVESTIGATING | 현장조사        | Investigating
    ANALYZING     | 원인분석·대안검토 | Analysing
    DECIDED       | 방침결정        | Decided
    IN_ACTION     | 조치중          | In action
    VERIFYING     | 조치확인        | Verifying
    NOTIFIED      | 결과통지        | Notified
    FOLLOW_UP     | 사후점검        | Follow-up
    CLOSED        | 종결            | Closed
    ON_HOLD       | 보류            | On hold
    TRANSFERRED   | 이송            | Transferred
    MERGED        | 병합            | Merged
    REJECTED      | 불수용          | Rejected
    WITHDRAWN     | 취하            | Withdrawn
    """,
)
CHANNEL: Final = vocabulary(
    "channel",
    """
    SAFETY_REPORT       | 안전신문고      | Safety e-report
    NATIONAL_SINMUNGO   | 국민신문고      | e-People
    SAEOL               | 새올·지자체 민원 | Local petition system
    PHONE               | 전화            | Telephone
    VISIT               | 방문            | Visit
    LETTER              | 우편            | Letter
    SELF_PATROL         | 자체 순찰       | Own patrol
    JOINT_INSPECTION    | 합동점검        | Joint inspection
    FIELD_LISTENING     | 현장 청취       | Listening on site
    PARTNER_REPORT      | 유관기관 통보   | Partner agency
    PRIOR_CONSULT_ALERT | 사전협의 알림   | Prior-consultation alert
    MEDIA               | 언론            | Media
    COUNCIL             | 의회            | Council
    IMPORT              | 이관            | Imported
    """,
)
PETITION: Final = vocabulary(
    "petition_type",
    """
    LEGAL       | 법정민원   | Statutory petition
    INQUIRY_LAW | 질의(법령) | Question of law
    INQUIRY     | 질의       | Question
    PROPOSAL    | 건의       | Proposal
    OTHER       | 기타민원   | Other petition
    GRIEVANCE   | 고충민원   | Grievance
    """,
)
PERIOD_UNIT: Final = vocabulary(
    "period_unit",
    """
    IMMEDIATE | 즉시 | Immediate
    HOURS     | 시간 | Hours
    DAYS      | 일   | Days
    WEEKS     | 주   | Weeks
    MONTHS    | 개월 | Months
    """,
)
SEVERITY: Final = vocabulary(
    "severity",
    """
    5 | ■ 즉시 위험 | ■ Immediate danger
    4 | ▲ 높음      | ▲ High
    3 | ● 보통      | ● Medium
    2 | ◆ 낮음      | ◆ Low
    1 | ○ 경미      | ○ Slight
    """,
)
URGENCY: Final = vocabulary(
    "urgency",
    """
    EMERGENCY | 긴급 | Emergency
    URGENT    | 시급 | Urgent
    NORMAL    | 보통 | Normal
    PLANNED   | 계획 | Planned
    """,
)
CLOSE_REASON: Final = vocabulary(
    "close_reason",
    """
    RESOLVED        | 해결        | Resolved
    PARTIAL         | 일부 해결   | Partly resolved
    REJECTED        | 불수용      | Rejected
    DUPLICATE       | 중복        | Duplicate
    OUT_OF_SCOPE    | 소관 아님   | Out of scope
    WITHDRAWN       | 취하        | Withdrawn
    REPEAT_PETITION | 반복민원    | Repeated petition
    """,
)
MANAGER: Final = vocabulary(
    "manager_type",
    """
    NATIONAL_ROAD   | 국도     | National road
    PROVINCIAL_ROAD | 지방도   | Provincial road
    LOCAL_ROAD      | 시군도   | Local road
    PRIVATE         | 사유지   | Private land
    NATIONAL_FOREST | 국유림   | National forest
    NATIONAL_RIVER  | 국가하천 | National river
    LOCAL_RIVER     | 지방하천 | Local river
    PORT            | 항만     | Port
    PARK            | 공원     | Park
    OTHER           | 기타     | Other
    """,
)
VULNERABLE: Final = vocabulary(
    "vulnerable_flags",
    """
    CHILD    | 어린이 | Children
    ELDER    | 고령자 | Older people
    DISABLED | 장애인 | People with disabilities
    FOREIGN  | 외국인 | Foreign residents
    PREGNANT | 임산부 | Pregnant women
    """,
)
DISCLOSURE: Final = vocabulary(
    "disclosure",
    """
    PUBLIC  | 공개     | Public
    PARTIAL | 부분공개 | Partly public
    CLOSED  | 비공개   | Not public
    """,
)
RETENTION: Final = vocabulary(
    "retention",
    """
    PERMANENT      | 영구   | Permanent
    SEMI_PERMANENT | 준영구 | Semi-permanent
    Y30            | 30년   | 30 years
    Y10            | 10년   | 10 years
    Y5             | 5년    | 5 years
    Y3             | 3년    | 3 years
    Y1             | 1년    | 1 year
    """,
)
GOOD_PRACTICE: Final = vocabulary(
    "good_practice",
    """
    NONE      | 해당 없음 | None
    NOMINATED | 추천      | Nominated
    SELECTED  | 선정      | Selected
    """,
)
VISIT_KIND: Final = vocabulary(
    "visit_kind",
    """
    V_PETITION | 민원 현장조사     | Petition survey
    V_PATROL   | 순찰·예찰         | Patrol
    V_SAFETY   | 안전점검(시설물)  | Facility safety check
    V_POTHOLE  | 도로·포트홀       | Road and potholes
    V_RIVER    | 하천·배수         | Rivers and drains
    V_SLOPE    | 급경사지·옹벽     | Slopes and retaining walls
    V_SCHOOL   | 어린이보호구역    | School zone
    V_PARKING  | 주정차·소방통로   | Parking and fire lanes
    V_AD       | 불법 광고물       | Illegal advertising
    V_LIGHT    | 가로등·보안등     | Street lights
    V_CONST    | 공사장            | Construction site
    V_ENV      | 악취·수질·대기    | Odour, water, air
    V_WELFARE  | 복지 방문         | Welfare visit
    V_REG      | 규제애로 청취     | Regulation hearing
    V_JOINT    | 합동점검          | Joint inspection
    V_FOLLOW   | 사후점검          | Follow-up check
    """,
)
TRANSPORT: Final = vocabulary(
    "transport",
    """
    OFFICIAL_CAR | 관용차   | Official car
    OWN_CAR      | 자가용   | Own car
    PUBLIC       | 대중교통 | Public transport
    BICYCLE      | 자전거   | Bicycle
    WALK         | 도보     | On foot
    SHIP         | 선박     | Ship
    """,
)
WEATHER: Final = vocabulary(
    "weather",
    """
    CLEAR  | 맑음 | Clear
    CLOUDY | 흐림 | Cloudy
    RAIN   | 비   | Rain
    SNOW   | 눈   | Snow
    FOG    | 안개 | Fog
    WIND   | 강풍 | Strong wind
    """,
)
REPORT_MODE: Final = vocabulary(
    "report_mode",
    """
    WRITTEN | 서면     | Written
    ORAL    | 구두보고 | Oral
    """,
)
VISIT_RESULT: Final = vocabulary(
    "visit_result",
    """
    FOUND     | 확인됨      | Found
    NOT_FOUND | 확인 안 됨  | Not found
    NO_ACCESS | 출입 불가   | No access
    REFUSED   | 거부        | Refused
    PARTIAL   | 일부 확인   | Partly found
    """,
)
OBSERVATION_KIND: Final = vocabulary(
    "observation_kind",
    """
    FACT        | 사실        | Fact
    MEASUREMENT | 측정        | Measurement
    STATEMENT   | 진술        | Statement
    OPINION     | 조사자 의견 | Investigator's opinion
    """,
)
UNIT: Final = vocabulary(
    "unit",
    """
    mm      | mm      | mm
    cm      | cm      | cm
    m       | m       | m
    lx      | lx      | lx
    dB(A)   | dB(A)   | dB(A)
    ratio   | 배      | times
    %       | %       | %
    cars    | 대      | vehicles
    per15   | 명/15분 | people per 15 min
    degC    | ℃       | °C
    """,
)
VERDICT: Final = vocabulary(
    "verdict",
    """
    OK | 적합     | Pass
    NG | 부적합   | Fail
    NA | 해당없음 | Not applicable
    """,
)
PHASE: Final = vocabulary(
    "phase",
    """
    BEFORE   | 전   | Before
    DURING   | 중   | During
    AFTER    | 후   | After
    EVIDENCE | 증빙 | Evidence
    MAP      | 위치도 | Map
    DOC      | 문서 | Document
    """,
)
TIME_SOURCE: Final = vocabulary(
    "taken_at_source",
    """
    EXIF | 사진 정보 | Picture's own data
    FILE | 파일 시각 | File time
    USER | 직접 입력 | Entered
    APP  | 촬영 시각 | Taken in the program
    """,
)
PLACE_SOURCE: Final = vocabulary(
    "geo_source",
    """
    DEVICE_GNSS       | 위성측위     | Satellite fix
    EXIF              | 사진 정보    | Picture's own data
    MANUAL_PIN        | 직접 지정    | Set by hand
    ADDRESS           | 주소         | Address
    IMPORT            | 가져오기     | Imported
    NATIONAL_POINT_NO | 국가지점번호 | National point number
    """,
)
PII_REVIEW: Final = vocabulary(
    "pii_review",
    """
    NOT_REVIEWED | 확인 전   | Not reviewed
    NONE         | 없음      | None
    REDACTED     | 가림 완료 | Redacted
    CONSENT      | 동의 받음 | Consent given
    """,
)
BLUR: Final = vocabulary(
    "blur_m",
    """
    0    | 정확히     | Exact
    100  | 100 m      | 100 m
    500  | 500 m      | 500 m
    DONG | 읍면동     | Neighbourhood
    """,
)
ACTION_STATUS: Final = vocabulary(
    "action_status",
    """
    TODO        | 예정   | To do
    IN_PROGRESS | 진행   | In progress
    BLOCKED     | 막힘   | Blocked
    DONE        | 완료   | Done
    CANCELLED   | 취소   | Cancelled
    """,
)
PERMANENCE: Final = vocabulary(
    "permanence",
    """
    TEMP | 응급 | Temporary
    PERM | 근본 | Permanent
    """,
)
COMMENT_KIND: Final = vocabulary(
    "comment_kind",
    """
    NOTE             | 메모      | Note
    QUESTION         | 질문      | Question
    ANSWER           | 답변      | Answer
    DECISION_REQUEST | 결정 요청 | Decision request
    """,
)
TAG_SCOPE: Final = vocabulary(
    "tag_scope",
    """
    AGENCY   | 기관 | Agency
    PERSONAL | 개인 | Personal
    """,
)
