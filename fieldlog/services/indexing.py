"""Indexing for the search: what was saved lately goes into the index when there is time for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldlog.services.workspace import Workspace


def index_saved(workspace: Workspace) -> int:
    """Move what was saved lately into the search index; answers how many texts, none in a store only read.

    What waits is found as well, at the cost of a second look: this saves that look, and the next save the work.

    Raises:
        DiskTrouble: The disk refused; everything waits on.
    """
    return workspace.store.absorb_waiting()
