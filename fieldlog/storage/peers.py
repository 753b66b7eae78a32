"""What each office is known to hold of what lies here: remembered, checked again, never simply believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldlog.domain.ids import Digest, StreamId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldlog.domain.transfer import Tip

CREATE_PEERS = (
    (
        "CREATE TABLE acknowledged(office TEXT, stream BLOB, incarnation TEXT NOT NULL, seq INTEGER NOT NULL,"
        " hash BLOB NOT NULL, PRIMARY KEY(office, stream)) STRICT, WITHOUT ROWID"
    ),
    (
        "CREATE TABLE photo_there(office TEXT, sha256 TEXT, incarnation TEXT NOT NULL,"
        " PRIMARY KEY(office, sha256)) STRICT, WITHOUT ROWID"
    ),
)


def acknowledged(connection: Any, office: str, incarnation: str) -> dict[StreamId, tuple[int, bytes]]:
    """How far each log was acknowledged by this office, place and hash; by an earlier incarnation does not count."""
    rows = connection.execute(
        "SELECT stream, seq, hash FROM acknowledged WHERE office = ? AND incarnation = ?",
        (office, incarnation),
    )
    return {StreamId(bytes(stream)): (seq, bytes(digest)) for stream, seq, digest in rows}


def note_acknowledged(connection: Any, office: str, incarnation: str, tip: Tip) -> None:
    """Remember that an office holds a log up to here."""
    connection.execute(
        "INSERT INTO acknowledged(office, stream, incarnation, seq, hash) VALUES(?, ?, ?, ?, ?)"
        " ON CONFLICT(office, stream) DO UPDATE SET incarnation = excluded.incarnation,"
        " seq = excluded.seq, hash = excluded.hash",
        (office, tip.log.stream, incarnation, tip.seq, tip.hash),
    )


def forget_office(connection: Any, office: str) -> None:
    """Forget what an office acknowledged: it was restored, or is a new one under the old name."""
    connection.execute("DELETE FROM acknowledged WHERE office = ?", (office,))
    connection.execute("DELETE FROM photo_there WHERE office = ?", (office,))


def photos_there(connection: Any, office: str, incarnation: str) -> frozenset[Digest]:
    """The photographs whose bytes were read back at this office and had the right hash."""
    rows = connection.execute(
        "SELECT sha256 FROM photo_there WHERE office = ? AND incarnation = ?", (office, incarnation)
    )
    return frozenset(Digest(row[0]) for row in rows)


def note_photos_there(connection: Any, office: str, incarnation: str, digests: Iterable[Digest]) -> None:
    """Remember that these photographs were read back there."""
    connection.executemany(
        "INSERT OR REPLACE INTO photo_there(office, sha256, incarnation) VALUES(?, ?, ?)",
        [(office, digest, incarnation) for digest in digests],
    )


def unconfirmed(connection: Any, office: str) -> tuple[int, int]:
    """How many ops and photographs lie here that this office, as far as is known, does not hold."""
    ops = connection.execute(
        "SELECT coalesce(sum(max(stream.tip_seq - coalesce(known.seq, 0), 0)), 0) FROM stream"
        " LEFT JOIN acknowledged AS known ON known.stream = stream.uuid AND known.office = ?",
        (office,),
    ).fetchone()[0]
    photos = connection.execute(
        "SELECT count(DISTINCT sha256) FROM photo_hash"
        " WHERE sha256 NOT IN (SELECT sha256 FROM photo_there WHERE office = ?)",
        (office,),
    ).fetchone()[0]
    return int(ops), int(photos)
