"""How much a case matters to citizens: a score that shows its parts."""

from __future__ import annotations

import math
from typing import Final

from msgspec import Struct

from fieldlog.domain.errors import Bug
from fieldlog.domain.phrase import Phrase

_SEVERITY: Final = Phrase("심각도 {n} × {weight}", "severity {n} × {weight}")
_AFFECTED: Final = Phrase("영향 인원 {n}명 (log × {weight})", "{n} people affected (log × {weight})")
_REPEATED: Final = Phrase("90일 안 반복 {n}회 × {weight}", "{n} repeats in 90 days × {weight}")
_VULNERABLE: Final = Phrase("취약계층 관련", "vulnerable people")
_DECIMALS: Final = 1


class PriorityWeights(Struct, frozen=True, kw_only=True):
    """How much each part counts; set by the agency profile."""

    severity: float = 4.0
    affected: float = 3.0
    repeat: float = 2.0
    vulnerable: float = 3.0


class PriorityPart(Struct, frozen=True):
    """One part of a score: its points and what gave them."""

    points: float
    words: Phrase


class Priority(Struct, frozen=True):
    """A score and the parts it is the sum of."""

    score: float
    parts: tuple[PriorityPart, ...]


def priority(
    *,
    severity: int,
    affected_people: int = 0,
    repeats_90d: int = 0,
    vulnerable: bool = False,
    weights: PriorityWeights | None = None,
) -> Priority:
    """Score a case: severity, the logarithm of the people affected, repetition, vulnerable people.

    Raises:
        Bug: A count is negative.
    """
    by = weights or PriorityWeights()
    points = _points(severity, affected_people, repeats_90d, by, vulnerable=vulnerable)
    words = (
        _SEVERITY.fill(n=severity, weight=f"{by.severity:g}"),
        _AFFECTED.fill(n=f"{affected_people:,}", weight=f"{by.affected:g}"),
        _REPEATED.fill(n=repeats_90d, weight=f"{by.repeat:g}"),
        _VULNERABLE,
    )
    given = tuple(PriorityPart(each, word) for each, word in zip(points, words, strict=True) if each)
    return Priority(_sum(points), given)


def priority_score(
    *,
    severity: int,
    affected_people: int = 0,
    repeats_90d: int = 0,
    vulnerable: bool = False,
    weights: PriorityWeights | None = None,
) -> float:
    """The score alone, for lists.

    Raises:
        Bug: A count is negative.
    """
    by = weights or PriorityWeights()
    return _sum(_points(severity, affected_people, repeats_90d, by, vulnerable=vulnerable))


def _points(
    severity: int, affected_people: int, repeats_90d: int, by: PriorityWeights, *, vulnerable: bool
) -> tuple[float, ...]:
    if min(severity, affected_people, repeats_90d) < 0:
        raise Bug("counts are not negative")
    return (
        round(severity * by.severity, _DECIMALS),
        round(math.log10(1 + affected_people) * by.affected, _DECIMALS),
        round(repeats_90d * by.repeat, _DECIMALS),
        round(by.vulnerable if vulnerable else 0.0, _DECIMALS),
    )


def _sum(points: tuple[float, ...]) -> float:
    return round(sum(points), _DECIMALS)
