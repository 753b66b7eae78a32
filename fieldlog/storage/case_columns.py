"""The columns of the case list: what a table of a million cases can be sorted and filtered by."""

from __future__ import annotations

from typing import Final

COLUMNS: Final = (
    ("case_no", "TEXT"),
    ("title", "TEXT"),
    ("stage", "TEXT"),
    ("category_code", "TEXT"),
    ("severity", "INTEGER"),
    ("urgency", "TEXT"),
    ("petition_type", "TEXT"),
    ("channel", "TEXT"),
    ("reported_at", "TEXT"),
    ("received_at", "TEXT"),
    ("due_at", "TEXT"),
    ("answered_at", "TEXT"),
    ("lead_dept_id", "TEXT"),
    ("owner_user_id", "TEXT"),
    ("priority_score", "REAL"),
)
"""Fields of the case itself, copied as they are shown."""
PLACE_COLUMNS: Final = (("place", "TEXT"), ("lat", "REAL"), ("lon", "REAL"))
OWN_COLUMNS: Final = (
    ("updated", "INTEGER NOT NULL"),
    ("photos", "INTEGER NOT NULL DEFAULT 0"),
    ("nconf", "INTEGER NOT NULL DEFAULT 0"),
)
_ALL: Final = (*COLUMNS, *PLACE_COLUMNS, *OWN_COLUMNS)
SORTABLE: Final = ("updated", "received_at", "due_at", "severity", "case_no", "reported_at")

CREATE_CASE_LIST: Final = (
    "CREATE TABLE case_list(row INTEGER PRIMARY KEY, "
    + ", ".join(f"{name} {kind}" for name, kind in _ALL)
    + ") STRICT",
    "CREATE INDEX case_by_updated ON case_list(updated)",
    "CREATE INDEX case_by_received ON case_list(received_at)",
    "CREATE INDEX case_by_due ON case_list(due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX case_by_severity ON case_list(severity, updated)",
    "CREATE INDEX case_by_number ON case_list(case_no)",
    "CREATE INDEX case_by_stage ON case_list(stage, updated)",
)
"""A deleted case has no row here; the record itself stays."""
