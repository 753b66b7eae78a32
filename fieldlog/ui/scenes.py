"""What is drawn into pictures: each page, each dialog, each step before the window, with something in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import convert
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QTabBar, QWidget

from fieldlog.domain.clock import iso
from fieldlog.domain.errors import KeyWrong
from fieldlog.domain.filter import CaseFilter
from fieldlog.domain.ids import Digest
from fieldlog.domain.phrase import Phrase
from fieldlog.services import browsing, capturing, leafing, moving, offering, syncing
from fieldlog.services.settling import Contender, Contest
from fieldlog.ui.jobs import Run, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.quick.window import QuickWindow
    from fieldlog.ui.start import Session
    from fieldlog.ui.window import MainWindow

_WRONG: Final = KeyWrong(
    Phrase("저장소를 열지 못했습니다.", "The store could not be opened."),
    Phrase("암호가 맞지 않습니다.", "The passphrase is not the right one."),
    Phrase(
        "한/영 상태와 대소문자를 확인하고 다시 입력해 주십시오.",
        "Check the keyboard and letter case; try again.",
    ),
)
_AGAIN: Final = Phrase("다시 시도", "Try again")
_QUIT: Final = Phrase("끝내기", "Quit")
_MAKING: Final = Phrase("연습 저장소를 만듭니다", "Making the practice store")
_TITLE: Final = Phrase("별빛로 12 앞 포트홀", "Pothole before Byeolbit-ro 12")
_OTHER_TITLE: Final = Phrase("별빛로 12 앞 도로 파임", "Hole in the road before Byeolbit-ro 12")
_OFFICIALS: Final = ("이새봄", "정하늘")
_UNDER_WAY: Final = ("RECEIVED", "TRIAGED", "INVESTIGATING", "IN_ACTION")
_LOOKED_THROUGH: Final = 200
_PLACE: Final = "36.48000, 127.28900"
_PREVIEW_MS: Final = 600
_PAGES: Final = ("today", "cases", "photos", "reports", "settings")
_SENDING: Final = Phrase("사진을 보냅니다", "Sending photographs")
_OFFICE: Final = "//nas/도로과/fieldlog"
_CAME: Final = 12
_PHOTOS: Final = 41
_TABS: Final = ("overview", "visits", "photos", "causes", "partners", "actions", "outcome", "history")


class Stage(Protocol):
    """The window on its practice store."""

    session: Session
    workspace: Workspace
    window: MainWindow[Workspace]
    case: RecordId | None

    def wait(self) -> None:
        """Until nothing is under way."""
        ...


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Everything there is to see, each with its name; what was opened for one is closed before the next."""
    yield from _pages(stage)
    yield from _case(stage)
    yield from _case_windows(stage)
    yield from _photo_windows(stage)
    yield from _sync(stage)
    yield from _dialogs(stage)
    yield from _quick(stage)
    yield from _before(stage)


def _pages(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    stage.window.go("settings")
    before = stage.window.page
    stage.wait()
    for key in _PAGES:
        stage.window.close_case()
        chosen = {"cases": [stage.case]} if key == "reports" and stage.case else {}
        stage.window.go(key, **chosen)
        stage.wait()
        if chosen:  # the preview begins a moment after the choice
            _pause(_PREVIEW_MS)
            stage.wait()
        if stage.window.page is not before:
            yield key, stage.window
        before = stage.window.page


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _case(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    if stage.case is None:
        return
    stage.window.go("cases")
    stage.window.open_case(stage.case)
    stage.wait()
    bar = next((each for each in stage.window.findChildren(QTabBar) if each.isVisible()), None)
    if bar is None:
        yield "case", stage.window
        return
    for number, name in zip(range(bar.count()), _TABS, strict=False):
        bar.setCurrentIndex(number)
        stage.wait()
        yield f"case-{name}", stage.window
    bar.setCurrentIndex(0)
    stage.window.close_case()


def _case_windows(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """The windows of a case that is under way: a move, a conflict, a filter to be kept."""
    from fieldlog.ui.case.conflicts import ContestWindow  # noqa: PLC0415
    from fieldlog.ui.case.detail import CaseDetail  # noqa: PLC0415
    from fieldlog.ui.case.move_window import MoveWindow  # noqa: PLC0415
    from fieldlog.ui.pages.cases.name_window import NameWindow  # noqa: PLC0415

    face = stage.session.face
    found = browsing.list_cases(stage.workspace, CaseFilter(stages=_UNDER_WAY), limit=1).cases
    for case in found:
        stage.window.go("cases")
        stage.window.open_case(case.id)
        stage.wait()
        page = next(each for each in stage.window.findChildren(CaseDetail) if each.isVisible())
        way = next(each for each in moving.ways_on(stage.workspace, case.id) if each.move.end == "ON_HOLD")
        MoveWindow(page.case, way, page).open()
        stage.wait()
        yield from _shown_dialog(stage, "move")
        sides = tuple(
            Contender(face.said(title), name, stage.workspace.now())
            for title, name in zip((_TITLE, _OTHER_TITLE), _OFFICIALS, strict=True)
        )
        contest = Contest(case.id, "case", "title", sides)
        ContestWindow(page.case, contest, stage.workspace.profile, page.conflicts).open()
        stage.wait()
        yield from _shown_dialog(stage, "contest")
    NameWindow(face, lambda _name: None, stage.window).open()
    stage.wait()
    yield from _shown_dialog(stage, "filter-name")
    stage.window.close_case()


def _photo_windows(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """A photograph at full size, a pair side by side, and the question where new ones go."""
    from fieldlog.ui.pages.photos.page import PhotosPage  # noqa: PLC0415

    stage.window.go("photos")
    stage.wait()
    page = stage.window.page
    if not isinstance(page, PhotosPage) or not page.album.rowCount():
        return
    rows = page.album.rows_near(page.album.row_at(0), _LOOKED_THROUGH)
    lines = leafing.photo_lines(stage.workspace, rows)
    paired = next((row for row in rows if lines[row].photo.get("pair_photo_id")), None)
    page.looking.open(rows[0])
    stage.wait()
    yield from _shown_dialog(stage, "photo")
    if paired is not None:
        page.looking.open(paired, compare=True)
        stage.wait()
        yield from _shown_dialog(stage, "photo-pair")
    page.add_files([Path("현장.jpg")])
    stage.wait()
    yield from _shown_dialog(stage, "photo-target")


def _sync(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Before an office is joined, with an office, and while a sync is under way."""
    from fieldlog.ui.pages.sync.page import SyncPage  # noqa: PLC0415

    stage.window.go("sync")
    stage.wait()
    page = stage.window.page
    if not isinstance(page, SyncPage):
        return
    yield "sync-choices", stage.window
    page.show_standing(_office_standing(stage))
    stage.wait()
    yield "sync", stage.window
    run = Run()
    page.follow(run, _SENDING)
    page.busy.show_step(Step(24, _PHOTOS, _SENDING))
    _pause(_PREVIEW_MS)
    yield "sync-running", stage.window
    run.end()
    stage.wait()


def _office_standing(stage: Stage) -> syncing.Standing:
    """An office that was met twice, with a conflict and something to send."""
    at = stage.workspace.now()
    shown = browsing.list_cases(stage.workspace, CaseFilter(), limit=_CAME).cases
    cases = tuple(case.id for case in shown)
    contested = tuple(browsing.read_record(stage.workspace, case) for case in cases[:1])
    whole = {
        "office": "",
        "at": iso(at),
        "sent": {"ops": 18, "photos": 7},
        "received": {"ops": 64, "photos": 34},
        "photos_verified": _PHOTOS,
        "photos_referenced": _PHOTOS,
        "photos_absent": [],
        "digest": syncing.digest(stage.workspace),
        "same": True,
        "cases": cases,
    }
    before = {"at": iso(at - timedelta(days=1)), "cases": cases[:3], "photos_verified": _PHOTOS - 2}
    earlier = {**whole, **before, "same": False}
    receipts = tuple(convert(each, syncing.Receipt) for each in (whole, earlier))
    office = syncing.JoinedOffice(_OFFICE, "", stage.workspace.profile.agency.ko, iso(at))
    waiting = syncing.Waiting(3, 2)
    return syncing.Standing(office, waiting, len(contested), contested, receipts)


def _dialogs(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    from fieldlog.ui.pages.settings.about import WorksWindow, works  # noqa: PLC0415
    from fieldlog.ui.pages.settings.locks import PassphraseWindow  # noqa: PLC0415

    window, face = stage.window, stage.session.face
    window.go("today")
    window.palette_box.open(window.shortcuts.commands)
    stage.wait()
    yield "palette", window
    window.palette_box.hide()
    window.show_shortcuts()
    stage.wait()
    yield from _shown_dialog(stage, "shortcuts")
    works_window = WorksWindow(face, works(stage.session.around.resources), window)
    passphrase = PassphraseWindow(face, window, asks_now=True, asks_fresh=True)
    for name, dialog in (("licences", works_window), ("passphrase", passphrase)):
        dialog.open()
        stage.wait()
        yield from _shown_dialog(stage, name)
    stage.session.messages.show(_WRONG, mend=(_AGAIN, stage.wait))
    stage.session.messages.tell(_TITLE, undo=stage.wait)
    stage.wait()
    yield "messages", window
    for card in window.findChildren(QWidget):
        if type(card).__name__ in {"ErrorCard", "Toast"} and hasattr(card, "dismiss"):
            card.dismiss()


def _shown_dialog(stage: Stage, name: str) -> Iterator[tuple[str, QWidget]]:
    for dialog in [each for each in stage.window.findChildren(QDialog) if each.isVisible()]:
        yield name, dialog
        dialog.reject()
    stage.wait()


def _quick(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    from fieldlog.ui.quick.category_picker import CategoryList  # noqa: PLC0415
    from fieldlog.ui.quick.keeping import Blank  # noqa: PLC0415
    from fieldlog.ui.quick.window import QuickWindow  # noqa: PLC0415

    stage.window.quick_record()
    stage.wait()
    quick = next(
        each for each in QApplication.topLevelWidgets() if isinstance(each, QuickWindow) and each.isVisible()
    )
    quick.fill(Blank())
    stage.wait()
    yield "quick-blank", quick
    _fill(stage, quick)
    yield "quick", quick
    quick.category.choose_other()
    stage.wait()
    for listed in quick.findChildren(CategoryList):
        yield "categories", listed
        listed.reject()
    quick.fill(Blank())
    quick.close()
    stage.wait()


def _fill(stage: Stage, quick: QuickWindow) -> None:
    """Two pictures of the practice store itself, a category, a line, a place."""
    from fieldlog.services.photographs import photo_bytes  # noqa: PLC0415
    from fieldlog.ui.quick.keeping import Blank  # noqa: PLC0415

    photos = []
    if stage.case is not None:
        sheet = stage.workspace.store.sheet(stage.case)
        digests = [Digest(photo.text("sha256")) for photo in sheet.of("photo")][:2]
        for number, digest in enumerate(digests):
            data = photo_bytes(stage.workspace, digest, "screen")
            photos.append(capturing.hold_picture(stage.workspace, f"{number}.jpg", data))
    title = stage.session.face.said(_TITLE)
    quick.fill(Blank(title=title, category="ROAD_POTHOLE", place=_PLACE, severity="4", photos=tuple(photos)))
    stage.wait()


def _before(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    from fieldlog.ui.start.doorway import Doorway  # noqa: PLC0415
    from fieldlog.ui.start.new_store import NewStoreStep  # noqa: PLC0415
    from fieldlog.ui.start.steps import (  # noqa: PLC0415
        PassphraseStep,
        TroubleStep,
        WaitStep,
        WelcomeStep,
    )

    face, door = stage.session.face, Doorway(stage.session.face)
    waiting = WaitStep(face, _MAKING, may_cancel=True)
    waiting.show_step(Step(24, 63, _MAKING))
    asked = PassphraseStep(face)
    asked.tell(_WRONG)
    offers = offering.offered_profiles(stage.session.around)
    steps: dict[str, QWidget] = {
        "welcome": WelcomeStep(face, practised=False),
        "new-store": NewStoreStep(face, offers, needs_passphrase=True),
        "unlock": asked,
        "trouble": TroubleStep(face, _WRONG, [(_AGAIN, stage.wait), (_QUIT, stage.wait)]),
        "waiting": waiting,
    }
    for name, step in steps.items():
        door.show_step(step)
        stage.wait()
        yield name, door
    door.hide()
    door.deleteLater()
