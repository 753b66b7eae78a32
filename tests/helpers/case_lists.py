"""A dozen cases that differ in all that a list is sorted and filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldlog.domain.editing import Edit
from fieldlog.domain.filter import SORT_KEYS, CaseFilter

if TYPE_CHECKING:
    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace

ORDERS = [CaseFilter(sort=key, descending=down) for key in SORT_KEYS for down in (True, False)]
SEVERITIES = (3, 5, 1, 3, 3, 4, 2, 3, 1, 5, 3, 3)


def values(number: int) -> dict[str, Any]:
    """The fields of one case: every third was never received, most severities are the same."""
    said: dict[str, Any] = {
        "case_no": f"HB-2026-{1000 - 7 * number:04d}",
        "title": f"{'가로등' if number % 2 else '보도블록'} {number}",
        "category_code": "ROAD_POTHOLE" if number % 2 else "PARK_TRAIL",
        "severity": str(SEVERITIES[number % 12]),
        "urgency": "NORMAL",
        "lead_dept_id": "ROAD" if number % 4 else "PARK",
        "reported_at": f"2026-11-{1 + number % 5:02d}T09:00:00+09:00",
        "stage": "RECEIVED" if number % 3 else "DRAFT",
    }
    if number % 3:
        said["received_at"] = f"2026-11-{20 - number:02d}T10:00:00+09:00"
    return said


def record_cases(workspace: Workspace, count: int = 12) -> list[RecordId]:
    """Record them, one after another."""
    made = []
    for number in range(count):
        made.append(workspace.mint.record_id())
        workspace.keep([Edit(record=made[-1], kind="case", values=values(number))])
    return made


def change(workspace: Workspace, case: RecordId, deleted: str | None = None, **said: Any) -> None:
    """Change fields of a case, or remove it."""
    workspace.keep([Edit(record=case, kind="case", values=said, deleted=deleted)])
