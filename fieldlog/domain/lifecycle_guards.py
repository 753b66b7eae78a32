"""The conditions of moving a case, each with what it looks at and how it says no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.lifecycle_facts import CaseFacts, Role
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

_DATE: Final = regex(r"\d{4}\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,2}")
_LAW: Final = regex(r"법|조례|규칙|규정|지침|제\s*\d+\s*조|\b(act|article|ordinance|rule)\b", re.IGNORECASE)
_REMEDY: Final = regex(
    r"이의신청|행정심판|행정소송|고충민원|구제|\b(appeal|objection|remedy)\b", re.IGNORECASE
)
_NO_VISIT: Final = regex(r"불필요|필요\s*없|생략|\bnot needed\b|\bno (site )?visit\b", re.IGNORECASE)
_ENOUGH_ALTERNATIVES, _REASON_LENGTH = 2, 10


class Guard(Struct, frozen=True):
    """One condition: ``holds(facts, reason)``; ``field`` is what a person fills in to meet it.

    ``by_reason`` tells that giving a reason with the move is a way to meet it.
    """

    name: str
    field: str
    refusal: Phrase
    holds: Callable[[CaseFacts, str], bool]
    by_reason: bool = False


TITLE: Final = Guard(
    "title",
    "title",
    Phrase("제목이 없습니다. 제목을 적어 주십시오.", "There is no title. Please enter one."),
    lambda facts, _: bool(facts.title),
)
CATEGORY: Final = Guard(
    "category",
    "category_code",
    Phrase("분류가 없습니다. 분류를 골라 주십시오.", "There is no category. Please choose one."),
    lambda facts, _: bool(facts.category),
)
PLACE: Final = Guard(
    "place",
    "location",
    Phrase(
        "위치가 없습니다. 위치를 정하거나 위치가 없는 사유를 적어 주십시오.",
        "There is no place. Set one, or give the reason why there is none.",
    ),
    lambda facts, reason: facts.has_location or bool(facts.location_waiver or reason),
    by_reason=True,
)
RECEIVED_AT: Final = Guard(
    "received_at",
    "received_at",
    Phrase("접수일시가 없습니다. 접수일시를 적어 주십시오.", "There is no time of receipt. Please enter it."),
    lambda facts, _: bool(facts.received_at),
)
OWNER: Final = Guard(
    "owner",
    "owner_user_id",
    Phrase("담당자가 없습니다. 담당자를 정해 주십시오.", "There is no officer in charge. Please name one."),
    lambda facts, _: bool(facts.owner) or facts.solo_mode,
)
REASON: Final = Guard(
    "reason",
    "stage_reason",
    Phrase("사유가 없습니다. 사유를 적어 주십시오.", "There is no reason. Please give one."),
    lambda _, reason: bool(reason),
    by_reason=True,
)
TRANSFER_TARGET: Final = Guard(
    "transfer_target",
    "stage_reason",
    Phrase(
        "이송할 기관이 없습니다. 사유에 기관 이름을 함께 적어 주십시오.",
        "There is no agency to transfer to. Name it in the reason.",
    ),
    lambda facts, reason: bool(facts.transfer_to or reason),
    by_reason=True,
)
VISIT_PLANNED: Final = Guard(
    "visit_planned",
    "visit",
    Phrase(
        "현장방문 계획이 없습니다. 방문을 등록하거나 현장조사가 필요 없는 사유를 적어 주십시오.",
        "No visit is planned. Add one, or give the reason why no site survey is needed.",
    ),
    lambda facts, reason: facts.visits_planned > 0 or bool(facts.visit_waiver or reason),
    by_reason=True,
)
EMERGENCY: Final = Guard(
    "emergency",
    "urgency",
    Phrase(
        "긴급 사안만 접수에서 바로 조치할 수 있습니다. 긴급도를 확인하거나 분류·배정부터 진행해 주십시오.",
        "Only an emergency goes straight to action. Check the urgency, or triage it first.",
    ),
    lambda facts, _: facts.urgency == "EMERGENCY",
)
VISITED: Final = Guard(
    "visited",
    "visit",
    Phrase(
        "관찰을 적고 마친 현장방문이 없습니다. 방문을 마치고 관찰을 적거나, 사유에 '현장조사 불필요'와 까닭을 적어 주십시오.",
        "No finished visit has an observation. Finish one and note what you saw, or say in the reason "
        "that a site survey is not needed and why.",
    ),
    lambda facts, reason: (
        facts.visits_with_observation > 0 or bool(facts.visit_waiver or _NO_VISIT.search(reason))
    ),
    by_reason=True,
)
ALTERNATIVES: Final = Guard(
    "alternatives",
    "alternative",
    Phrase(
        "점수를 매긴 대안이 2건보다 적습니다. 대안을 더 비교하거나, 그렇게 정한 사유를 적어 주십시오.",
        "Fewer than two alternatives are scored. Compare more, or give the reason for deciding so.",
    ),
    lambda facts, reason: facts.alternatives_scored >= _ENOUGH_ALTERNATIVES or bool(reason),
    by_reason=True,
)
ALERTS_ANSWERED: Final = Guard(
    "alerts_answered",
    "alert",
    Phrase(
        "답하지 않은 사전협의 알림이 있습니다. 알림에 먼저 답해 주십시오.",
        "A prior-consultation alert is unanswered. Please answer it first.",
    ),
    lambda facts, _: facts.open_alerts == 0,
)
CHOICE_EXPLAINED: Final = Guard(
    "choice_explained",
    "chosen_reason",
    Phrase(
        "점수가 가장 높은 대안을 고르지 않았습니다. 선택사유를 10자 이상 적어 주십시오.",
        "The chosen alternative does not score highest. Explain the choice in 10 characters or more.",
    ),
    lambda facts, reason: (
        facts.chosen_is_top is not False or len(facts.chosen_reason or reason) >= _REASON_LENGTH
    ),
    by_reason=True,
)
ACTION_ASSIGNED: Final = Guard(
    "action_assigned",
    "action",
    Phrase(
        "담당과 기한을 정한 조치가 없습니다. 조치를 등록해 주십시오.",
        "No action has an owner and a due date. Please add one.",
    ),
    lambda facts, _: facts.actions_assigned > 0,
)
LEGAL_BASIS: Final = Guard(
    "legal_basis",
    "stage_reason",
    Phrase(
        "불수용의 근거 법령이 없습니다. 사유에 근거 법령을 적어 주십시오.",
        "There is no legal basis for the refusal. Name the law in the reason.",
    ),
    lambda facts, reason: bool(facts.legal_basis or _LAW.search(reason)),
    by_reason=True,
)
REMEDY: Final = Guard(
    "remedy",
    "stage_reason",
    Phrase(
        "구제절차 안내가 없습니다. 사유에 이의신청·행정심판 등 구제절차를 적어 주십시오.",
        "There is no word on remedies. Say in the reason how to object or appeal.",
    ),
    lambda facts, reason: bool(facts.remedy or _REMEDY.search(reason)),
    by_reason=True,
)
ACTIONS_FINISHED: Final = Guard(
    "actions_finished",
    "action",
    Phrase(
        "끝나지 않은 필수 조치가 있습니다. 조치를 완료하거나 사유와 함께 취소해 주십시오.",
        "A mandatory action is open. Finish it, or cancel it with a reason.",
    ),
    lambda facts, _: facts.mandatory_actions_open == 0,
)
AFTER_EVIDENCE: Final = Guard(
    "after_evidence",
    "photo",
    Phrase(
        "조치 후 사진이 없습니다. '후' 사진을 넣거나 사진이 없는 사유를 적어 주십시오.",
        "There is no photo taken afterwards. Add one, or give the reason why there is none.",
    ),
    lambda facts, reason: facts.after_photos > 0 or bool(reason),
    by_reason=True,
)
PRIVACY_CHECKED: Final = Guard(
    "privacy_checked",
    "pii_review",
    Phrase(
        "개인정보를 확인하지 않은 사진이 있습니다. 사진을 확인하거나, 확인한 내용을 사유로 적어 주십시오.",
        "Some photos are not checked for personal data. Check them, or state in the reason what was checked.",
    ),
    lambda facts, reason: facts.photos_unreviewed == 0 or bool(reason),
    by_reason=True,
)
INTERIM_ANSWER: Final = Guard(
    "interim_answer",
    "stage_reason",
    Phrase(
        "중간 답변이 없습니다. 통지할 답변 내용을 사유에 적어 주십시오.",
        "There is no interim answer. Write what the citizen is told as the reason.",
    ),
    lambda _, reason: bool(reason),
    by_reason=True,
)
FOLLOWUP_SET: Final = Guard(
    "followup_set",
    "followup",
    Phrase(
        "사후점검 날짜가 없습니다. 사후점검이 필요 없으면 사유와 함께 종결해 주십시오.",
        "No follow-up is dated. If none is needed, close the case with a reason.",
    ),
    lambda facts, _: facts.followups + facts.followup_days > 0,
)
FOLLOWUP_DONE: Final = Guard(
    "followup_done",
    "followup",
    Phrase(
        "마치지 않은 사후점검이 있거나 사후점검 기록이 없습니다. 점검을 마치거나, 필요 없는 사유를 적어 주십시오.",
        "A follow-up is open, or none is recorded. Finish it, or give the reason why none is needed.",
    ),
    lambda facts, reason: (facts.followups > 0 and facts.followups_open == 0) or bool(reason),
    by_reason=True,
)
SURVIVOR: Final = Guard(
    "survivor",
    "merged_into_id",
    Phrase(
        "병합할 대상 사안이 없습니다. 남길 사안을 골라 주십시오.",
        "There is no case to merge into. Choose the one that stays.",
    ),
    lambda facts, _: bool(facts.merged_into),
)
BOTH_AGREE: Final = Guard(
    "both_agree",
    "stage_reason",
    Phrase(
        "두 사안의 담당자가 합의하지 않았습니다. 합의한 내용을 사유에 적거나 팀장이 병합해 주십시오.",
        "The two officers have not agreed. State the agreement in the reason, or let a team lead merge them.",
    ),
    lambda facts, reason: (
        facts.solo_mode
        or facts.merge_agreed
        or bool(reason)
        or bool(facts.roles & {Role.TEAM_LEAD, Role.MANAGER})
    ),
    by_reason=True,
)
HOLD_UNTIL: Final = Guard(
    "hold_until",
    "hold_until",
    Phrase(
        "언제까지 보류하는지 없습니다. 보류 기한을 정하거나 사유에 날짜를 적어 주십시오. 예: 2026-12-01까지 보완요구",
        "There is no end to the hold. Set it, or write a date in the reason, such as 2026-12-01.",
    ),
    lambda facts, reason: bool(facts.hold_until or _DATE.search(reason)),
    by_reason=True,
)
