"""The window of the quick record: photos, category, one line, place; kept while it is written, saved at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldlog.domain.clock import KST, monotonic
from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.services import capturing
from fieldlog.ui.command import Command
from fieldlog.ui.face import GAP, GROUP_GAP
from fieldlog.ui.jobs import Read, Write
from fieldlog.ui.key_map import QUICK
from fieldlog.ui.quick.category_picker import CategoryPicker
from fieldlog.ui.quick.filing import Filing
from fieldlog.ui.quick.keeping import (
    Blank,
    Keep,
    Making,
    Saved,
    case_draft,
    keep,
    recall,
    suggested_title,
)
from fieldlog.ui.quick.photo_desk import PhotoDesk
from fieldlog.ui.quick.photo_strip import PhotoStrip
from fieldlog.ui.quick.place_line import PlaceLine
from fieldlog.ui.quick.saved_line import SavedLine
from fieldlog.ui.quick.severity_row import SeverityRow
from fieldlog.ui.reading_order import step
from fieldlog.ui.shortcuts import Shortcuts
from fieldlog.ui.watermark import Watermark
from fieldlog.ui.widgets.error_band import ErrorBand
from fieldlog.ui.widgets.parts import button, column, framed, heighten, row, rule, scrolled, words
from fieldlog.ui.widgets.text_entry import Line, commit_composition

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QShowEvent

    from fieldlog.domain.errors import Known
    from fieldlog.services.capturing import Captured
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext

_TITLE: Final = Phrase("빠른 기록", "Quick record")
_PHOTOS: Final = Phrase("사진", "Photos")
_CATEGORY: Final = Phrase("분류", "Category")
_LINE: Final = Phrase("한 줄 제목", "Title in one line")
_LINE_HINT: Final = Phrase("무엇이 문제입니까?", "What is wrong?")
_PLACE: Final = Phrase("위치", "Place")
_SEVERITY: Final = Phrase(
    "심각도 (고르지 않으면 분류의 기본값)", "Severity (the category's own unless chosen)"
)
_SAVE: Final = Phrase("저장", "Save")
_NEXT: Final = Phrase("저장 후 다음", "Save, then next")
_NOT_SAVED: Final = Phrase("아직 저장하지 않았습니다.", "It is not saved yet.")
_NO_CATEGORY: Final = BadInput(
    _NOT_SAVED,
    Phrase("분류를 고르지 않았습니다.", "No category is chosen."),
    Phrase("위의 그림에서 하나를 눌러 주십시오.", "Press one of the pictures above."),
)
_SAVED: Final = Phrase("저장됨 {number}", "Saved {number}")
_READ_ONLY: Final = Phrase(
    "다른 창이 쓰고 있어 지금은 기록할 수 없습니다.",
    "Another window is writing: nothing can be recorded now.",
)
_KEEP_MS: Final = 1_000
_SIZE: Final = QSize(480, 800)
_LEAST: Final = QSize(380, 480)


class QuickWindow(QWidget):
    """F2. Closing keeps what is written; the next F2 goes on with it, also after a crash."""

    def __init__(self, context: PageContext[Workspace], resources: Path) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self._began: float | None = None
        self._recalled = False
        self._wanted: Callable[[Saved], None] | None = None
        self._kept = Blank()
        self.photos = PhotoStrip(context.face)
        self.category = CategoryPicker(context.face, resources)
        self.title = Line(context.face, _LINE, longest=100)
        self.place = PlaceLine(context.face, context.lanes)
        self.severity = SeverityRow(context.face)
        self.told = ErrorBand(context.face)
        self.saved_line = SavedLine(context.face)
        self.filing = Filing(context, self)
        self.desk = PhotoDesk(context, self.photos, self)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_MS)
        self._keeping.timeout.connect(self.keep_now)
        self._build()
        self._connect()
        self.shortcuts = Shortcuts(self, context.face.keys, QUICK)
        self.shortcuts.add(self._commands())
        self._watermark = Watermark(context.face, self) if context.lanes.workspace.is_practice else None
        if (shape := context.memory.shape("quick/shape")) is not None:
            self.restoreGeometry(shape)
        context.face.language_changed.connect(self._suggest)
        if isinstance(context.navigator, QObject):
            context.navigator.destroyed.connect(self.deleteLater)

    # What stands in it

    def blank(self) -> Blank:
        """What is written now, the syllable being composed included."""
        return Blank(
            title=self.title.live_text().strip(),
            category=self.category.code(),
            place=self.place.text(),
            severity=self.severity.code(),
            photos=tuple(self.desk.chosen),
        )

    def fill(self, blank: Blank) -> None:
        """Show a record as it was written."""
        self.category.show_code(blank.category)
        self.title.set_value(blank.title)
        self.place.set_text(blank.place)
        self.severity.show_code(blank.severity)
        self.desk.show(blank.photos)
        self._suggest()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001
        """Tab goes as the eye reads; the photographs were made last but stand first."""
        return step((self.body, self.foot), self.focusWidget(), forward=forward)

    # How it is built

    def _build(self) -> None:
        face = self._face
        face.say(self.setWindowTitle, _TITLE)
        face.name(self, _TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "background")
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE)
        face.say(self.title.setPlaceholderText, _LINE_HINT)
        self.body = framed(
            column(
                self.photos,
                _group(self, _CATEGORY, self.category),
                _group(self, _LINE, self.title),
                _group(self, _PLACE, self.place),
                _group(self, _SEVERITY, self.severity),
                None,
                gap=GROUP_GAP,
                margin=GROUP_GAP,
            ),
            "clear",
        )
        self.save_button = button(face, _SAVE, self.save, kind="primary", icon="save")
        self.next_button = button(face, _NEXT, self.save_and_go_on, icon="check")
        for each in (self.save_button, self.next_button):
            heighten(each, 48)
            each.setSizePolicy(each.sizePolicy().Policy.Expanding, each.sizePolicy().Policy.Fixed)
        self.foot = framed(
            column(self.told, self.saved_line, row(self.next_button, self.save_button), gap=GAP), "clear"
        )
        self.foot.setContentsMargins(GROUP_GAP, GAP, GROUP_GAP, GROUP_GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolled(self.body), 1)
        layout.addWidget(rule())
        layout.addWidget(self.foot)
        face.wardrobe.dress(self)

    def _connect(self) -> None:
        self.desk.changed.connect(self._on_photos)
        self.desk.failed.connect(self._tell)
        self.category.chosen.connect(self._on_category)
        self.title.live_changed.connect(self._touch)
        self.place.changed.connect(self._on_place)
        self.severity.chosen.connect(self._touch)
        self.title.installEventFilter(self)
        self.place.entry.installEventFilter(self)
        self.filing.undone.connect(self._take_back)
        self.filing.opened.connect(self.close)

    def _commands(self) -> list[Command]:
        favourites = [
            Command(
                f"quick.category.{number}",
                Phrase("자주 쓰는 분류 {n}", "Favourite category {n}").fill(n=number),
                partial(self.category.choose_number, number),
                (f"Alt+{number}",),
            )
            for number in range(1, 9)
        ]
        return [
            Command("quick.save", _SAVE, self.save, ("Ctrl+S",), "save"),
            Command("quick.next", _NEXT, self.save_and_go_on, ("Ctrl+Return", "Ctrl+Enter"), "check"),
            Command("quick.photos", _PHOTOS, self.photos.choose, ("Ctrl+O",), "image-plus"),
            Command("quick.paste", _PHOTOS, self.photos.paste, ("Ctrl+V",), "clipboard-paste"),
            Command("quick.close", Phrase("닫기", "Close"), self.close, ("Esc",), "x"),
            *favourites,
        ]

    # Writing

    def _on_category(self, _code: str) -> None:
        self.told.clear()
        self._suggest()
        self._touch()
        if not self.title.live_text():
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_photos(self) -> None:
        self.place.know_photo_place(self.desk.place())
        self._touch()
        if self._wanted is not None and not self.desk.awaits:
            wanted, self._wanted = self._wanted, None
            self._save(wanted)

    def _on_place(self) -> None:
        self._suggest()
        self._touch()

    def _suggest(self) -> None:
        """Offer in grey what the title will be if none is typed: never in the way of typing."""
        suggested = suggested_title(self.category.label(), self.place.words(), self._when())
        self._face.say(self.title.setPlaceholderText, suggested or _LINE_HINT)

    def _when(self) -> Phrase:
        return shown_moment(self._context.clock.now().astimezone(KST))

    def _touch(self, *_changed: Any) -> None:
        if self._began is None:
            self._began = monotonic()
        if not self._keeping.isActive():
            self._keeping.start()

    def keep_now(self) -> None:
        """Keep what is written as a draft."""
        self._keeping.stop()
        blank = self.blank()
        if self._context.lanes.workspace.read_only or blank == self._kept or not self._recalled:
            return
        self._kept = blank
        Keep(self._context.lanes, lambda w: keep(w, blank)).start(self)

    # Saving

    def save(self) -> None:
        """Save the case and close."""
        self._save(self._finish)

    def save_and_go_on(self) -> None:
        """Save the case and begin the next."""
        self._save(self._go_on)

    def _save(self, then: Callable[[Saved], None]) -> None:
        commit_composition()
        blank = self.blank()
        if not self.body.isEnabled():
            return
        if self.desk.awaits:
            self._wanted = then
            return
        if not blank.category:
            self._tell(_NO_CATEGORY)
            next(iter(self.category.buttons.values()), self.category.other).setFocus()
            return
        self._keeping.stop()
        self.told.clear()
        self._freeze(frozen=True)
        making = Making(
            agreed=self.place.agreed(),
            category=self.category.label(),
            when=self._when(),
            seconds=monotonic() - self._began if self._began is not None else 0.0,
            language=self._face.language,
        )
        write = Write(
            self._context.lanes,
            lambda w: capturing.capture(w, case_draft(blank, making), blank.photos),
        )
        write.done(lambda captured: self._saved(Saved(captured, blank), then)).failed(self._not_saved)
        write.start(self)

    def _saved(self, saved: Saved, then: Callable[[Saved], None]) -> None:
        self._freeze(frozen=False)
        self._kept = Blank()
        self.fill(Blank())
        self.place.clear()
        self._began = None
        self._keeping.stop()
        self.filing.take(saved)
        then(saved)

    def _not_saved(self, error: Known) -> None:
        self._freeze(frozen=False)
        self._tell(error)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self, saved: Saved) -> None:
        self.close()
        self._context.messages.tell(
            _told(saved.captured),
            undo=partial(self.filing.undo, saved),
            also=(Phrase("열기", "Open"), partial(self.filing.open, saved)),
        )

    def _go_on(self, saved: Saved) -> None:
        self.saved_line.tell(
            _told(saved.captured), partial(self.filing.undo, saved), partial(self.filing.open, saved)
        )
        self.photos.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.look_for_newest()

    def _take_back(self, saved: Saved) -> None:
        """The case was undone: what it was made of is written here again, if nothing new is."""
        self.saved_line.clear()
        if self.blank().is_empty:
            self.fill(saved.blank)
            self.show()
            self.raise_()
            self.activateWindow()

    def _freeze(self, *, frozen: bool) -> None:
        for part in (self.body, self.save_button, self.next_button):
            part.setEnabled(not frozen)

    def _tell(self, error: Known) -> None:
        self._wanted = None
        self.told.tell(error)

    # Coming and going

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Go on with what was written, or begin."""
        super().showEvent(event)
        workspace = self._context.lanes.workspace
        self.category.know(workspace.profile)
        for part in (self.body, self.save_button, self.next_button):
            part.setEnabled(not workspace.read_only)
        if workspace.read_only:
            self._tell(
                BadInput(_NOT_SAVED, _READ_ONLY, Phrase("그 창에서 기록해 주십시오.", "Record there."))
            )
        if self._began is None:
            self._began = monotonic()
        self._suggest()
        self.desk.look_for_newest()
        self.photos.add.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._recalled:
            Read(self._context.lanes, recall).done(self._recall).start(self)

    def _recall(self, blank: Blank | None) -> None:
        self._recalled = True
        if blank is not None and self.blank().is_empty:
            self._kept = blank
            self.fill(blank)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep what is written and where the window stood."""
        commit_composition()
        self.keep_now()
        self.place.rest()
        self.saved_line.clear()
        self._context.memory.put("quick/shape", self.saveGeometry())
        if self.blank().is_empty:
            self._began = None
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A picture pasted into a text line is a picture for the case."""
        if isinstance(event, QKeyEvent) and event.type() in {
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
        }:
            held = QGuiApplication.clipboard().mimeData()
            is_paste = event.matches(QKeySequence.StandardKey.Paste)
            if is_paste and not held.hasText() and (held.hasImage() or held.hasUrls()):
                if event.type() == QEvent.Type.KeyPress:
                    self.photos.paste()
                event.accept()
                return True
        return super().eventFilter(watched, event)


def _told(captured: Captured) -> Phrase:
    return _SAVED.fill(number=plain(captured.record.text("case_no")))


def _group(window: QuickWindow, label: Phrase, part: QWidget) -> QWidget:
    face = window._face  # noqa: SLF001
    shown = words(face, label, "label")
    shown.setBuddy(part)
    return framed(column(shown, part, gap=4), "clear")
