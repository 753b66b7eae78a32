"""Drafts: typing that has not been saved yet, kept at most two seconds old.

A long description is kept again every two seconds, so it is compressed before it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from fieldlog.domain.clock import iso

if TYPE_CHECKING:
    from fieldlog.domain.registry import Value
    from fieldlog.services.workspace import Workspace


class Draft(Struct, frozen=True):
    """Unfinished typing: which form, what stood in it, when it was kept."""

    form: str
    values: dict[str, Value]
    at: str


def keep_draft(workspace: Workspace, form: str, values: dict[str, Value]) -> None:
    """Keep what stands in a form; it outlives a crash."""
    from zstandard import compress  # noqa: PLC0415

    body = compress(msgspec.msgpack.encode(_writable(values)))
    workspace.store.put_draft(form, body, iso(workspace.now()))


def drop_draft(workspace: Workspace, form: str) -> None:
    """Forget a draft that was saved or thrown away."""
    workspace.store.drop_draft(form)


def drafts(workspace: Workspace) -> tuple[Draft, ...]:
    """Every draft, newest first."""
    return tuple(Draft(form, _read(body), at) for form, body, at in workspace.store.drafts())


def draft_of(workspace: Workspace, form: str) -> Draft | None:
    """The draft of one form, or None."""
    return next((draft for draft in drafts(workspace) if draft.form == form), None)


def _read(body: bytes) -> dict[str, Value]:
    from zstandard import decompress  # noqa: PLC0415

    values: dict[str, Value] = msgspec.msgpack.decode(decompress(body))
    return values


def _writable(value: Value) -> Value:
    """The value as bytes can hold it: half of a character, as a keyboard may leave it for a moment, is replaced."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_writable(each) for each in value]
    if isinstance(value, dict):
        return {name: _writable(each) for name, each in value.items()}
    return value
