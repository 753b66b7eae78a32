"""What is true of every route to an office. A route's tests subclass ``RemoteContract`` and give ``connect``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.chains import Chain, digest_of

from fieldlog.domain.errors import Forked, NotFound, OfficeRefuses, OfficeTrouble
from fieldlog.storage.op_bytes import GENESIS, chained
from fieldlog.sync.remote import Testimony

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fieldlog.domain.transfer import Stretch
    from fieldlog.sync.remote import Remote

    Connect = Callable[[str], Remote]

PHOTO = bytes(range(256)) * 20_000


class Breaks(Exception):
    """The line breaks while a photograph is read."""


class Source:
    """A photograph that may break off after so many bytes; it tells from where it was read."""

    def __init__(self, data: bytes, breaks_after: int | None = None) -> None:
        self.data, self.breaks_after = data, breaks_after
        self.offsets: list[int] = []

    def __call__(self, offset: int) -> Iterator[bytes]:
        self.offsets.append(offset)
        end = len(self.data) if self.breaks_after is None else self.breaks_after
        for at in range(offset, end, 1 << 16):
            yield self.data[at : min(at + (1 << 16), end)]
        if self.breaks_after is not None:
            raise Breaks


def joined(stretches: Iterator[Stretch] | list[Stretch], after: int = 0) -> list[bytes]:
    """The bodies of stretches that must follow one another without a gap, each chained to the one before."""
    bodies: list[bytes] = []
    previous: bytes | None = None
    for stretch in stretches:
        assert stretch.bodies
        assert stretch.first == after + len(bodies) + 1
        assert previous in {None, stretch.previous}
        previous = stretch.previous
        for body in stretch.bodies:
            previous = chained(previous, body)
        bodies.extend(stretch.bodies)
    return bodies


class RemoteContract:
    """The suite; ``connect(device)`` answers a Remote of the one office of the test."""

    @pytest.fixture
    def connect(self) -> Connect:
        raise AssertionError("a route's tests give connect")

    @pytest.fixture
    def remote(self, connect: Connect) -> Remote:
        return connect("A")

    def test_an_empty_office_has_a_name_and_no_logs(self, remote, connect) -> None:
        welcome, again = remote.hello([]), connect("B").hello([])
        assert welcome.office
        assert welcome.tips == ()
        assert (welcome.office, welcome.incarnation) == (again.office, again.incarnation)

    def test_what_was_pushed_is_pulled_byte_for_byte(self, remote, connect) -> None:
        chain = Chain(1, 30)
        assert remote.push(chain.stretch()) == chain.tip()
        (first, *_) = stretches = list(connect("B").pull(chain.stream, 0))
        assert first.log == chain.name
        assert first.previous == GENESIS
        assert joined(stretches) == chain.bodies

    def test_the_tip_that_push_answers_is_what_anybody_reads_back(self, remote, connect) -> None:
        chain = Chain(1, 12)
        answered = remote.push(chain.stretch(1, 5)), remote.push(chain.stretch(6))
        assert answered == (chain.tip(5), chain.tip(12))
        assert connect("B").hello([]).tips == (chain.tip(12),)

    def test_pushing_again_changes_nothing(self, remote, connect) -> None:
        chain = Chain(1, 9)
        tips = {remote.push(chain.stretch()).seq for _ in range(3)}
        assert tips == {9}
        assert connect("B").push(chain.stretch()) == chain.tip()
        assert joined(remote.pull(chain.stream, 0)) == chain.bodies

    def test_known_ops_are_passed_over_and_new_ones_taken(self, remote) -> None:
        chain = Chain(1, 20)
        remote.push(chain.stretch(1, 10))
        assert remote.push(chain.stretch(3, 8)) == chain.tip(10)
        assert remote.push(chain.stretch(5, 20)) == chain.tip(20)
        assert joined(remote.pull(chain.stream, 0)) == chain.bodies

    def test_a_gap_is_refused_and_leaves_nothing(self, remote) -> None:
        chain = Chain(1, 20)
        remote.push(chain.stretch(1, 5))
        with pytest.raises(OfficeRefuses):
            remote.push(chain.stretch(8))
        with pytest.raises(OfficeRefuses):
            remote.push(Chain(2, 5).stretch(2))
        assert remote.hello([]).tips == (chain.tip(5),)
        assert remote.push(chain.stretch(6)) == chain.tip()

    @pytest.mark.parametrize(("first", "differs"), [(1, 6), (4, 6), (6, 6), (8, 7)])
    def test_a_fork_is_told_with_its_log_and_place_and_leaves_nothing(self, remote, first, differs) -> None:
        chain = Chain(1, 10)
        clone = chain.branch(5, 8, "다른 것")
        remote.push(chain.stretch())
        with pytest.raises(Forked) as told:
            remote.push(clone.stretch(first))
        assert (told.value.stream, told.value.seq) == (chain.stream, differs)
        assert remote.hello([]).tips == (chain.tip(),)
        assert joined(remote.pull(chain.stream, 0)) == chain.bodies

    def test_another_beginning_is_a_fork_at_the_first_op(self, remote) -> None:
        remote.push(Chain(1, 4).stretch())
        with pytest.raises(Forked) as told:
            remote.push(Chain(1, 4, word="다른 것").stretch())
        assert told.value.seq == 1

    def test_the_hash_of_every_op_can_be_asked(self, remote, connect) -> None:
        chain = Chain(1, 12)
        remote.push(chain.stretch(1, 7))
        remote.push(chain.stretch(8))
        other = connect("B")
        assert [other.hash_at(chain.stream, seq) for seq in range(13)] == chain.hashes
        assert other.hash_at(chain.stream, 13) is None
        assert other.hash_at(Chain(9).stream, 1) is None

    @pytest.mark.parametrize("after", [0, 1, 6, 7, 8, 19, 20, 50])
    def test_pulling_begins_after_any_op(self, remote, after) -> None:
        chain = Chain(1, 20)
        remote.push(chain.stretch(1, 7))
        remote.push(chain.stretch(8))
        assert joined(remote.pull(chain.stream, after), after) == chain.bodies[after:]

    def test_a_log_nobody_pushed_is_pulled_as_nothing(self, remote) -> None:
        assert list(remote.pull(Chain(3).stream, 0)) == []

    def test_a_long_log_comes_in_stretches_of_bounded_size(self, remote, connect) -> None:
        chain = Chain(1, 4100)
        chain.grow(1, size=7 << 20)
        chain.grow(2, size=3 << 20)
        remote.push(chain.stretch())
        stretches = list(connect("B").pull(chain.stream, 0))
        assert joined(stretches) == chain.bodies
        assert max(len(stretch.bodies) for stretch in stretches) <= 2000
        assert max(sum(map(len, stretch.bodies)) for stretch in stretches) <= 8 << 20

    def test_logs_of_several_scopes_and_devices_keep_apart(self, remote, connect) -> None:
        chains = [
            Chain(n, n + 3, scope=scope) for n, scope in enumerate(["도로과", "Road", "road", "", "a/b\\:*?"])
        ]
        for chain in chains:
            connect(chain.name.device).push(chain.stretch())
        tips = {tip.log: tip for tip in remote.hello([]).tips}
        assert tips == {chain.name: chain.tip() for chain in chains}
        for chain in chains:
            assert joined(remote.pull(chain.stream, 0)) == chain.bodies

    def test_anybody_may_bring_back_the_log_of_another_device(self, connect) -> None:
        chain = Chain(1, 10)
        connect("A").push(chain.stretch(1, 4))
        assert connect("C").push(chain.stretch(2)) == chain.tip()

    def test_a_photograph_comes_back_byte_for_byte(self, remote, connect) -> None:
        digest, other = digest_of(PHOTO), digest_of(b"other")
        assert remote.missing_photos([other, digest]) == [other, digest]
        remote.put_photo(digest, len(PHOTO), Source(PHOTO))
        assert connect("B").missing_photos([other, digest]) == [other]
        assert b"".join(connect("B").get_photo(digest)) == PHOTO

    def test_an_empty_photograph_is_a_photograph(self, remote) -> None:
        remote.put_photo(digest_of(b""), 0, Source(b""))
        assert remote.missing_photos([digest_of(b"")]) == []
        assert b"".join(remote.get_photo(digest_of(b""))) == b""

    def test_a_photograph_is_sent_once(self, remote, connect) -> None:
        digest, again = digest_of(PHOTO), Source(PHOTO)
        remote.put_photo(digest, len(PHOTO), Source(PHOTO))
        connect("B").put_photo(digest, len(PHOTO), again)
        assert again.offsets == []

    def test_a_broken_photo_transfer_goes_on_where_it_stopped(self, connect) -> None:
        digest, third = digest_of(PHOTO), len(PHOTO) // 3
        for end in (third, 2 * third):
            with pytest.raises(Breaks):
                connect("A").put_photo(digest, len(PHOTO), Source(PHOTO, breaks_after=end))
            assert connect("B").missing_photos([digest]) == [digest]
        rest = Source(PHOTO)
        connect("A").put_photo(digest, len(PHOTO), rest)
        assert 0 <= 2 * third - rest.offsets[0] <= 1 << 20
        assert b"".join(connect("B").get_photo(digest)) == PHOTO

    def test_other_bytes_than_the_photographs_are_not_taken(self, remote) -> None:
        digest = digest_of(PHOTO)
        with pytest.raises(OfficeTrouble):
            remote.put_photo(digest, len(PHOTO), Source(PHOTO[:-1] + b"!"))
        assert remote.missing_photos([digest]) == [digest]
        remote.put_photo(digest, len(PHOTO), Source(PHOTO))
        assert remote.missing_photos([digest]) == []

    def test_a_photograph_nobody_sent_is_not_found(self, remote) -> None:
        with pytest.raises(NotFound):
            b"".join(remote.get_photo(digest_of(b"nowhere")))

    def test_testimony_is_heard_by_those_who_reach_exactly_as_far(self, connect) -> None:
        one, two = Chain(1, 9), Chain(2, 4)
        reach = ((one.stream, 9, one.hashes[9]), (two.stream, 4, two.hashes[4]))
        shorter = (reach[0], (two.stream, 3, two.hashes[3]))
        assert connect("A").testify(Testimony(reach, "same")) == ()
        assert connect("B").testify(Testimony(shorter, "less")) == ()
        heard = connect("C").testify(Testimony(reach[::-1], "mine"))
        assert heard == (Testimony(reach[::-1], "same"),)
        assert connect("A").testify(Testimony(reach, "same")) == (Testimony(reach, "mine"),)

    def test_the_latest_testimony_counts_and_other_logs_keep_theirs(self, connect) -> None:
        one, two = Chain(1, 9), Chain(2, 4)
        before, after = ((one.stream, 8, one.hashes[8]),), ((one.stream, 9, one.hashes[9]),)
        elsewhere = ((two.stream, 4, two.hashes[4]),)
        for reach in (before, elsewhere, after):
            connect("A").testify(Testimony(reach, "A"))
        listener = connect("B")
        heard = [len(listener.testify(Testimony(reach, "B"))) for reach in (before, elsewhere, after)]
        assert heard == [0, 1, 1]
