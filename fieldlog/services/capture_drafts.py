"""The drafts of the quick record by their keys: light, because the page of the day asks for them at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.ids import RecordId
from fieldlog.services.drafting import drafts

if TYPE_CHECKING:
    from fieldlog.services.drafting import Draft
    from fieldlog.services.workspace import Workspace

FORM: Final = "quick"
"""The draft in which unfinished typing of the quick record is kept."""
HELD: Final = "quick picture "
"""Before an id: a picture from the clipboard."""
PENDING: Final = "quick photos "
"""Before a case: its pictures that are not filed yet."""


def is_own_draft(draft: Draft) -> bool:
    """Whether a draft is bookkeeping of the quick record, not typing of a person."""
    return draft.form.startswith((HELD, PENDING))


def pending_cases(workspace: Workspace) -> tuple[RecordId, ...]:
    """Cases whose pictures have not all been filed yet, the oldest first."""
    if workspace.read_only:
        return ()
    forms = [draft.form for draft in drafts(workspace) if draft.form.startswith(PENDING)]
    return tuple(RecordId(form.removeprefix(PENDING)) for form in reversed(forms))
