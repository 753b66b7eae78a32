"""Every error fieldlog raises, in one drawn tree.

::

    FieldlogError
    ├── Known                  the person can read and mend it: 무엇이 / 왜 / 어떻게
    │   ├── BadInput           a value that a field or a command cannot take
    │   ├── NotFound           no such case, record, file or template
    │   ├── NotAllowed         a rule of the lifecycle or of the law says no
    │   ├── AlreadyThere       something would be overwritten without being asked
    │   ├── Cancelled          the person stopped it; nothing half done remains
    │   ├── PhotoRefused       a file that is no picture we can keep
    │   ├── ProfileBroken      an agency profile that does not hold together
    │   ├── ReportRefused      a report that cannot be made as asked
    │   └── StoreTrouble       the store cannot be used as it is
    │       ├── StoreMissing   there is no store in that folder
    │       ├── StoreBusy      another window has it open
    │       ├── StoreReadOnly  it was opened for reading
    │       ├── StoreTooNew    it was written by a newer fieldlog
    │       ├── StoreDamaged   bytes are not what they were when written
    │       ├── KeyMissing     neither a keyring nor a passphrase
    │       ├── KeyWrong       the passphrase does not open it
    │       └── DiskTrouble    full, unreadable, vanished
    └── Bug                    ours: the program is wrong, not the person
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldlog.domain.phrase import Phrase


class FieldlogError(Exception):
    """The root: whatever fieldlog raises on purpose."""


class Known(FieldlogError):
    """An error a person can read: what happened, why, and how to go on."""

    def __init__(self, what: Phrase, why: Phrase, how: Phrase) -> None:
        super().__init__(f"{what.en} {why.en}")
        self.what = what
        self.why = why
        self.how = how


class Bug(FieldlogError):
    """Something that cannot be true unless the program is wrong."""


class BadInput(Known):
    """A value that a field or a command cannot take."""


class NotFound(Known):
    """No such case, record, file or template."""


class NotAllowed(Known):
    """A rule of the lifecycle or of the law says no."""


class AlreadyThere(Known):
    """Something would be overwritten without being asked."""


class Cancelled(Known):
    """The person stopped it; nothing half done remains."""


class PhotoRefused(Known):
    """A file that is no picture we can keep."""


class ProfileBroken(Known):
    """An agency profile that does not hold together."""


class ReportRefused(Known):
    """A report that cannot be made as asked."""


class StoreTrouble(Known):
    """The store cannot be used as it is."""


class StoreMissing(StoreTrouble):
    """There is no store in that folder."""


class StoreBusy(StoreTrouble):
    """Another window has the store open."""


class StoreReadOnly(StoreTrouble):
    """The store was opened for reading only."""


class StoreTooNew(StoreTrouble):
    """The store was written by a newer fieldlog."""


class StoreDamaged(StoreTrouble):
    """Bytes are not what they were when they were written."""


class KeyMissing(StoreTrouble):
    """There is neither a keyring nor a passphrase to open the store with."""


class KeyWrong(StoreTrouble):
    """The key or passphrase does not open the store."""


class DiskTrouble(StoreTrouble):
    """The disk is full, unreadable or has gone away."""


class OfficeTrouble(Known):
    """Bringing a store and its office together did not work; the store is as it was."""


class OfficeAway(OfficeTrouble):
    """The office cannot be reached now."""


class OfficeRefuses(OfficeTrouble):
    """The office answers, and the answer is no."""


class OfficeDamaged(OfficeTrouble):
    """What lies in the office is not what was put there."""


class Forked(OfficeTrouble):
    """Two sides hold different ops at the same place of one log.

    ``stream`` and ``seq`` name the first place known to differ.
    """

    def __init__(self, what: Phrase, why: Phrase, how: Phrase, *, stream: bytes, seq: int) -> None:
        super().__init__(what, why, how)
        self.stream, self.seq = stream, seq
