"""Passages that several reports share: facts of a case, items, photos with captions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fieldlog.report import korean_text, words
from fieldlog.report.blocks import Cell, Figure, Item, Level, Plate
from fieldlog.report.dossier import ObservationKind, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from fieldlog.report.dossier import Action, CaseSheet, Observation, Photo, Place, Visit

_TYPED_MARK: Final = re.compile(r"\s*([□■○●◦ㅇ※▶☞*·•-])\s+(?=\S)")
_MARK_LEVELS: Final = {
    **dict.fromkeys("□■○●◦ㅇ", Level.CIRCLE),
    **dict.fromkeys("-·•", Level.DASH),
    **dict.fromkeys("※▶☞*", Level.NOTE),
}
_NAMED_KINDS: Final = frozenset((ObservationKind.MEASUREMENT, ObservationKind.STATEMENT))


def paragraphs(text: str, level: Level = Level.CIRCLE) -> tuple[Item, ...]:
    """A text as items, one for each paragraph; a mark the writer typed is kept and sets the level."""
    items = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        found = _TYPED_MARK.match(line)
        if found:
            items.append(Item(_MARK_LEVELS[found[1]], line[found.end() :].rstrip(), mark=found[1]))
        else:
            items.append(Item(level, line.strip()))
    return tuple(items)


def labelled(label: str, text: str, level: Level = Level.CIRCLE) -> tuple[Item, ...]:
    """A text introduced by its label; further paragraphs follow one step deeper."""
    first, *others = paragraphs(text, level) or (Item(level, ""),)
    if not first.text:
        return ()
    return (Item(first.level, f"({label}) {first.text}", first.mark), *others)


def problem_items(case: CaseSheet) -> tuple[Item, ...]:
    """What was reported and how the problem is defined."""
    told = paragraphs(case.description)
    return (*told, *labelled(words.PROBLEM, case.problem))


def visit_when(visit: Visit) -> str:
    """When a visit took place, or that it is not known."""
    return korean_text.span(visit.started_at, visit.ended_at) if visit.started_at else words.NOT_GIVEN


def visit_items(visits: Iterable[Visit]) -> tuple[Item, ...]:
    """Each visit: when and with whom, then purpose, result and summary."""
    items: list[Item] = []
    for visit in visits:
        with_whom = f", {words.COMPANIONS}: {', '.join(visit.companions)}" if visit.companions else ""
        kind = f" {visit.kind}" if visit.kind else ""
        items.append(Item(Level.CIRCLE, f"{visit.number}차{kind}: {visit_when(visit)}{with_whom}"))
        items.extend(visit_details(visit))
    return tuple(items)


def visit_details(visit: Visit) -> tuple[Item, ...]:
    """Purpose, result, summary and the manner of reporting, one step below the visit."""
    details = (
        *labelled(words.PURPOSE, visit.purpose, Level.DASH),
        *_result(visit),
    )
    if not visit.reported_orally:
        return details
    reason = f": {visit.oral_reason}" if visit.oral_reason else ""
    return (*details, Item(Level.NOTE, words.ORAL + reason))


def _result(visit: Visit) -> tuple[Item, ...]:
    """The result, and what was done, on one line where both are known."""
    if visit.result and visit.summary:
        return labelled(f"{words.RESULT}: {visit.result}", visit.summary, Level.DASH)
    return labelled(words.RESULT, visit.result, Level.DASH) or paragraphs(visit.summary, Level.DASH)


def observation_items(
    observations: Sequence[Observation], kinds: Iterable[ObservationKind], level: Level = Level.CIRCLE
) -> tuple[Item, ...]:
    """The observations of some kinds in their order, each with what was measured and by what."""
    wanted = set(kinds)
    items: list[Item] = []
    for observation in observations:
        if observation.kind in wanted:
            named = len(wanted) > 1 and observation.kind in _NAMED_KINDS
            items.extend(_observation(observation, level, named=named))
    return tuple(items)


def _observation(observation: Observation, level: Level, *, named: bool) -> tuple[Item, ...]:
    measured = observation.measured
    if measured and observation.instrument:
        measured = f"{measured} ({words.INSTRUMENT}: {observation.instrument})"
    first, *others = paragraphs(observation.text, level) or (Item(level, ""),)
    text = f"{first.text}: {measured}" if first.text and measured else first.text or measured
    if named:
        text = f"[{words.OBSERVATIONS[observation.kind]}] {text}"
    return (Item(first.level, text, first.mark), *others) if text else tuple(others)


def action_state(action: Action) -> str:
    """How far an action is: its status and the day it was or will be done."""
    if action.done_on:
        return words.DONE.format(day=korean_text.day(action.done_on))
    due = words.UNTIL.format(day=korean_text.day(action.due_on)) if action.due_on else ""
    return ", ".join(part for part in (due, action.status) if part)


def action_items(actions: Iterable[Action]) -> tuple[Item, ...]:
    """Each action with who, until when and how far."""
    items: list[Item] = []
    for action in actions:
        facts = ", ".join(part for part in (action.owner, action_state(action)) if part)
        items.append(Item(Level.CIRCLE, f"{action.title} ({facts})" if facts else action.title))
        items.extend(paragraphs(action.note, Level.DASH))
    return tuple(items)


def comment_items(case: CaseSheet) -> tuple[Item, ...]:
    """Remarks with their writer and day."""
    items: list[Item] = []
    for comment in case.comments:
        when = f", {korean_text.plain_day(comment.written_at.date())}" if comment.written_at else ""
        items.extend(labelled(f"{comment.author}{when}", comment.text))
    return tuple(items)


def place_text(place: Place | None) -> str:
    """A place in words and numbers, as much as is known."""
    if place is None:
        return ""
    parts = [place.address]
    if place.hint:
        parts.append(f"({place.hint})" if place.address else place.hint)
    return " ".join(part for part in parts if part)


def coordinate_text(place: Place | None) -> str:
    """The coordinate, how exact it is, and the national point number."""
    if place is None:
        return ""
    parts = []
    if place.latitude is not None and place.longitude is not None:
        exact = f" (±{place.accuracy_m:.0f} m)" if place.accuracy_m is not None else ""
        parts.append(korean_text.coordinate(place.latitude, place.longitude) + exact)
    if place.national_point_no:
        parts.append(f"국가지점번호 {korean_text.unbroken(place.national_point_no)}")
    return ", ".join(parts)


def whereabouts(place: Place | None) -> str:
    """A place in words or, where it has none, in numbers."""
    return place_text(place) or coordinate_text(place)


def fact_rows(case: CaseSheet) -> tuple[tuple[Cell, ...], ...]:
    """What a case is, in pairs of label and value; what is not known shows a dash."""
    pairs = (
        ((words.CASE_NO, case.number), (words.CATEGORY, case.category)),
        ((words.RECEIVED, _when(case.received_at or case.reported_at)), (words.DUE, _when(case.due_at))),
        ((words.CHANNEL, _channel(case)), (words.OWNER, _joined(" ", case.lead_department, case.owner))),
        ((words.RANKED, _joined(", ", case.severity, case.urgency)), (words.STAGE, case.stage)),
    )
    rows = [tuple(cell for name, text in row for cell in fact(name, text)) for row in pairs]
    where = _joined(" / ", place_text(case.place), coordinate_text(case.place))
    rows.append(fact(words.PLACE, where, columns=3))
    return tuple(rows)


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def fact(label: str, text: str, columns: int = 1) -> tuple[Cell, Cell]:
    """A label and its value."""
    return Cell(label, label=True), Cell(text or words.NOT_GIVEN, columns=columns)


def _when(value: object) -> str:
    return korean_text.moment(value) if value is not None else ""  # type: ignore[arg-type]


def _channel(case: CaseSheet) -> str:
    return f"{case.channel} ({case.petition_type})" if case.petition_type else case.channel


def plates(case: CaseSheet, *, prefix: str = "") -> tuple[Plate, ...]:
    """Every photo of a case, numbered in order."""
    return tuple(plate(photo, number, prefix=prefix) for number, photo in enumerate(case.photos, start=1))


def plate(photo: Photo, number: int, *, prefix: str = "") -> Plate:
    """A photo with tag, title and the facts printed under it."""
    tag = words.PHOTO_OF.format(case=prefix, number=number) if prefix else words.PHOTO.format(number=number)
    phase = words.PHASES[photo.phase]
    caption = " ".join(photo.caption.split())
    title = f"[{phase}] {caption or words.NO_CAPTION}"
    figure = Figure(photo.digest, words.ALT.format(tag=tag, title=title), photo.load)
    return Plate(tag, title, figure, tuple(_photo_facts(photo)))


def _photo_facts(photo: Photo) -> Iterable[tuple[str, str]]:
    if photo.taken_at is None:
        yield words.TAKEN, words.UNKNOWN_TIME
    else:
        when = korean_text.moment(photo.taken_at)
        taken = words.TAKEN_FROM.format(when=when, source=photo.taken_source) if photo.taken_source else when
        yield words.TAKEN, taken
    degrees = photo.heading_deg
    yield words.HEADING, words.NOT_GIVEN if degrees is None else korean_text.heading(degrees)
    yield words.PLACE, photo.place or words.NOT_GIVEN


def has_pairs(photos: Sequence[Photo]) -> bool:
    """Whether some photo shows before what another shows after."""
    known = {photo.digest for photo in photos}
    return any(photo.pair in known for photo in photos)


def facing(photos: Sequence[Photo]) -> tuple[tuple[Photo, Photo | None], ...]:
    """Photos before and after, side by side; a photo without its counterpart stands with none.

    A pair may be named by either of its photos, or by both.
    """
    known = {photo.digest: photo for photo in photos}
    partner = {photo.digest: photo.pair for photo in photos if photo.pair in known}
    partner |= {other: digest for digest, other in partner.items() if other not in partner}
    taken: set[str] = set()
    pairs: list[tuple[Photo, Photo | None]] = []
    for photo in photos:
        if photo.digest in taken:
            continue
        other = known.get(partner.get(photo.digest) or photo.digest)
        other = None if other is None or other.digest in taken or other is photo else other
        taken |= {photo.digest} | ({other.digest} if other else set())
        pairs.append(_in_order(photo, other))
    return tuple(pairs)


def _in_order(photo: Photo, other: Photo | None) -> tuple[Photo, Photo | None]:
    if other is not None and (photo.phase is Phase.AFTER or other.phase is Phase.BEFORE):
        return other, photo
    return photo, other


def period(visits: Sequence[Visit]) -> tuple[date, date] | None:
    """The first and the last day on which somebody was out."""
    starts = [visit.started_at for visit in visits if visit.started_at]
    ends = [visit.ended_at or visit.started_at for visit in visits]
    lasts = [end for end in ends if end]
    return (min(starts).date(), max(lasts).date()) if starts and lasts else None
