"""What a command works with: the words that were typed, the surroundings, and the store."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from fieldlog.domain.errors import StoreReadOnly
from fieldlog.domain.phrase import Phrase

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from fieldlog.cli.outside import Outside
    from fieldlog.cli.voice import Voice
    from fieldlog.domain.phrase import Language
    from fieldlog.services.opening import Environment
    from fieldlog.services.workspace import Workspace

_OPENING: Final = Phrase("저장소를 준비합니다", "Preparing the store")


class Desk(Struct, frozen=True):
    """One command at work."""

    words: argparse.Namespace
    outside: Outside
    voice: Voice

    @property
    def language(self) -> Language:
        """The language the command speaks."""
        return self.voice.language

    @property
    def asked_language(self) -> Language | None:
        """The language that was asked for with this very command."""
        asked: Language | None = self.words.lang
        return asked

    @property
    def folder(self) -> Path:
        """The folder of the store."""
        named: str | None = self.words.store
        return Path(named).expanduser() if named else self.outside.default_store()

    def surroundings(self, *, new_passphrase: bool = False) -> Environment:
        """The clock, the resources and the ways to a key."""
        return self.outside.surround(self.language, new_passphrase=new_passphrase)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Workspace]:
        """The store, open for writing; some seconds are waited for another command to be done.

        Raises:
            StoreBusy: Another window or command goes on writing in it.
        """
        from fieldlog.services.opening import open_store  # noqa: PLC0415

        workspace = open_store(
            self.folder, self.surroundings(), patient=True, progress=self.voice.counter(_OPENING)
        )
        with self._open(workspace):
            yield workspace

    @contextlib.contextmanager
    def reading(self) -> Iterator[Workspace]:
        """The store, open for reading beside whoever writes; one of an older version is upgraded first."""
        from fieldlog.services.opening import open_store  # noqa: PLC0415

        around = self.surroundings()
        try:
            workspace = open_store(self.folder, around, read_only=True)
        except StoreReadOnly:
            open_store(self.folder, around, patient=True, progress=self.voice.counter(_OPENING)).close()
            workspace = open_store(self.folder, around, read_only=True)
        with self._open(workspace):
            yield workspace

    @contextlib.contextmanager
    def writing_if_free(self) -> Iterator[Workspace]:
        """The store, open for writing or, where another window writes, for reading; that is told."""
        from fieldlog.services.opening import open_or_read  # noqa: PLC0415

        opened = open_or_read(self.folder, self.surroundings(), self.voice.counter(_OPENING))
        with self._open(opened.workspace):
            if opened.busy is not None:
                self.voice.complain(opened.busy)
            yield opened.workspace

    @contextlib.contextmanager
    def _open(self, workspace: Workspace) -> Iterator[None]:
        try:
            for notice in workspace.notices:
                self.voice.complain(notice)
            yield
        finally:
            workspace.close()

    def given(self, name: str) -> Any:
        """The value of an option, None where it was not given."""
        return getattr(self.words, name, None)
