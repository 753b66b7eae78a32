"""Verifying: that what is shown follows from the log, and that every photograph is there and whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from fieldlog.domain.errors import NotFound, StoreDamaged, StoreTrouble
from fieldlog.domain.phrase import Phrase
from fieldlog.storage.records import all_photo_hashes

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.domain.ids import Digest
    from fieldlog.services.workspace import Workspace


class Verified(Struct, frozen=True, kw_only=True):
    """What a verification found.

    ``differing`` names the tables that do not follow from the log; ``missing`` and ``damaged`` are
    pictures that a record names.
    """

    ops: int
    digest: str
    differing: tuple[str, ...]
    photos: int
    missing: tuple[Digest, ...]
    damaged: tuple[Digest, ...]
    rebuilt: bool = False

    @property
    def sound(self) -> bool:
        """Whether everything is as it was saved."""
        return not (self.differing or self.missing or self.damaged)


def verify(
    workspace: Workspace,
    *,
    rebuild: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> Verified:
    """Check every chain, compare everything shown with a rebuild from the log, read every photograph.

    Args:
        workspace: The open store.
        rebuild: Write what is derived again from the log first.
        on_progress: Told (done, in all).

    Raises:
        StoreDamaged: The log itself is not what was written.
    """
    if rebuild:
        workspace.store.rebuild(on_progress)
    found = workspace.store.verify(on_progress)
    digests = all_photo_hashes(workspace.store.reader())
    missing, damaged = [], []
    for done, digest in enumerate(digests):
        try:
            workspace.store.vault.check(digest)
        except NotFound:
            missing.append(digest)
        except StoreDamaged:
            damaged.append(digest)
        if on_progress:
            on_progress(done + 1, len(digests))
    return Verified(
        ops=found.ops,
        digest=found.digest,
        differing=(*found.differing, *(() if found.digest == found.rebuilt_digest else ("digest",))),
        photos=len(digests),
        missing=tuple(missing),
        damaged=tuple(damaged),
        rebuilt=rebuild,
    )


def trouble_of(found: Verified) -> StoreTrouble | None:
    """What to tell a person about a verification that is not sound; None when all is well."""
    if found.sound:
        return None
    if found.differing:
        return StoreDamaged(
            Phrase("보이는 기록이 원본 기록과 다릅니다.", "What is shown differs from the log."),
            Phrase("다른 표: {names}", "Tables that differ: {names}").fill(names=", ".join(found.differing)),
            Phrase(
                "verify --rebuild 로 원본 기록에서 다시 만드십시오.",
                "Rebuild it from the log with verify --rebuild.",
            ),
        )
    return StoreDamaged(
        Phrase("사진 {n}장을 읽을 수 없습니다.", "{n} photographs cannot be read.").fill(
            n=len(found.missing) + len(found.damaged)
        ),
        Phrase("없음 {missing}장, 손상 {damaged}장", "{missing} missing, {damaged} damaged").fill(
            missing=len(found.missing), damaged=len(found.damaged)
        ),
        Phrase(
            "백업이나 원본 파일에서 다시 넣어 주십시오.",
            "Add them again from a backup or the original files.",
        ),
    )
