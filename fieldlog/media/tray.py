"""Where an encoder puts its bytes: a file that is only memory, because into a real file Pillow writes unattended.

Into a Python object it encodes while holding the interpreter (seen with Pillow 13), and the window stands
still as long; into a file descriptor it lets go of it. Nothing here ever touches a disk.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Final, Protocol, Self

if TYPE_CHECKING:
    from types import TracebackType

_PORTION: Final = 1 << 20


class Tray(Protocol):
    """A binary file for an encoder, by its descriptor."""

    def __enter__(self) -> Self:
        """Within it, the tray is open."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give back what the system lent."""
        ...

    def fileno(self) -> int:
        """The descriptor to write into."""
        ...

    def write(self, data: bytes) -> int:
        """Write as a file does."""
        ...

    def flush(self) -> None:
        """Nothing waits in between."""
        ...

    def taken(self) -> bytes:
        """All that was written; the end of the writing."""
        ...


class MemoryTray:
    """A nameless file in memory, which Linux has."""

    def __init__(self) -> None:
        self._handle = os.memfd_create("tray", os.MFD_CLOEXEC)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)

    def fileno(self) -> int:
        """The descriptor to write into."""
        return self._handle

    def write(self, data: bytes) -> int:
        """Write as a file does."""
        return os.write(self._handle, data)

    def flush(self) -> None:
        """Nothing waits in between."""

    def taken(self) -> bytes:
        """All that was written."""
        size = os.lseek(self._handle, 0, os.SEEK_CUR)
        os.lseek(self._handle, 0, os.SEEK_SET)
        pieces = []
        while size > 0 and (piece := os.read(self._handle, size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)


class PipeTray:
    """A pipe that a thread empties, for systems without files in memory."""

    def __init__(self) -> None:
        self._out, self._in = os.pipe()
        self._pieces: list[bytes] = []
        self._emptying = threading.Thread(target=self._empty, name="tray")
        self._is_open = True

    def __enter__(self) -> Self:
        self._emptying.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        os.close(self._out)

    def fileno(self) -> int:
        """The descriptor to write into."""
        return self._in

    def write(self, data: bytes) -> int:
        """Write as a file does."""
        return os.write(self._in, data)

    def flush(self) -> None:
        """Nothing waits in between."""

    def taken(self) -> bytes:
        """All that was written; the end of the writing."""
        self._end()
        return b"".join(self._pieces)

    def _empty(self) -> None:
        while piece := os.read(self._out, _PORTION):
            self._pieces.append(piece)

    def _end(self) -> None:
        if self._is_open:
            self._is_open = False
            os.close(self._in)
            self._emptying.join()


def open_tray() -> Tray:
    """The best tray of this system."""
    return MemoryTray() if hasattr(os, "memfd_create") else PipeTray()
