"""Labels of codes in the kinds that are shown and not edited here; an unknown code stays as it is written."""

from __future__ import annotations

from typing import Final

from fieldlog.domain.phrase import Phrase

CODES: Final[dict[tuple[str, str], dict[str, Phrase]]] = {
    ("cause", "method"): {
        "FIVE_WHY": Phrase("5-Why 분석", "Five whys"),
        "FACTOR": Phrase("요인표", "Factors"),
        "FREE": Phrase("자유 기술", "Free text"),
    },
    ("cause", "confirmed"): {
        "HYPOTHESIS": Phrase("가설", "Hypothesis"),
        "CONFIRMED": Phrase("확인", "Confirmed"),
        "REJECTED": Phrase("기각", "Rejected"),
    },
    ("decision", "type"): {
        "ADOPT": Phrase("채택", "Adopted"),
        "REJECT": Phrase("불수용", "Rejected"),
        "DEFER": Phrase("유보", "Deferred"),
        "EMERGENCY_EX_POST": Phrase("긴급 조치 후 기록", "Recorded after an emergency"),
    },
    ("collab_request", "kind"): {
        "PRIOR_CONSULT": Phrase("사전협의", "Prior consultation"),
        "INFO_SHARE": Phrase("정보공유", "Information"),
        "DATA_SHARE": Phrase("자료제공", "Data"),
        "JOINT_INSPECTION": Phrase("합동점검", "Joint inspection"),
        "JOINT_ACTION": Phrase("공동조치", "Joint action"),
        "JURISDICTION": Phrase("관할협의", "Jurisdiction"),
        "COST_SHARE": Phrase("비용분담", "Sharing costs"),
        "BUDGET": Phrase("예산", "Budget"),
        "PERMIT": Phrase("협의·허가", "Permit"),
        "TRAFFIC_REVIEW": Phrase("교통 검토", "Traffic review"),
        "TRAFFIC_CONTROL": Phrase("교통 통제", "Traffic control"),
        "EXPERT": Phrase("자문", "Expert advice"),
        "LAB_TEST": Phrase("시험·분석", "Laboratory test"),
        "REFERRAL": Phrase("복지연계", "Referral"),
        "PRE_AUDIT_CONSULT": Phrase("사전컨설팅", "Pre-audit consultation"),
        "RESIDENT_NOTICE": Phrase("주민안내", "Notice to residents"),
        "CITIZEN_COOP": Phrase("주민협력", "Residents' help"),
        "PRIVATE_COOP": Phrase("민간협력", "Private partners"),
        "TRANSLATION": Phrase("통역·번역", "Translation"),
        "TRANSFER": Phrase("이송", "Transfer"),
    },
    ("collab_request", "state"): {
        "DRAFT": Phrase("작성중", "Draft"),
        "SENT": Phrase("보냄", "Sent"),
        "ACKNOWLEDGED": Phrase("접수됨", "Acknowledged"),
        "AGREED": Phrase("동의", "Agreed"),
        "PARTIAL": Phrase("일부 동의", "Partly agreed"),
        "DECLINED": Phrase("거절", "Declined"),
        "DONE": Phrase("완료", "Done"),
        "EXPIRED": Phrase("기한 지남", "Expired"),
        "WITHDRAWN": Phrase("거둠", "Withdrawn"),
    },
    ("outcome", "direction"): {
        "LOWER_BETTER": Phrase("낮을수록 좋음", "Lower is better"),
        "HIGHER_BETTER": Phrase("높을수록 좋음", "Higher is better"),
    },
    ("followup", "result"): {
        "MAINTAINED": Phrase("유지됨", "Maintained"),
        "WORSENED": Phrase("나빠짐", "Worse"),
        "RECURRED": Phrase("재발", "Recurred"),
        "UNKNOWN": Phrase("알 수 없음", "Unknown"),
    },
}
