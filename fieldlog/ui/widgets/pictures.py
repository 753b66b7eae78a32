"""Fetching and decoding pictures away from the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry.vocabularies import PHASE
from fieldlog.ui.jobs import Read
from fieldlog.ui.theme import Tone

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from fieldlog.domain.errors import Known
    from fieldlog.ui.jobs import Lanes

W = TypeVar("W")

Load: TypeAlias = Callable[[str, Callable[[QImage | None], None]], None]
"""Begins to fetch the picture of a key and calls back, on the window's thread, with it or with None."""

_PHASE_TONES: Final = {"BEFORE": Tone.WARNING, "DURING": Tone.INFO, "AFTER": Tone.GOOD}


def picture_loader(lanes: Lanes[W], fetch: Callable[[W, str], bytes], owner: QObject) -> Load:
    """A loader for PhotoGrid and PhotoViewer: ``fetch(workspace, key)`` gives the bytes of a JPEG or PNG.

    A picture that cannot be had is shown as missing and raises no message: a grid may hold hundreds.
    """

    def load(key: str, take: Callable[[QImage | None], None]) -> None:
        def missing(_error: Known) -> None:
            take(None)

        read = Read(lanes, lambda workspace: decoded(fetch(workspace, key)), lane=lanes.pictures)
        read.done(take).failed(missing).start(owner, background=True)

    return load


def decoded(data: bytes) -> QImage | None:
    """The picture in these bytes, or None if they are none."""
    image = QImage.fromData(data)
    return None if image.isNull() else image


def png_of(image: QImage) -> bytes:
    """A picture from the clipboard as PNG bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def phase_word(phase: str) -> Phrase:
    """전, 중, 후 and the other phases."""
    return PHASE.label(phase) or Phrase(phase, phase)


def phase_tone(phase: str) -> Tone:
    """The tone of a phase's band."""
    return _PHASE_TONES.get(phase, Tone.NEUTRAL)
