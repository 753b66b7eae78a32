"""The Korean words printed on reports, in one place."""

from __future__ import annotations

from typing import Final

from fieldlog.report.dossier import ObservationKind, Phase

R1_NAME: Final = "현장보고"
R2_NAME: Final = "출장복명서"
R4_NAME: Final = "사진대지"
R2_TITLE: Final = "출 장 복 명 서"
R4_TITLE: Final = "사 진 대 지"

PHASES: Final = {
    Phase.BEFORE: "조치 전",
    Phase.DURING: "조치 중",
    Phase.AFTER: "조치 후",
    Phase.EVIDENCE: "증빙",
    Phase.MAP: "위치도",
    Phase.DOC: "문서",
}
OBSERVATIONS: Final = {
    ObservationKind.FACT: "확인 사실",
    ObservationKind.MEASUREMENT: "측정",
    ObservationKind.STATEMENT: "진술",
    ObservationKind.OPINION: "조사자 의견",
}

CASE_NO: Final = "사안번호"
CATEGORY: Final = "분류"
RANKED: Final = "심각도·긴급도"
STAGE: Final = "처리상태"
CHANNEL: Final = "접수경로"
RECEIVED: Final = "접수일시"
DUE: Final = "처리기한"
OWNER: Final = "담당"
PLACE: Final = "위치"
TITLE: Final = "제목"
TAKEN: Final = "촬영일시"
TAKEN_SHORT: Final = "촬영"
HEADING: Final = "촬영방향"
CAPTION: Final = "설명"

SECTION_PROBLEM: Final = "문제 개요"
SECTION_ON_SITE: Final = "현장 확인 결과"
SECTION_FACTS: Final = "확인 사실"
SECTION_STATEMENTS: Final = "관계자 진술"
SECTION_OPINIONS: Final = "조사자 의견"
SECTION_ACTIONS: Final = "조치 사항 및 계획"
SECTION_COMMENTS: Final = "검토 의견"
SECTION_SCHEDULE: Final = "일정별 수행내용"
SECTION_RESULTS: Final = "조사결과"
SECTION_PLANS: Final = "의견 및 조치계획"

PROBLEM: Final = "문제정의"
PURPOSE: Final = "목적"
RESULT: Final = "결과"
COMPANIONS: Final = "동행"
ORAL: Final = "구두보고로 갈음"
INSTRUMENT: Final = "측정기"
NONE_RECORDED: Final = "기록된 내용 없음"
NOT_GIVEN: Final = "-"

REGISTER: Final = ("문서번호", "등록일자", "공개구분", "보존기간", "단위과제")
DEPARTMENT: Final = "소속"
RANK: Final = "직급"
NAME: Final = "성명"
COMPANION: Final = "동행자"
PERIOD: Final = "출장기간"
DESTINATION: Final = "출장지"
TRIP_PURPOSE: Final = "출장목적"
WHEN: Final = "일시"
WHERE: Final = "장소"
WHAT: Final = "수행내용"
CASE: Final = "사안"
ACTION: Final = "조치사항"
ACTION_OWNER: Final = "담당"
ACTION_STATE: Final = "상태"
DONE: Final = "{day} 완료"
UNTIL: Final = "{day}까지"
REPORTING: Final = "위와 같이 복명합니다."
SIGNATURE: Final = "복명자  {who}  (서명)"
MADE_BY: Final = "작성자"
MADE_ON: Final = "작성일"

PHOTO: Final = "사진 {number}"
PHOTO_OF: Final = "사진 {case}-{number}"
TAKEN_FROM: Final = "{when} ({source})"
UNKNOWN_TIME: Final = "확인되지 않음"
NO_PAIR: Final = "대응하는 사진 없음"
NO_PHOTOS: Final = "등록된 사진 없음"
UNREADABLE: Final = "사진을 읽을 수 없음"
NO_CAPTION: Final = "설명 없음"
ALT: Final = "{tag}: {title}"

CONTINUED: Final = "▶ 계속: 붙임 {page}쪽"
CONTINUED_PHOTOS: Final = "▶ 사진 {count}장 계속: 붙임 {page}쪽"
CONTINUED_CAPTION: Final = " …(계속)"
REST_OF_CAPTION: Final = "{tag} {what}(이어서): {text}"
REST_OF_FACT: Final = "{what}(이어서): {text}"
REST_HEADING: Final = "{section} (이어서)"
REST_FACTS: Final = "사안 개요"
REST_CAPTIONS: Final = "사진 설명 (이어서)"
ATTACHED: Final = "붙임"
ATTACHED_REST: Final = "현장보고 이어서"
ATTACHED_HEADING: Final = "붙임 {number}. {name}"
REPLACED_NAME: Final = "바꾸어 찍은 글자 목록"
REPLACED_HEADING: Final = "글꼴에 없어 〓로 바꾼 글자"
REPLACED: Final = "{where}: {characters}"

WATERMARK: Final = "연습"
PRACTICE_NOTE: Final = "연습용 문서 - 효력 없음"
PAGE: Final = "- {number} -"
PAGE_ATTACHED: Final = "- 붙임 {number} -"
REPLACEMENT: Final = "〓"
