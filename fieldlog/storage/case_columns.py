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
    ("period_value", "INTEGER"),
    ("period_unit", "TEXT"),
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
INDEXES: Final = {
    "updated": "case_by_updated",
    "received_at": "case_by_received",
    "reported_at": "case_by_reported",
    "due_at": "case_by_due",
    "severity": "case_by_severity",
    "case_no": "case_by_number",
}
"""One plain index for each order of the list: its entries end with the row, which makes the order total."""
_ENDED: Final = ("NOTIFIED", "FOLLOW_UP", "CLOSED", "TRANSFERRED", "MERGED", "REJECTED", "WITHDRAWN")
STILL_RUNNING: Final = f"due_at IS NOT NULL AND answered_at IS NULL AND stage NOT IN ({', '.join(repr(code) for code in _ENDED)})"
"""The cases whose deadline still counts. Queries must say it in these very words to be served by the index."""
CREATE_CASE_LIST: Final = (
    "CREATE TABLE case_list(row INTEGER PRIMARY KEY, "
    + ", ".join(f"{name} {kind}" for name, kind in _ALL)
    + ") STRICT",
    *(f"CREATE INDEX {index} ON case_list({column})" for column, index in INDEXES.items()),
    "CREATE INDEX case_by_stage ON case_list(stage, updated)",
    f"CREATE INDEX case_running ON case_list(due_at, updated) WHERE {STILL_RUNNING}",
    "CREATE INDEX case_without_place ON case_list(stage, lat) WHERE lat IS NULL",
)
"""A deleted case has no row here; the record itself stays."""
