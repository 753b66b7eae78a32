"""Ops into an office folder, and the small segments of one's own logs put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.errors import OfficeDamaged, OfficeRefuses
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.transfer import Stretch, Tip
from fieldlog.storage.op_bytes import GENESIS
from fieldlog.sync.folder.names import LOGS, SegmentName, fits, is_part, scope_folder, stream_folder
from fieldlog.sync.folder.segment import (
    LARGEST_BODY,
    LARGEST_FILE,
    SEGMENT_BYTES,
    SEGMENT_OPS,
    hashed,
    pack,
    portions,
    unpack,
)
from fieldlog.sync.folder.share import read_back_differs
from fieldlog.sync.folder.shelf import forked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.domain.ids import StreamId
    from fieldlog.sync.folder.segment import Segment
    from fieldlog.sync.folder.shelf import Shelf, View

FEW_SEGMENTS: Final = 8
"""So many small neighbours are left alone; more are put together."""

_GAP: Final = (
    Phrase("기록을 이어서 보낼 수 없습니다.", "The entries cannot be handed over."),
    Phrase(
        "사무실 폴더에는 {have}번까지 있는데 {first}번부터 보냈습니다.",
        "The office folder holds up to entry {have}, and these begin with {first}.",
    ),
    Phrase("다시 동기화하면 빠진 기록부터 보냅니다.", "Sync again: it begins with what is missing."),
)
_TOO_LARGE: Final = (
    Phrase("기록 한 건이 너무 커서 보낼 수 없습니다.", "One entry is too large to be handed over."),
    Phrase("{seq}번째 기록이 {size} 바이트입니다.", "Entry {seq} has {size} bytes."),
    Phrase(
        "기록은 이 기기에 그대로 있습니다. 관리자에게 알려 주십시오.",
        "It is safe here. Tell the administrator.",
    ),
)
_ELSEWHERE: Final = (
    Phrase("기록을 보낼 수 없습니다.", "The entries cannot be handed over."),
    Phrase("같은 기록이 다른 업무 범위의 폴더에 있습니다.", "The log lies in the folder of another scope."),
    Phrase("관리자에게 알려 주십시오.", "Tell the administrator."),
)


def push(shelf: Shelf, stretch: Stretch) -> Tip:
    """Publish what the folder does not hold of a stretch; the end of the log there, read back.

    Raises:
        Forked: The folder holds other ops at these places.
        OfficeRefuses: There is a gap before the stretch, or an op is too large.
    """
    shelf.share.check_presence()
    view = shelf.look(stretch.log.stream, stretch.log.scope)
    _check_place(view, stretch)
    wanted = hashed(stretch)
    _check_prefix(shelf, view, wanted)
    have = view.tip.seq if view.tip else 0
    rest = wanted.cut(have)
    if rest is not None:
        for segment in _segments(rest):
            publish(shelf, view, segment)
        view = shelf.look(stretch.log.stream)
        _check_prefix(shelf, view, wanted)  # a clone may have written the same places in the same moment
    tip = view.tip
    if tip is None:
        return Tip(stretch.log, 0, GENESIS)
    if tip.seq < stretch.last:
        raise read_back_differs(view.folder)
    return tip


def _check_place(view: View, stretch: Stretch) -> None:
    log = stretch.log
    if view.folder.lower() != f"{LOGS}/{scope_folder(log.scope)}/{stream_folder(log.stream)}":
        raise OfficeRefuses(*_ELSEWHERE)
    for seq, body in enumerate(stretch.bodies, stretch.first):
        if len(body) > LARGEST_BODY or not fits(seq):
            what, why, how = _TOO_LARGE
            raise OfficeRefuses(what, why.fill(seq=seq, size=len(body)), how)


def _check_prefix(shelf: Shelf, view: View, wanted: Segment) -> None:
    """Where both hold ops they are the same ops, and the folder reaches up to the stretch."""
    stretch = wanted.stretch
    if view.fork is not None and stretch.last >= view.fork:
        raise forked(stretch.log.stream, view.fork)
    have = view.tip.seq if view.tip else 0
    if stretch.first > have + 1:
        raise OfficeRefuses(*_gap(have, stretch.first))
    meeting = min(have, stretch.last)
    if shelf.hash_at(view, meeting) == wanted.hash_at(meeting):
        return
    for seq in range(stretch.first - 1, meeting + 1):
        if shelf.hash_at(view, seq) != wanted.hash_at(seq):
            raise forked(stretch.log.stream, max(1, seq))


def _gap(have: int, first: int) -> tuple[Phrase, Phrase, Phrase]:
    what, why, how = _GAP
    return what, why.fill(have=have, first=first), how


def _segments(stretch: Stretch) -> Iterator[Segment]:
    first, previous = stretch.first, stretch.previous
    for bodies in portions(stretch.bodies):
        segment = hashed(Stretch(stretch.log, first, previous, bodies))
        yield segment
        first, previous = first + len(bodies), segment.tip


def publish(shelf: Shelf, view: View, segment: Segment) -> SegmentName:
    """Make a segment visible, whole, and read it back."""
    name = SegmentName.of(segment.stretch.first, segment.stretch.last, segment.tip)
    tries = (f"{view.folder}/{text}" for text in name.tries())

    def is_it(data: bytes | None) -> bool:
        try:
            return data is not None and unpack(data).hashes == segment.hashes
        except OfficeDamaged:
            return False

    path = shelf.share.publish(tries, pack(segment), is_it, LARGEST_FILE)
    shelf.note(path, segment)
    return SegmentName.read(path.rpartition("/")[2]) or name


def tidy(shelf: Shelf, stream: StreamId) -> int:
    """Remove the pieces of one's own log that larger segments cover, then put small ones together.

    What is put together now is removed by a later call, so that nobody who is reading loses ground. Answers
    how many files were removed. Only the owner of the log may call it.
    """
    view = shelf.look(stream)
    if view.fork is not None:
        return 0
    removed = _remove_covered(shelf, view)
    for part in shelf.share.names(view.folder):
        if is_part(part) and part.startswith(shelf.share.mark[:8]):
            shelf.share.remove(f"{view.folder}/{part}")
            removed += 1
    if not removed:
        for run in _runs(shelf, view):
            _put_together(shelf, view, run)
    return removed


def _remove_covered(shelf: Shelf, view: View) -> int:
    """Both are read anew, every byte, before one is removed; a damaged one stays where it is."""
    removed = 0
    for name in view.names:
        covering = view.covering(name.last)
        if covering is None or covering == name or covering.first > name.first:
            continue
        try:
            whole, piece = shelf.open(view, covering, anew=True), shelf.open(view, name, anew=True)
        except OfficeDamaged:
            continue
        if whole.hash_at(name.last) == piece.tip and whole.hash_at(name.first - 1) == piece.stretch.previous:
            shelf.share.remove(view.path(name))
            removed += 1
    return removed


def _runs(shelf: Shelf, view: View) -> Iterator[list[SegmentName]]:
    """Neighbours that fit into one segment, where there are more than a few."""
    run: list[SegmentName] = []
    ops = size = 0
    for name in view.chain:
        length = name.last - name.first + 1
        measure = shelf.share.measure(view.path(name))
        bytes_there = measure[0] if measure else 0
        if run and (ops + length > SEGMENT_OPS or size + bytes_there > SEGMENT_BYTES // 8):
            if len(run) > FEW_SEGMENTS:
                yield run
            run, ops, size = [], 0, 0
        run.append(name)
        ops, size = ops + length, size + bytes_there
    if len(run) > FEW_SEGMENTS:
        yield run


def _put_together(shelf: Shelf, view: View, run: list[SegmentName]) -> None:
    opened = []
    after = run[0].first - 1
    for name in run:
        stretch = shelf.open(view, name).cut(after)
        if stretch is not None:
            opened.append(stretch)
            after = stretch.last
    bodies = tuple(body for stretch in opened for body in stretch.bodies)
    for segment in _segments(Stretch(opened[0].log, opened[0].first, opened[0].previous, bodies)):
        publish(shelf, view, segment)
