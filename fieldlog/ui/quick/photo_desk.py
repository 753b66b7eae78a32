"""Which pictures are chosen, what each shows, and which came newly into the folder of the last ones."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from fieldlog.domain.phrase import Phrase
from fieldlog.services import capturing
from fieldlog.services.capturing import Chosen
from fieldlog.services.photographs import files_of
from fieldlog.ui.jobs import Read
from fieldlog.ui.quick.keeping import Keep
from fieldlog.ui.quick.photo_strip import newest_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldlog.domain.errors import Known
    from fieldlog.services.capturing import Glance
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext
    from fieldlog.ui.quick.photo_strip import PhotoStrip

_PASTED: Final = Phrase("붙여 넣은 사진 {n}.png", "Pasted picture {n}.png")
_FOLDER: Final = "quick/folder"
_NEWEST: Final = "quick/newest"


class PhotoDesk(QObject):
    """Stands between the strip, which shows pictures, and the store, which looks at them."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext[Workspace], strip: PhotoStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._strip = context, strip
        self._lanes = context.lanes
        self.chosen: list[Chosen] = []
        self._newest: list[Path] = []
        self._pasted = self._awaited = 0
        strip.added.connect(self.add_files)
        strip.pasted.connect(self.add_picture)
        strip.removed.connect(self.remove)
        strip.newest_asked.connect(lambda: self.add_files(self._newest))

    @property
    def awaits(self) -> bool:
        """Whether pictures the person gave have not been taken in yet: a save waits for them."""
        return self._awaited > 0

    def place(self) -> tuple[float, float] | None:
        """Where the first picture that knows it was taken."""
        tiles = [self._strip.tiles[each.key] for each in self.chosen if each.key in self._strip.tiles]
        seen = [tile.glance for tile in tiles if tile.glance is not None]
        places = [(each.lat, each.lon) for each in seen if each.lat is not None and each.lon is not None]
        return places[0] if places else None

    def add_files(self, paths: Sequence[Path]) -> None:
        """Choose files; a folder stands for the pictures in it."""

        def found(files: list[Path]) -> None:
            self._arrived([Chosen.from_path(path) for path in files])
            self._remember(files)

        self._awaited += 1
        read = Read(self._lanes, lambda _w: _files(paths), lane=self._lanes.reading)
        read.done(found).failed(self._not_arrived).start(self)

    def add_picture(self, data: bytes) -> None:
        """Choose a picture from the clipboard; it is kept behind the store's door at once."""
        self._pasted += 1
        name = self._context.face.said(_PASTED.fill(n=self._pasted))
        self._awaited += 1
        held = Keep(self._lanes, lambda w: capturing.hold_picture(w, name, data))
        held.done(lambda chosen: self._arrived([chosen])).failed(self._not_arrived).start(self)

    def remove(self, key: str) -> None:
        """Take a picture away again."""
        gone = [each for each in self.chosen if each.key == key]
        self.chosen = [each for each in self.chosen if each.key != key]
        self._strip.show_chosen(self.chosen)
        self.changed.emit()
        if any(each.held for each in gone):
            Keep(self._lanes, lambda w: capturing.drop_held(w, gone)).start(self)

    def show(self, chosen: Sequence[Chosen]) -> None:
        """Show these pictures and no others."""
        self.chosen = []
        self._strip.show_chosen([])
        self.add(chosen)

    def add(self, chosen: Sequence[Chosen]) -> None:
        """Choose more pictures; one that is chosen already stays once."""
        known = {each.key for each in self.chosen}
        self.chosen.extend(each for each in chosen if each.key not in known)
        for each in self._strip.show_chosen(self.chosen):
            self._look(each)
        self.changed.emit()

    def look_for_newest(self) -> None:
        """See whether pictures came into the folder the last ones were taken from: a phone on a cable."""
        folder = self._context.memory.text(_FOLDER)
        self._strip.folder = folder
        if not folder:
            return
        since = _seconds(self._context.memory.text(_NEWEST))

        def found(files: list[Path]) -> None:
            known = {each.key for each in self.chosen}
            self._newest = [each for each in files if str(each) not in known]
            self._strip.show_newest(len(self._newest), Path(folder).name)

        look = Read(self._lanes, lambda _w: newest_in(Path(folder), since), lane=self._lanes.pictures)
        look.done(found).start(self)

    def _arrived(self, chosen: Sequence[Chosen]) -> None:
        self._awaited -= 1
        self.add(chosen)

    def _not_arrived(self, error: Known) -> None:
        self._awaited -= 1
        self.failed.emit(error)

    def _look(self, chosen: Chosen) -> None:
        def seen(glance: Glance) -> None:
            self._strip.show_glance(chosen.key, glance)
            self.changed.emit()

        look = Read(self._lanes, lambda w: capturing.glance(w, chosen), lane=self._lanes.pictures)
        look.done(seen).failed(partial(self._strip.show_trouble, chosen.key)).start(self)

    def _remember(self, files: list[Path]) -> None:
        times = [_written(each) for each in files]
        if not any(times):
            return
        self._context.memory.put(_FOLDER, str(files[-1].parent))
        self._context.memory.put(_NEWEST, str(max(times)))
        self.look_for_newest()


def _files(paths: Sequence[Path]) -> list[Path]:
    return [source.path for source in files_of(paths) if source.path is not None]


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
