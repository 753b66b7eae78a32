"""The tables and views of the published file, made from the registry: what a field says of a person is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.registry import REGISTRY, FieldType, Personal
from fieldlog.storage.case_columns import STILL_RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.domain.registry import Field, Kind

FORMAT: Final = 1
"""1 (2026-11-23): first. Raised when a table, a view or a column changes its meaning or goes."""
APPLICATION_ID: Final = 0x464C5348
"""``FLSH``, by which tools such as ``file`` know it."""

_TABLES: Final = {
    "case": "cases",
    "visit": "visits",
    "observation": "observations",
    "action": "actions",
    "comment": "comments",
    "photo": "photos",
    "tag": "tags",
    "location": "places",
}
_ONLY: Final = {"location": frozenset({"case_id", "bjd_code", "bjd_name", "bjd_as_of", "hjd_code"})}
"""An address or a point number is as exact as the coordinates, which tell where a person is: the area remains."""
_LEFT_OUT: Final = {"photo": frozenset({"pii_found", "gps_acc", "altitude_m"})}
"""What was found of persons in a picture, and what is left of its coordinates."""
_SQL_TYPE: Final = {
    FieldType.INTEGER: "INTEGER",
    FieldType.FLAG: "INTEGER",
    FieldType.REAL: "REAL",
}


class Published(Struct, frozen=True):
    """One kind of record as a table."""

    kind: Kind
    table: str
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns in order."""
        own = ("changed_at",) if self.table == "cases" else ()
        return ("id", *(declared.name for declared in self.fields), *own, "in_conflict")

    @property
    def insert(self) -> str:
        """Adds one row."""
        marks = ", ".join("?" for _ in self.columns)
        return f"INSERT INTO {self.table} VALUES({marks})"

    @property
    def create(self) -> str:
        """Makes the table."""
        columns = ["id TEXT PRIMARY KEY"]
        for declared in self.fields:
            refers = " NOT NULL REFERENCES cases(id)" if declared.name == "case_id" else ""
            columns.append(f'"{declared.name}" {_SQL_TYPE.get(declared.type, "TEXT")}{refers}')
        if self.table == "cases":
            columns.append("changed_at TEXT NOT NULL")
        columns.append("in_conflict INTEGER NOT NULL")
        return f"CREATE TABLE {self.table}({', '.join(columns)})"


def _is_published(kind: Kind, declared: Field) -> bool:
    if declared.personal is not Personal.NO or declared.type is FieldType.TREE:
        return False
    only = _ONLY.get(kind.name)
    return declared.name not in _LEFT_OUT.get(kind.name, ()) and (only is None or declared.name in only)


PUBLISHED: Final = tuple(
    Published(kind, table, tuple(declared for declared in kind.fields if _is_published(kind, declared)))
    for name, table in _TABLES.items()
    for kind in (REGISTRY.kind(name),)
)


def statements() -> Iterator[str]:
    """Everything that makes the empty file."""
    yield "CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT NOT NULL)"
    yield (
        'CREATE TABLE field("table" TEXT, field TEXT, type TEXT NOT NULL, vocabulary TEXT, ko TEXT NOT NULL,'
        ' en TEXT NOT NULL, PRIMARY KEY("table", field))'
    )
    yield (
        "CREATE TABLE code(vocabulary TEXT, code TEXT, position INTEGER NOT NULL, ko TEXT NOT NULL,"
        " en TEXT NOT NULL, PRIMARY KEY(vocabulary, code))"
    )
    for each in PUBLISHED:
        yield each.create
    yield _OVERVIEW
    yield _DEADLINES
    yield _OPEN_ACTIONS
    for each in PUBLISHED:
        yield _korean_view(each)


def indexes() -> Iterator[str]:
    """What finds the parts of a case, made once the rows are there."""
    for each in PUBLISHED[1:]:
        yield f"CREATE INDEX {each.table}_of_case ON {each.table}(case_id)"


def field_rows() -> Iterator[tuple[str, str, str, str | None, str, str]]:
    """What each column means, in both languages."""
    for each in PUBLISHED:
        for declared in each.fields:
            vocabulary = declared.vocabulary.name if declared.vocabulary else None
            yield (
                each.table,
                declared.name,
                declared.type.name.lower(),
                vocabulary,
                declared.label.ko,
                declared.label.en,
            )


def code_rows() -> Iterator[tuple[str, str, int, str, str]]:
    """What each code means, in both languages."""
    vocabularies = {
        declared.vocabulary.name: declared.vocabulary
        for each in PUBLISHED
        for declared in each.fields
        if declared.vocabulary
    }
    for name, vocabulary in vocabularies.items():
        for position, (code, label) in enumerate(vocabulary.entries.items()):
            yield name, code, position, label.ko, label.en


def _korean_view(each: Published) -> str:
    """The table with Korean headings and words instead of codes; a part names its case by number."""
    shown = []
    for declared in each.fields:
        column = f't."{declared.name}"'
        if declared.name == "case_id":
            shown.append('c.case_no AS "사안번호"')
            continue
        if declared.vocabulary and declared.type is not FieldType.WORDS:
            word = f"SELECT ko FROM code WHERE vocabulary = '{declared.vocabulary.name}' AND code = {column}"  # noqa: S608
            column = f"coalesce(({word}), {column})"
        shown.append(f'{column} AS "{declared.label.ko}"')
    joined = "" if each.table == "cases" else " JOIN cases c ON c.id = t.case_id"
    return f'CREATE VIEW "{each.kind.label.ko}" AS SELECT {", ".join(shown)} FROM {each.table} t{joined}'  # noqa: S608


def _counted(table: str, name: str, where: str = "") -> str:
    return f"(SELECT count(*) FROM {table} p WHERE p.case_id = c.id{where}) AS {name}"  # noqa: S608


_UNFINISHED: Final = "status NOT IN ('DONE', 'CANCELLED')"
_OVERVIEW: Final = (
    "CREATE VIEW case_overview AS SELECT c.case_no, c.title, c.stage,"  # noqa: S608
    " (SELECT ko FROM code WHERE vocabulary = 'stage' AND code = c.stage) AS stage_ko,"
    " (SELECT en FROM code WHERE vocabulary = 'stage' AND code = c.stage) AS stage_en,"
    " c.category_code, c.severity, c.urgency, c.received_at, c.due_at, c.answered_at, c.lead_dept_id,"
    " c.owner_user_id,"
    " (SELECT bjd_name FROM places p WHERE p.case_id = c.id AND bjd_name IS NOT NULL ORDER BY p.id LIMIT 1)"
    " AS bjd_name,"
    " (SELECT group_concat(name, ', ') FROM (SELECT name FROM tags p WHERE p.case_id = c.id ORDER BY p.id)) AS tags,"
    f" {_counted('visits', 'visits')}, {_counted('observations', 'observations')},"
    f" {_counted('photos', 'photos')}, {_counted('comments', 'comments')}, {_counted('actions', 'actions')},"
    f" {_counted('actions', 'actions_open', f' AND p.{_UNFINISHED}')},"
    " c.changed_at, c.in_conflict, c.id FROM cases c"
)
_DEADLINES: Final = (
    "CREATE VIEW running_deadlines AS SELECT case_no, title, stage, due_at, lead_dept_id, owner_user_id, id"  # noqa: S608
    f" FROM cases WHERE {STILL_RUNNING} ORDER BY due_at"
)
_OPEN_ACTIONS: Final = (
    "CREATE VIEW open_actions AS SELECT c.case_no, c.title AS case_title, a.title, a.status, a.due_on,"  # noqa: S608
    " a.owner_org_id, a.owner_user_id, a.id, a.case_id FROM actions a JOIN cases c ON c.id = a.case_id"
    f" WHERE a.{_UNFINISHED} ORDER BY a.due_on"
)
