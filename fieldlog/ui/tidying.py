"""Python's garbage collector, kept to the window's thread and to portions that nobody notices.

Left alone it runs on whichever thread happens to allocate: a full pass holds the interpreter, and the window,
for 100 ms and more (seen with 100,000 objects), and a widget that it finds unreachable is destroyed on a thread
it does not belong to.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY_MS: Final = 250
_YOUNG: Final = 2_000
"""New objects from which a look at the youngest pays."""
_BURST: Final = 10_000
"""New objects that are a large answer of the store: they go by themselves when it is no longer shown."""
_OLDER_AFTER: Final = 10
"""Looks at the youngest before one at those that survived them."""
_FULL_AFTER: Final = 20_000
"""Objects that have grown old since the last full pass; it takes some 20 ms to look at as many."""


class Tidying(QObject):
    """From ``begin`` to ``end`` garbage is collected here and nowhere else."""

    def __init__(self, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_busy = is_busy
        self._looks, self._grown = 0, 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.tidy)

    def begin(self) -> None:
        """Take over. What exists now is part of the program and is not looked at again."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def end(self) -> None:
        """Give back, and collect what was passed over; call it when no window stands."""
        if self._timer.isActive():
            self._timer.stop()
            gc.unfreeze()
            gc.enable()
            gc.collect()

    def tidy(self) -> None:
        """Look at the young; at all that is not part of the program only when nothing is under way."""
        young = gc.get_count()[0]
        if young >= _BURST:
            self._pass_over()
        elif young >= _YOUNG:
            self._looks += 1
            self._grown += young
            gc.collect(1 if self._looks % _OLDER_AFTER == 0 else 0)
        elif self._grown >= _FULL_AFTER and not self._is_busy():
            gc.collect()
            self._pass_over()

    def _pass_over(self) -> None:
        """What exists now is not looked at before the end."""
        self._grown = 0
        gc.freeze()
