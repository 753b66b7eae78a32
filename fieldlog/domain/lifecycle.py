"""Whether a case may move to another state, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.errors import NotAllowed
from fieldlog.domain.lifecycle_facts import CaseFacts, PetitionClock, Role, Stage
from fieldlog.domain.lifecycle_table import MOVES, Effect, Move
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "MOVES",
    "CaseFacts",
    "Effect",
    "Move",
    "PetitionClock",
    "Refusal",
    "Role",
    "Stage",
    "Verdict",
    "may_move",
    "moves_from",
    "open_moves",
    "refused_move",
]

_NO_SUCH_STAGE: Final = Phrase("{stage:은} 없는 상태입니다.", "{stage} is no stage.")
_ALREADY: Final = Phrase("이미 {stage} 상태입니다.", "The case is already at: {stage}.")
_NOT_LISTED: Final = Phrase(
    "{start}에서 {end:으로} 바로 갈 수 없습니다. 갈 수 있는 상태: {ways}",
    "A case cannot go from {start} to {end}. It can go to: {ways}",
)
_NO_WAY_ON: Final = Phrase(
    "{start:은} 마지막 상태여서 옮길 수 없습니다.", "{start} is a final stage: the case cannot move on."
)
_BACK_ONLY: Final = Phrase(
    "보류한 사안은 보류 전 상태인 {stage} 상태로만 돌아갈 수 있습니다.",
    "A case on hold returns to where it was: {stage}.",
)
_ROLE: Final = Phrase("{roles}만 할 수 있습니다.", "Only these may do it: {roles}")
_WHAT: Final = Phrase("{stage} 상태로 옮기지 않았습니다.", "The case was not moved to: {stage}.")
_HOW_BY_REASON: Final = Phrase("사유와 함께 다시 옮겨 주십시오.", "Move it again and give a reason.")
_HOW: Final = Phrase("빠진 것을 채운 뒤 다시 옮겨 주십시오.", "Complete what is missing and move it again.")
_HOW_OTHERWISE: Final = Phrase("갈 수 있는 상태를 골라 주십시오.", "Choose a stage it can go to.")


class Refusal(Struct, frozen=True):
    """One reason why not; ``field`` names what to fill in, ``by_reason`` that a reason would do."""

    phrase: Phrase
    field: str = "stage"
    by_reason: bool = False


class Verdict(Struct, frozen=True):
    """Whether a move may be made: the move itself when it is listed, and every refusal."""

    move: Move | None
    refusals: tuple[Refusal, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against it."""
        return self.move is not None and not self.refusals


def moves_from(stage: Stage) -> tuple[Move, ...]:
    """The moves listed from a state, conditions aside."""
    return tuple(move for move in MOVES if move.start is stage)


def open_moves(facts: CaseFacts) -> tuple[Move, ...]:
    """The moves to offer for this case: listed ones, and from hold only the way back and out."""
    return tuple(move for move in moves_from(facts.stage) if not _wrong_way_back(facts, move.end))


def may_move(facts: CaseFacts, to: str, reason: str = "") -> Verdict:
    """Judge a move to the state of that code; every refusal is given at once."""
    if to not in Stage.__members__:
        return Verdict(None, (Refusal(_NO_SUCH_STAGE.fill(stage=to)),))
    end = Stage(to)
    move = next((move for move in moves_from(facts.stage) if move.end is end), None)
    if move is None or _wrong_way_back(facts, end):
        return Verdict(None, (_not_listed(facts, end),))
    said = reason.strip()
    refusals = [
        Refusal(guard.refusal, guard.field, guard.by_reason)
        for guard in move.guards
        if not guard.holds(facts, said)
    ]
    if not facts.solo_mode and move.roles and not move.roles & facts.roles:
        refusals.append(
            Refusal(_ROLE.fill(roles=_listed(role.label for role in sorted(move.roles))), "roles")
        )
    return Verdict(move, tuple(refusals))


def refused_move(to: str, verdict: Verdict) -> NotAllowed:
    """The error that tells a person every reason of a verdict that says no."""
    stage = Stage(to).label if to in Stage.__members__ else Phrase(to, to)
    whys = [refusal.phrase for refusal in verdict.refusals]
    if verdict.move is None:
        how = _HOW_OTHERWISE
    else:
        how = _HOW_BY_REASON if all(refusal.by_reason for refusal in verdict.refusals) else _HOW
    why = Phrase(" ".join(said.ko for said in whys), " ".join(said.en for said in whys))
    return NotAllowed(_WHAT.fill(stage=stage), why, how)


def _wrong_way_back(facts: CaseFacts, end: Stage) -> bool:
    return facts.stage is Stage.ON_HOLD and end.is_open and facts.held_from not in {None, end}


def _not_listed(facts: CaseFacts, end: Stage) -> Refusal:
    start = facts.stage
    if end is start:
        return Refusal(_ALREADY.fill(stage=start.label))
    if _wrong_way_back(facts, end) and facts.held_from is not None:
        return Refusal(_BACK_ONLY.fill(stage=facts.held_from.label))
    ways = open_moves(facts)
    if not ways:
        return Refusal(_NO_WAY_ON.fill(start=start.label))
    named = _listed(move.end.label for move in ways)
    return Refusal(_NOT_LISTED.fill(start=start.label, end=end.label, ways=named))


def _listed(phrases: Iterable[Phrase]) -> Phrase:
    said = tuple(phrases)
    return Phrase(", ".join(phrase.ko for phrase in said), ", ".join(phrase.en for phrase in said))
