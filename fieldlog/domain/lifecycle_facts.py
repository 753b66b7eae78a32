"""The states of a case, the roles of its people, and the plain facts that the rules of moving look at."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.registry.codes import ROLE
from fieldlog.domain.registry.vocabularies import STAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldlog.domain.phrase import Phrase


class Stage(enum.StrEnum):
    """The states of a case, in the order of its life; the last five stand beside it."""

    DRAFT = "DRAFT"
    RECEIVED = "RECEIVED"
    TRIAGED = "TRIAGED"
    INVESTIGATING = "INVESTIGATING"
    ANALYZING = "ANALYZING"
    DECIDED = "DECIDED"
    IN_ACTION = "IN_ACTION"
    VERIFYING = "VERIFYING"
    NOTIFIED = "NOTIFIED"
    FOLLOW_UP = "FOLLOW_UP"
    CLOSED = "CLOSED"
    ON_HOLD = "ON_HOLD"
    TRANSFERRED = "TRANSFERRED"
    MERGED = "MERGED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> Phrase:
        """The state's name in both languages."""
        return STAGE.entries[self.value]

    @property
    def clock(self) -> PetitionClock:
        """Whether the petition's time runs in this state, as long as nobody has answered."""
        return _CLOCKS.get(self, PetitionClock.RUNNING)

    @property
    def is_open(self) -> bool:
        """Whether the case is on its way: neither ended nor standing beside it."""
        return self in OPEN


class PetitionClock(enum.Enum):
    """What a state does to the petition's time. An answer stops it in every state."""

    NONE = "-"
    RUNNING = "RUNNING"
    STOPPED = "STOPPED"


_CLOCKS: Final[Mapping[Stage, PetitionClock]] = {
    Stage.DRAFT: PetitionClock.NONE,
    Stage.NOTIFIED: PetitionClock.STOPPED,
    Stage.FOLLOW_UP: PetitionClock.STOPPED,
    Stage.CLOSED: PetitionClock.STOPPED,
    Stage.TRANSFERRED: PetitionClock.STOPPED,
    Stage.WITHDRAWN: PetitionClock.STOPPED,
}
"""A case on hold keeps its time running unless the reason is one the law does not count; a merged or
rejected case keeps it running until its own petitioner is answered."""

OPEN: Final = (
    Stage.DRAFT,
    Stage.RECEIVED,
    Stage.TRIAGED,
    Stage.INVESTIGATING,
    Stage.ANALYZING,
    Stage.DECIDED,
    Stage.IN_ACTION,
    Stage.VERIFYING,
    Stage.NOTIFIED,
    Stage.FOLLOW_UP,
)


class Role(enum.StrEnum):
    """What a person may be to an agency; one person can be several."""

    FIELD_OFFICER = "FIELD_OFFICER"
    TEAM_LEAD = "TEAM_LEAD"
    MANAGER = "MANAGER"
    COLLAB_OFFICER = "COLLAB_OFFICER"
    INNOVATION_LEAD = "INNOVATION_LEAD"
    OVERSIGHT = "OVERSIGHT"
    PRIVACY_OFFICER = "PRIVACY_OFFICER"
    AUDITOR = "AUDITOR"
    ADMIN = "ADMIN"

    @property
    def label(self) -> Phrase:
        """The role's name in both languages."""
        return ROLE.entries[self.value]


class CaseFacts(Struct, frozen=True, kw_only=True):
    """What is true of a case, as plain facts; text that is empty is a fact not given.

    Attributes:
        visits_with_observation: Visits that are finished and carry an observation.
        visit_waiver: Why no site survey was needed, if a move said so.
        alternatives_scored: Alternatives with scores for every criterion.
        chosen_is_top: Whether the chosen alternative has the highest total; None before one is chosen.
        actions_assigned: Actions that name an owner and a due date.
        mandatory_actions_open: Mandatory actions neither done nor cancelled with a reason.
        photos_unreviewed: Photographs nobody has looked through for faces, plates and names.
        followup_days: How many follow-ups the category asks for by default.
        open_alerts: Prior-consultation alerts that nobody has answered.
        merge_agreed: Whether both owners agreed to merge.
        roles: What the person who moves the case is; ``solo_mode`` puts roles and owners aside.
    """

    stage: Stage = Stage.DRAFT
    held_from: Stage | None = None
    hold_until: str = ""
    title: str = ""
    category: str = ""
    has_location: bool = False
    location_waiver: str = ""
    received_at: str = ""
    owner: str = ""
    urgency: str = ""
    visits_planned: int = 0
    visits_with_observation: int = 0
    visit_waiver: str = ""
    alternatives_scored: int = 0
    chosen_is_top: bool | None = None
    chosen_reason: str = ""
    open_alerts: int = 0
    actions_assigned: int = 0
    mandatory_actions_open: int = 0
    after_photos: int = 0
    photos_unreviewed: int = 0
    legal_basis: str = ""
    remedy: str = ""
    transfer_to: str = ""
    followups: int = 0
    followups_open: int = 0
    followup_days: int = 0
    merged_into: str = ""
    merge_agreed: bool = False
    roles: frozenset[Role] = frozenset()
    solo_mode: bool = True
