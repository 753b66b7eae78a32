"""What the store does for itself while the person rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from fieldlog.services.indexing import index_saved
from fieldlog.ui.jobs import Read

if TYPE_CHECKING:
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.bus import Bus
    from fieldlog.ui.jobs import Lanes

REST_MS: Final = 2_000
"""Without any work for so long nobody types, searches or leafs: each of these asks something of the store."""


class Resting(QObject):
    """After something was saved, has it indexed as soon as nothing has been asked for a while."""

    def __init__(self, lanes: Lanes[Workspace], bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes, self._begun = lanes, lanes.begun
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._look)
        bus.effects_happened.connect(self._on_effects)
        self._timer.start()

    def _on_effects(self, _effects: object, _initiator: object) -> None:
        self._timer.start()

    def _look(self) -> None:
        if self._lanes.closed:
            return
        if self._lanes.busy or self._lanes.begun != self._begun:
            self._begun = self._lanes.begun
            self._timer.start()
            return
        # A disk that refuses is told with the next save; what waits is found all the same.
        Read(self._lanes, index_saved).failed(lambda _error: None).start(self, background=True)
        self._begun = self._lanes.begun
