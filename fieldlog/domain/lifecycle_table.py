"""The moves a case can make: from where, to where, by whom, on what conditions, with what effects."""

from __future__ import annotations

import enum
from typing import Final

from msgspec import Struct

from fieldlog.domain import lifecycle_guards as g
from fieldlog.domain.lifecycle_facts import OPEN, Role, Stage
from fieldlog.domain.phrase import Phrase


class Effect(enum.Enum):
    """What a move brings with it; the words tell a person before it is made."""

    ASSIGN_NUMBER = Phrase("사안번호를 받습니다.", "It is given a case number.")
    SET_DEADLINE = Phrase("처리기한을 계산합니다.", "The due time is counted.")
    SCAN_DUPLICATES = Phrase("비슷한 사안을 찾습니다.", "Similar cases are looked for.")
    NOTIFY_OWNER = Phrase("담당자에게 알립니다.", "The officer in charge is told.")
    START_TRANSFER_TIMER = Phrase(
        "이송 기한(8근무시간)을 셉니다.", "The transfer limit (8 working hours) runs."
    )
    DRAFT_CITIZEN_NOTICE = Phrase("민원인 안내문 초안을 만듭니다.", "A notice to the citizen is drafted.")
    PUT_IN_DIARY = Phrase("일정에 방문을 적습니다.", "The visit goes into the diary.")
    ADD_DECISION_TASK = Phrase(
        "다음 근무일까지 '사후 방침기록' 할 일을 만듭니다.",
        "A task to record the decision is added for the next working day.",
    )
    SCAN_PRIOR_CONSULTATION = Phrase(
        "정확한 위치로 사전협의 대상을 다시 찾습니다.",
        "Prior consultation is looked for again at the exact place.",
    )
    RECORD_DECISION = Phrase("방침을 기록합니다.", "The decision is recorded.")
    OPEN_COLLABORATION = Phrase("협업 과제를 엽니다.", "Tasks for partners are opened.")
    DRAFT_RESULT_NOTICE = Phrase("처리결과 안내문 초안을 만듭니다.", "The notice of the result is drafted.")
    ASK_AFTER_PHOTO = Phrase(
        "같은 자리의 조치 후 사진을 요청합니다.", "A photo from the same viewpoint is asked for."
    )
    SET_ANSWERED = Phrase("답변일시를 적고 처리기간을 멈춥니다.", "The answer is dated and the time stops.")
    SET_RESOLVED = Phrase("해결일시를 적습니다.", "The solution is dated.")
    MARK_ANSWERED_BEFORE_FIX = Phrase("조치는 계속됩니다.", "The actions go on.")
    SCHEDULE_FOLLOWUPS = Phrase("사후점검 일정을 만듭니다.", "Follow-ups are scheduled.")
    LOCK = Phrase("사안을 잠급니다.", "The case is locked.")
    START_RETENTION = Phrase("보존기간이 시작됩니다.", "The retention period begins.")
    UNLOCK = Phrase("사안의 잠금을 풉니다.", "The case is unlocked.")
    COUNT_REOPENING = Phrase("재개 횟수가 1 늘어납니다.", "It counts as reopened once more.")
    RENEW_DEADLINE = Phrase(
        "새 민원이면 기한을 다시 계산합니다.", "For a new petition, the due time is counted anew."
    )
    LINK_SURVIVOR = Phrase(
        "남는 사안에 연결하고 방문·사진은 그대로 둡니다.",
        "It is linked to the case that stays; visits and photos remain.",
    )
    REMEMBER_STAGE = Phrase("지금 상태를 기억합니다.", "The present stage is remembered.")
    PAUSE_CLOCK_IF_LEGAL = Phrase(
        "법에서 산입하지 않는 사유일 때만 처리기간을 멈춥니다.",
        "The time pauses only for a reason the law does not count.",
    )
    RESUME_CLOCK = Phrase("처리기간을 다시 셉니다.", "The time runs again.")
    STOP_CLOCK = Phrase("처리기간을 끝냅니다.", "The time ends.")


class Move(Struct, frozen=True):
    """One move; no roles means that the program makes it itself or anyone may."""

    start: Stage
    end: Stage
    roles: frozenset[Role]
    guards: tuple[g.Guard, ...]
    effects: tuple[Effect, ...]

    @property
    def takes_reason(self) -> bool:
        """Whether a reason can meet any of its conditions."""
        return any(guard.by_reason for guard in self.guards)


_MANAGER: Final = frozenset({Role.MANAGER})
_LEAD: Final = _MANAGER | {Role.TEAM_LEAD}
_OFFICER: Final = _LEAD | {Role.FIELD_OFFICER}
"""Who stands higher may do what those below may."""


def _move(
    start: Stage, end: Stage, roles: frozenset[Role], guards: tuple[g.Guard, ...], *effects: Effect
) -> Move:
    return Move(start, end, roles, guards, effects)


_TRANSFER: Final = (Effect.START_TRANSFER_TIMER, Effect.DRAFT_CITIZEN_NOTICE, Effect.STOP_CLOCK)
_INTERIM: Final = (Effect.SET_ANSWERED, Effect.MARK_ANSWERED_BEFORE_FIX)
_CLOSING: Final = (Effect.LOCK, Effect.START_RETENTION)
S = Stage

_MAIN: Final = (
    _move(
        S.DRAFT, S.RECEIVED, _OFFICER, (g.TITLE, g.CATEGORY, g.PLACE, g.RECEIVED_AT),
        Effect.ASSIGN_NUMBER, Effect.SET_DEADLINE, Effect.SCAN_DUPLICATES,
    ),
    _move(S.RECEIVED, S.TRIAGED, _OFFICER, (g.OWNER,), Effect.NOTIFY_OWNER),
    _move(S.RECEIVED, S.TRANSFERRED, _LEAD, (g.REASON, g.TRANSFER_TARGET), *_TRANSFER),
    _move(S.TRIAGED, S.TRANSFERRED, _LEAD, (g.REASON, g.TRANSFER_TARGET), *_TRANSFER),
    _move(S.TRIAGED, S.INVESTIGATING, _OFFICER, (g.VISIT_PLANNED,), Effect.PUT_IN_DIARY),
    _move(S.RECEIVED, S.IN_ACTION, _OFFICER, (g.EMERGENCY,), Effect.ADD_DECISION_TASK),
    _move(S.INVESTIGATING, S.ANALYZING, _OFFICER, (g.VISITED,), Effect.SCAN_PRIOR_CONSULTATION),
    _move(
        S.ANALYZING, S.DECIDED, _LEAD, (g.ALTERNATIVES, g.ALERTS_ANSWERED, g.CHOICE_EXPLAINED),
        Effect.RECORD_DECISION,
    ),
    _move(S.DECIDED, S.IN_ACTION, _OFFICER, (g.ACTION_ASSIGNED,), Effect.OPEN_COLLABORATION),
    _move(
        S.DECIDED, S.REJECTED, _MANAGER, (g.REASON, g.LEGAL_BASIS, g.REMEDY), Effect.DRAFT_RESULT_NOTICE
    ),
    _move(S.IN_ACTION, S.VERIFYING, _OFFICER, (g.ACTIONS_FINISHED,), Effect.ASK_AFTER_PHOTO),
    _move(
        S.VERIFYING, S.NOTIFIED, _OFFICER, (g.AFTER_EVIDENCE, g.PRIVACY_CHECKED),
        Effect.SET_ANSWERED, Effect.SET_RESOLVED, Effect.DRAFT_RESULT_NOTICE,
    ),
    _move(S.DECIDED, S.NOTIFIED, _OFFICER, (g.INTERIM_ANSWER,), *_INTERIM),
    _move(S.IN_ACTION, S.NOTIFIED, _OFFICER, (g.INTERIM_ANSWER,), *_INTERIM),
    _move(S.NOTIFIED, S.FOLLOW_UP, frozenset(), (g.FOLLOWUP_SET,), Effect.SCHEDULE_FOLLOWUPS),
    _move(S.NOTIFIED, S.CLOSED, _LEAD, (g.ACTIONS_FINISHED, g.FOLLOWUP_DONE), *_CLOSING),
    _move(S.FOLLOW_UP, S.CLOSED, _LEAD, (g.ACTIONS_FINISHED, g.FOLLOWUP_DONE), *_CLOSING),
    _move(
        S.CLOSED, S.INVESTIGATING, _LEAD, (g.REASON,),
        Effect.UNLOCK, Effect.COUNT_REOPENING, Effect.RENEW_DEADLINE,
    ),
)  # fmt: skip
_ASIDE: Final = (
    *(
        _move(start, S.MERGED, _OFFICER, (g.SURVIVOR, g.BOTH_AGREE), Effect.LINK_SURVIVOR)
        for start in (*OPEN, S.ON_HOLD)
    ),
    *(
        _move(
            start,
            S.ON_HOLD,
            _OFFICER,
            (g.REASON, g.HOLD_UNTIL),
            Effect.REMEMBER_STAGE,
            Effect.PAUSE_CLOCK_IF_LEGAL,
        )
        for start in OPEN
    ),
    *(_move(S.ON_HOLD, back, _OFFICER, (), Effect.RESUME_CLOCK) for back in OPEN),
    *(_move(start, S.WITHDRAWN, _OFFICER, (g.REASON,), Effect.STOP_CLOCK) for start in (*OPEN, S.ON_HOLD)),
)

MOVES: Final[tuple[Move, ...]] = (*_MAIN, *_ASIDE)
"""Every move there is; what is not here is refused. From hold the way leads back to where it was."""
