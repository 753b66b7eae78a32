"""The logs in an office folder, as a reader sees them: which segments hold, how far each log reaches, where it splits.

Names are believed for what lies between; the end of a log, and whatever is handed on, is read and checked.
What cannot be believed is passed over and told in ``strange``; it is never moved or removed.
"""

from __future__ import annotations

import contextlib
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fieldlog.domain.errors import Forked, OfficeDamaged, OfficeTrouble
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.transfer import Tip
from fieldlog.storage.op_bytes import GENESIS
from fieldlog.sync.folder.names import (
    LOGS,
    SegmentName,
    belongs,
    is_litter,
    is_part,
    is_scope_folder,
    scope_folder,
    stream_folder,
    stream_of,
)
from fieldlog.sync.folder.segment import LARGEST_FILE, damaged, first_difference, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.domain.ids import StreamId
    from fieldlog.domain.transfer import LogName, Stretch
    from fieldlog.sync.folder.segment import Segment
    from fieldlog.sync.folder.share import Share

_FOREIGN: Final = Phrase("이 프로그램이 만든 것이 아닙니다.", "It was not made by this program.")
_MISNAMED: Final = Phrase("이름이나 자리가 내용과 다릅니다.", "Its name or place does not say what is in it.")
_LARGE: Final = Phrase("허용된 크기를 넘습니다.", "It is larger than allowed.")
_GONE: Final = Phrase("사라졌습니다.", "It is gone.")
_GAP: Final = Phrase(
    "앞의 기록 {seq}번이 없어 이 뒤는 아직 쓸 수 없습니다.",
    "Entry {seq} before it is missing: it cannot be used yet.",
)
_TWICE: Final = Phrase("같은 기록이 다른 업무 범위에도 있습니다.", "The same log lies in another scope too.")
_FORKED: Final = (
    Phrase(
        "한 기기의 기록이 두 갈래로 갈라졌습니다({seq}번째).",
        "The log of one device has split in two (at entry {seq}).",
    ),
    Phrase(
        "같은 기기의 사본(디스크 복제, 예전 상태로 되돌림)이 따로 기록했습니다.",
        "A copy of that device, cloned or restored, has recorded on its own.",
    ),
    Phrase(
        "그 기기를 동기화하면 갈라진 기록이 새 이름으로 모두 보존됩니다.",
        "Sync that device: what split off is kept under a new name, nothing is dropped.",
    ),
)


class Strange(Struct, frozen=True):
    """Something in the folder that is not believed: its path below the folder, and why."""

    path: str
    reason: Phrase


class Seen(Struct, frozen=True):
    """A segment that was read and held: how the file measured then, and its ends."""

    measure: tuple[int, int]
    log: LogName
    previous: bytes
    tip: bytes


class View(Struct):
    """One log's files as just listed: ``chain`` reaches from op 1 on without a gap, each farther than the last.

    ``fork`` is the first place where segments differ; ``tip`` lies before it. ``plain`` says that every file
    was a segment that is used.
    """

    stream: StreamId
    folder: str
    names: list[SegmentName]
    chain: list[SegmentName]
    fork: int | None = None
    tip: Tip | None = None
    texts: dict[SegmentName, str] = {}
    plain: bool = False

    def path(self, name: SegmentName) -> str:
        """Where a segment lies."""
        return f"{self.folder}/{self.texts[name]}"

    def covering(self, seq: int) -> SegmentName | None:
        """The first segment of the chain that holds an op."""
        at = bisect_left(self.chain, seq, key=lambda name: name.last)
        return self.chain[at] if at < len(self.chain) and self.chain[at].first <= seq else None


def forked(stream: StreamId, seq: int) -> Forked:
    """A log has split: ``seq`` is the first place known to differ."""
    what, why, how = _FORKED
    return Forked(what.fill(seq=seq), why, how, stream=stream, seq=seq)


class Shelf:
    """Reads the logs of one office folder. For one thread at a time.

    ``seen`` remembers what was read and held, by path; kept by the caller it spares reading it again.
    """

    def __init__(self, share: Share, seen: dict[str, Seen] | None = None) -> None:
        self.share = share
        self.seen: dict[str, Seen] = {} if seen is None else seen
        self.strange: dict[str, Phrase] = {}
        self._bad: dict[str, tuple[tuple[int, int], Phrase]] = {}
        self._folders: dict[StreamId, str] = {}
        self._opened: dict[str, tuple[tuple[int, int], Segment]] = {}
        self._agreed: set[tuple[str, str]] = set()
        self._looks: dict[str, tuple[list[str], View]] = {}

    def look_around(self) -> list[View]:
        """Every log there is, newly listed."""
        self.strange.clear()
        for name in self.share.names():
            if not belongs(name):
                self.strange[name] = _FOREIGN
        self._find_folders()
        views = []
        for stream, folder in self._folders.items():
            view = self._looked(stream, folder)
            if view is not None and view.names:
                views.append(view)
        return views

    def look(self, stream: StreamId, scope: str | None = None) -> View:
        """One log, newly listed; an empty one where there is none.

        Raises:
            OfficeRefuses: Its folder may not be read.
        """
        if stream not in self._folders:
            self._find_folders()
        folder = self._folders.get(stream)
        if folder is None:
            folder = f"{LOGS}/{scope_folder(scope or '')}/{stream_folder(stream)}"
        return self._viewed(stream, folder, self.share.names(folder))

    def open(self, view: View, name: SegmentName, *, anew: bool = False) -> Segment:
        """Read a segment and check every byte of it; ``anew``, also if it was just read.

        Raises:
            OfficeDamaged: It cannot be believed.
        """
        path = view.path(name)
        measure = self.share.measure(path)
        known_bad = self._bad.get(path)
        if measure is None:
            self._bad[path] = ((0, 0), _GONE)
            self._looks.pop(view.folder, None)
            raise damaged(_GONE)
        if known_bad and known_bad[0] == measure and not anew:
            raise damaged(known_bad[1])
        if path in self._opened and self._opened[path][0] == measure and not anew:
            return self._opened[path][1]
        try:
            segment = self._read(view, name, measure)
        except OfficeDamaged as error:
            self._disbelieve(path, measure, error.why)
            raise
        self._keep(path, measure, segment)
        return segment

    def note(self, path: str, segment: Segment) -> None:
        """A segment was just published and read back."""
        measure = self.share.measure(path)
        if measure is not None:
            self._bad.pop(path, None)
            self._keep(path, measure, segment)

    def _keep(self, path: str, measure: tuple[int, int], segment: Segment) -> None:
        stretch = segment.stretch
        self._opened = dict([*self._opened.items(), (path, (measure, segment))][-2:])
        self.seen[path] = Seen(measure, stretch.log, stretch.previous, segment.tip)

    def hash_at(self, view: View, seq: int) -> bytes | None:
        """The hash of one op of a log; None where the log does not reach so far."""
        if seq == 0:
            return GENESIS
        if view.tip is not None and view.tip.seq == seq:
            return view.tip.hash
        if view.tip is not None and seq > view.tip.seq:
            return None
        name = view.covering(seq)
        return self.open(view, name).hash_at(seq) if name else None

    def stretches(self, stream: StreamId, after: int) -> Iterator[Stretch]:
        """The ops of a log above ``after``, each segment read and checked, up to a gap.

        Raises:
            Forked: The log splits there; everything before was handed out.
        """
        view, previous = self.look(stream), None
        while True:
            name = view.covering(after + 1)
            if name is None or (view.tip is not None and after >= view.tip.seq):
                break
            try:
                segment = self.open(view, name)
            except OfficeDamaged:  # torn, or consolidated meanwhile: another file may hold it
                view = self.look(stream)
                continue
            if previous is not None and segment.hash_at(after) != previous:
                raise forked(stream, max(1, after))
            stretch = segment.cut(after, None if view.fork is None else view.fork - 1)
            if stretch is None:
                break
            yield stretch
            after = stretch.last
            previous = segment.hash_at(after)
        if view.fork is not None and after + 1 >= view.fork:
            raise forked(stream, view.fork)

    def examine(self) -> list[View]:
        """Every log, every byte of it: what does not hold shortens the log and is told in ``strange``."""
        for view in self.look_around():
            for name in view.names:
                with contextlib.suppress(OfficeDamaged):
                    self.open(view, name, anew=True)
        return self.look_around()

    def _find_folders(self) -> None:
        found: dict[StreamId, str] = {}
        for scope in self.share.names(LOGS):
            place = f"{LOGS}/{scope}"
            if is_litter(scope):
                continue
            if not is_scope_folder(scope):
                self.strange[place] = _FOREIGN
                continue
            for text in self._names(place):
                stream = stream_of(text)
                path = f"{place}/{text}"
                if stream is not None and stream not in found:
                    found[stream] = path
                elif not is_litter(text):
                    self.strange[path] = _TWICE if stream else _FOREIGN
        self._folders = found

    def _names(self, folder: str) -> list[str]:
        try:
            return self.share.names(folder)
        except OfficeTrouble as error:
            self.share.check_presence()
            self.strange[folder] = error.why
            return []

    def _looked(self, stream: StreamId, folder: str) -> View | None:
        names = self._names(folder)
        return self._viewed(stream, folder, names) if names else None

    def _viewed(self, stream: StreamId, folder: str, texts: list[str]) -> View:
        listed, view = self._looks.get(folder, ([], None))
        if view is not None and listed == texts and self._still(view):
            return view
        view = self._viewed_anew(stream, folder, texts)
        if view.plain:
            self._looks[folder] = texts, view
        return view

    def _still(self, view: View) -> bool:
        """Whether the end of a log, with the same files as before, measures as it did."""
        path = view.path(view.chain[-1])
        seen = self.seen.get(path)
        return seen is not None and self.share.measure(path) == seen.measure

    def _viewed_anew(self, stream: StreamId, folder: str, texts: list[str]) -> View:
        view = View(stream, folder, [], [])
        for text in texts:
            name = SegmentName.read(text)
            if name is not None and name not in view.texts:
                view.names.append(name)
                view.texts[name] = text
            elif not is_part(text) and not is_litter(text):
                self.strange[f"{folder}/{text}"] = _FOREIGN
        self._look_again(view)
        while True:
            usable = [name for name in view.names if view.path(name) not in self._bad]
            view.chain = _chain(usable)
            try:
                if view.chain:
                    self._check(view, view.chain[-1])
                view.fork = self._fork(view, usable)
                view.tip = self._tip(view)
            except OfficeDamaged:
                continue  # what was found bad is left out from now on
            self._tell_gap(view, usable)
            view.plain = (
                view.fork is None and bool(view.chain) and len(view.names) == len(view.chain) == len(texts)
            )
            return view

    def _look_again(self, view: View) -> None:
        """What was bad stays bad as long as the file measures the same."""
        for name in view.names:
            path = view.path(name)
            if path in self._bad:
                measure, why = self._bad[path]
                if self.share.measure(path) == measure:
                    self.strange[path] = why
                else:
                    del self._bad[path]

    def _tell_gap(self, view: View, usable: list[SegmentName]) -> None:
        end = view.chain[-1].last if view.chain else 0
        for name in usable:
            if name.first > end + 1:
                self.strange[view.path(name)] = _GAP.fill(seq=end + 1)

    def _check(self, view: View, name: SegmentName) -> None:
        """Read a segment unless it was read before and measures the same."""
        path = view.path(name)
        seen = self.seen.get(path)
        if seen is None or self.share.measure(path) != seen.measure:
            self.open(view, name)

    def _tip(self, view: View) -> Tip | None:
        if not view.chain:
            return None
        log = self.seen[view.path(view.chain[-1])].log
        if view.fork is None:
            return Tip(log, view.chain[-1].last, self.seen[view.path(view.chain[-1])].tip)
        digest = self.hash_at(view, view.fork - 1)
        return Tip(log, view.fork - 1, digest or GENESIS)

    def _fork(self, view: View, usable: list[SegmentName]) -> int | None:
        """The first place where two segments that hold say different things."""
        places = []
        for earlier, later in zip(view.chain, view.chain[1:], strict=False):
            if later.first <= earlier.last:
                places.append(self._difference(view, earlier, later))
            elif (seen := self.seen.get(view.path(later))) and not earlier.names(seen.previous):
                places.append(earlier.last)
        held = set(view.chain)
        for name in usable:
            covering = None if name in held else view.covering(name.last)
            if covering is not None:
                places.append(self._difference(view, covering, name))
        return min((place for place in places if place is not None), default=None)

    def _difference(self, view: View, one: SegmentName, other: SegmentName) -> int | None:
        pair = (view.path(one), view.path(other))
        if pair in self._agreed:
            return None
        place = first_difference(self.open(view, one), self.open(view, other))
        if place is None:
            self._agreed.add(pair)
        return place

    def _read(self, view: View, name: SegmentName, measure: tuple[int, int]) -> Segment:
        if measure[0] > LARGEST_FILE:
            raise damaged(_LARGE)
        try:
            data = self.share.read(view.path(name), LARGEST_FILE)
        except OfficeTrouble as error:
            self.share.check_presence()  # one unreadable file does not make the office unreachable
            raise damaged(error.why) from error
        if data is None:
            raise damaged(_GONE)
        segment = unpack(data)
        stretch = segment.stretch
        place = f"{LOGS}/{scope_folder(stretch.log.scope)}/{stream_folder(stretch.log.stream)}"
        if (stretch.first, stretch.last) != (name.first, name.last) or not name.names(segment.tip):
            raise damaged(_MISNAMED)
        if place != view.folder.lower():
            raise damaged(_MISNAMED)
        return segment

    def _disbelieve(self, path: str, measure: tuple[int, int], why: Phrase) -> None:
        self._bad[path] = (measure, why)
        self.strange[path] = why
        self._looks.pop(path.rpartition("/")[0], None)
        self.seen.pop(path, None)
        self._opened.pop(path, None)


def _chain(names: list[SegmentName]) -> list[SegmentName]:
    """From op 1 on, at each place the segment that reaches farthest, until there is a gap."""
    chain: list[SegmentName] = []
    reached = 0
    best: SegmentName | None = None
    for name in sorted(names, key=lambda name: (name.first, -name.last, name.attempt, name.tip)):
        if name.first > reached + 1:
            if best is None or best.last <= reached:
                break
            chain.append(best)
            reached, best = best.last, None
            if name.first > reached + 1:
                return chain
        if name.last > reached and (best is None or name.last > best.last):
            best = name
    if best is not None and best.last > reached:
        chain.append(best)
    return chain
