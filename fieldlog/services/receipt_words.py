"""What a receipt says: one line that sums it up, the amounts, and each thing out of the ordinary as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import parse_moment
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.shown_dates import shown_moment

if TYPE_CHECKING:
    from fieldlog.services.syncing import Receipt

SAME: Final = Phrase("같음 확인", "proved the same")
NOT_SAME: Final = Phrase("아직 같지 않음", "not the same yet")
_SUMMED: Final = Phrase(
    "사안 {cases} · 사진 {verified}/{referenced} 확인 · {same}",
    "{cases} cases · {verified} of {referenced} photos verified · {same}",
)
_SUMMED_ONE: Final = Phrase(
    "사안 {cases} · 사진 {verified}/{referenced} 확인 · {same}",
    "{cases} case · {verified} of {referenced} photos verified · {same}",
)
_DATED: Final = Phrase("{when}  ·  {summed}", "{when}  ·  {summed}")
_RECORDS: Final = Phrase("기록 {ops}건, 사진 {photos}장", "Saves: {ops}, photos: {photos}")
_NOTHING: Final = Phrase("없음", "Nothing")
_AGAIN: Final = Phrase(
    "이 컴퓨터는 복제되었거나 백업에서 되돌린 것입니다. 그 뒤의 기록 {n}건을 새 이름으로 다시 보냈습니다.",
    "This computer was copied, or restored from a backup. Saves since then, sent again under a new name: {n}.",
)
_RESTORED: Final = Phrase(
    "사무실 폴더가 예전 상태로 되돌아가 있어, 이 컴퓨터가 가진 것을 모두 다시 보냈습니다.",
    "The office had been put back to an earlier state, so everything held here was sent again.",
)
_FORKED: Final = Phrase(
    "다른 기기 {n}대의 기록이 두 갈래로 나뉘었습니다. 그 기기에서 동기화하면 이어집니다.",
    "The records of other devices lie in two versions ({n}). Sync on those devices to mend this.",
)
_ABSENT: Final = Phrase(
    "사진 {n}장은 이 컴퓨터에도 사무실에도 없습니다. 찍은 컴퓨터가 동기화하면 옵니다.",
    "Photos neither here nor in the office: {n}. They come when the computer that took them syncs.",
)
_UNPROVED: Final = Phrase(
    "사진 {n}장은 아직 사무실에서 확인되지 않았습니다. 다시 동기화해 주십시오.",
    "Photos the office has not confirmed yet: {n}. Sync once more.",
)
_DIFFERS: Final = Phrase(
    "그 사이 다른 컴퓨터가 새 기록을 올렸을 수 있습니다. 다시 동기화하면 맞추어 확인합니다.",
    "Another computer may have sent something meanwhile. Sync again to compare once more.",
)


def summed_up(receipt: Receipt) -> Phrase:
    """사안 12 · 사진 41/41 확인 · 같음 확인."""
    cases = len(receipt.cases)
    return (_SUMMED_ONE if cases == 1 else _SUMMED).fill(
        cases=cases,
        verified=receipt.photos_verified,
        referenced=receipt.photos_referenced,
        same=SAME if receipt.same else NOT_SAME,
    )


def when(receipt: Receipt) -> Phrase:
    """The moment of the sync."""
    return shown_moment(parse_moment(receipt.at))


def dated(receipt: Receipt) -> Phrase:
    """A receipt as one line of a list."""
    return _DATED.fill(when=when(receipt), summed=summed_up(receipt))


def amount(ops: int, photos: int) -> Phrase:
    """Saves and photographs that go, or went, one way."""
    return _RECORDS.fill(ops=f"{ops:,}", photos=f"{photos:,}") if ops or photos else _NOTHING


def remarks(receipt: Receipt) -> list[Phrase]:
    """Everything out of the ordinary, a sentence each."""
    absent = len(receipt.photos_absent)
    unproved = receipt.photos_referenced - receipt.photos_verified - absent
    unexplained = not (receipt.same or receipt.forks)
    told = (
        (receipt.office_was_restored, _RESTORED),
        (receipt.written_again, _AGAIN.fill(n=receipt.written_again)),
        (receipt.forks, _FORKED.fill(n=len(receipt.forks))),
        (absent, _ABSENT.fill(n=absent)),
        (unproved > 0, _UNPROVED.fill(n=unproved)),
        (unexplained, _DIFFERS),
    )
    return [sentence for holds, sentence in told if holds]
