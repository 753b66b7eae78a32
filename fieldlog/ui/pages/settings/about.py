"""정보: which version this is, and the works of others it stands on."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTableWidget, QTableWidgetItem, QWidget

from fieldlog import __version__
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.ui.face import GROUP_GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Errand
from fieldlog.ui.pages.settings.part import Part
from fieldlog.ui.widgets.parts import as_table, button, column, row, words
from fieldlog.ui.widgets.words import WordDelegate

if TYPE_CHECKING:
    from pathlib import Path

    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.face import Face
    from fieldlog.ui.page import PageContext

_TITLE: Final = Phrase("정보", "About")
_VERSION: Final = Phrase("판", "Version")
_OWN: Final = Phrase("fieldlog {version} · Apache License 2.0", "fieldlog {version} · Apache License 2.0")
_LICENCES: Final = Phrase("사용권", "Licences")
_SHOW: Final = Phrase("함께 쓰는 프로그램과 글꼴…", "Libraries and fonts…")
_WORKS: Final = Phrase("함께 쓰는 프로그램과 글꼴", "Libraries and fonts")
_NAME: Final = Phrase("이름", "Name")
_LICENCE: Final = Phrase("사용권", "Licence")
_CLOSE: Final = Phrase("닫기", "Close")
_REQUIRED: Final = re.compile(r"[A-Za-z0-9_.-]+")
_CLASSIFIED: Final = "License :: OSI Approved :: "
_LONGEST: Final = 60


class Work(Struct, frozen=True):
    """Something made by others: what, which version, under which terms."""

    name: str
    version: str
    licence: str


class About(Part):
    """Names what the program is made of."""

    def __init__(self, context: PageContext[Workspace], resources: Path) -> None:
        super().__init__(context.face, _TITLE)
        self._context, self._resources = context, resources
        self.licences = button(context.face, _SHOW, self.show_works)
        self.add(_VERSION, words(context.face, _OWN.fill(version=plain(__version__))), told=True)
        self.add(_LICENCES, self.licences)

    def show_works(self) -> None:
        """List libraries, fonts and icons with their licences."""
        resources = self._resources
        Errand(self._context.lanes, lambda: works(resources), lane=self._context.lanes.reading).done(
            lambda found: WorksWindow(self.face, found, self).open()
        ).start(self)


class WorksWindow(QDialog):
    """A table of works of others."""

    def __init__(self, face: Face, found: tuple[Work, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        face.say(self.setWindowTitle, _WORKS)
        face.name(self, _WORKS)
        self.resize(620, 560)
        table = QTableWidget(len(found), 3)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setHorizontalHeaderLabels([face.said(each) for each in (_NAME, _VERSION, _LICENCE)])
        as_table(face, table, _WORKS)
        for line, work in enumerate(found):
            for place, text in enumerate((work.name, work.version, work.licence)):
                table.setItem(line, place, QTableWidgetItem(text))
        table.setItemDelegate(WordDelegate(face, table))
        table.setColumnWidth(0, 220)
        table.setColumnWidth(1, 120)
        close = button(face, _CLOSE, self.accept, kind="primary")
        self.setLayout(
            column(words(face, _WORKS, "title"), table, row(None, close), gap=GROUP_GAP, margin=PAGE_MARGIN)
        )


def works(resources: Path) -> tuple[Work, ...]:
    """Libraries as they are installed, then fonts and icons as they were taken over."""
    return (*_libraries(), *_fonts(resources), *_icons(resources))


def _libraries() -> list[Work]:
    try:
        required = metadata.requires("fieldlog") or []
    except metadata.PackageNotFoundError:
        return []
    found = []
    for line in required:
        named = _REQUIRED.match(line)
        if named is None or "extra ==" in line:
            continue
        try:
            about = metadata.metadata(named[0])
        except metadata.PackageNotFoundError:
            continue
        found.append(Work(about["Name"], about["Version"], _licence_of(about)))
    return sorted(found, key=lambda work: work.name.casefold())


def _licence_of(about: metadata.PackageMetadata) -> str:
    classified = [
        each.removeprefix(_CLASSIFIED)
        for each in about.get_all("Classifier") or []
        if each.startswith(_CLASSIFIED)
    ]
    said = about.json
    written = str(said.get("license_expression") or ", ".join(classified) or said.get("license") or "–")
    return written.strip().splitlines()[0][:_LONGEST]


def _fonts(resources: Path) -> list[Work]:
    told = tomllib.loads((resources / "fonts" / "SOURCES.toml").read_text(encoding="utf-8"))
    families = (Work(each["family"], each["version"], each["licence"]) for each in told["font"])
    return list(dict.fromkeys(families))


def _icons(resources: Path) -> list[Work]:
    told = tomllib.loads((resources / "icons" / "SOURCE.toml").read_text(encoding="utf-8"))
    return [Work(str(told["name"]), str(told["version"]), str(told["licence"]))]
