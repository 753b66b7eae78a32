"""Laptops, an office, and everything that goes wrong, in any order: at the end all are the same."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from helpers.makers import received
from helpers.meeting import Device, MemoryOffice
from helpers.replicas import shown
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fieldlog.domain.errors import NotAllowed, OfficeAway
from fieldlog.services import recording
from fieldlog.storage.op_bytes import op_from_bytes
from fieldlog.storage.record_rows import SELECT_RECORD, record_row
from fieldlog.storage.streams import all_streams

LAPTOPS = 3
who = st.integers(0, LAPTOPS - 1)
words = st.sampled_from(["가로등", "보도블록", "맨홀", "난간"])


class Office(RuleBasedStateMachine):
    """Each rule is something an official, a clock, a disk or a line may do."""

    def __init__(self) -> None:
        super().__init__()
        self._made = tempfile.TemporaryDirectory()
        self.laptops = [Device(Path(self._made.name), f"laptop {n}") for n in range(LAPTOPS)]
        self.office = MemoryOffice()
        self.copied: dict[int, bool] = {}
        self.confirmed: set[bytes] = set()
        self.backup: object = None

    @initialize()
    def begin(self) -> None:
        self.case = received(self.laptops[0].workspace)
        for each in self.laptops:
            each.sync(self.office)

    @rule(n=who, title=words)
    def write(self, n: int, title: str) -> None:
        self._revise(n, {"title": f"{title} {n}"})

    @rule(n=who, text=words)
    def write_elsewhere(self, n: int, text: str) -> None:
        self._revise(n, {"description": f"{text} {n}"})

    @rule(n=who, title=words)
    def decide(self, n: int, title: str) -> None:
        self._revise(n, {"title": title}, settles=True)

    @rule(n=who)
    def remove_or_restore(self, n: int) -> None:
        workspace = self.laptops[n].workspace
        with suppress(NotAllowed):
            if workspace.store.find(self.case).deleted:
                recording.restore(workspace, self.case)
            else:
                recording.remove(workspace, self.case, "중복")

    @rule(n=who, days=st.integers(-400, 400))
    def clock_jumps(self, n: int, days: int) -> None:
        self.laptops[n].clock.go(days=days)

    @rule(n=who)
    def sync(self, n: int) -> None:
        self.laptops[n].sync(self.office)
        self._note_confirmed()

    @rule(n=who, calls=st.integers(0, 8))
    def sync_is_cut_off(self, n: int, calls: int) -> None:
        self.office.fails_after = calls
        try:
            self.laptops[n].sync(self.office)
        except OfficeAway:
            pass
        finally:
            self.office.fails_after = None
        self._note_confirmed()

    @rule(n=who)
    def disk_is_copied(self, n: int) -> None:
        self.laptops[n].copy("kept")
        self.copied[n] = True

    @precondition(lambda self: self.copied)
    @rule(n=who)
    def disk_is_put_back(self, n: int) -> None:
        if n in self.copied:
            self.laptops[n].put_back("kept")

    @rule()
    def office_is_backed_up(self) -> None:
        self.backup = self.office.backup()

    @precondition(lambda self: self.backup is not None)
    @rule()
    def office_is_put_back(self) -> None:
        self.office.restore(self.backup, self.office.incarnation)
        self.confirmed = set()

    def _revise(self, n: int, changes: dict[str, Any], *, settles: bool = False) -> None:
        with suppress(NotAllowed):  # it was removed here
            recording.revise(self.laptops[n].workspace, self.case, changes, settles=settles)

    def _note_confirmed(self) -> None:
        for _, _, hashes in self.office.logs.values():
            self.confirmed.update(hashes)

    @invariant()
    def nothing_confirmed_is_ever_lost(self) -> None:
        held = {digest for _, _, hashes in self.office.logs.values() for digest in hashes}
        assert self.confirmed <= held

    def teardown(self) -> None:
        try:
            for _ in range(3):
                for each in self.laptops:
                    receipt = each.sync(self.office)
            assert receipt.same
            assert len({each.digest() for each in self.laptops}) == 1
            assert all(
                shown(each.workspace.store) == shown(self.laptops[0].workspace.store) for each in self.laptops
            )
            for each in self.laptops:
                nothing_vanished(each.workspace.store)
        finally:
            for each in self.laptops:
                each.close()
            self._made.cleanup()


def nothing_vanished(store: Any) -> None:
    """Every value that was ever written is shown, stands beside it, or was replaced by one that knew it (I4)."""
    reader = store.reader()
    streams = all_streams(reader)
    uuids = {stream.id: stream.uuid for stream in streams}
    written, replaced = set(), set()
    for stream, body in reader.execute("SELECT stream, body FROM op"):
        op = op_from_bytes(bytes(body), uuids[stream])
        for record in op.records:
            for change in record.changes:
                written.add((record.record, change.key, (op.hlc, uuids[stream])))
                replaced.update((record.record, change.key, tuple(base)) for base in change.bases)
    heads = {
        (row.record, key, tuple(head.version))
        for row in (record_row(found, uuids.__getitem__) for found in reader.execute(SELECT_RECORD))
        for key, living in row.heads.items()
        for head in living
    }
    assert heads == written - replaced, "a value vanished or came back"
