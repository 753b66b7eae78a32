"""오늘: what matters now, each line one press from its case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from fieldlog.domain.clock import KST, parse_moment
from fieldlog.domain.ids import Digest
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.shown_dates import shown_day, shown_moment
from fieldlog.services import surveying
from fieldlog.ui.face import GAP, PAGE_MARGIN
from fieldlog.ui.jobs import Latest, Read
from fieldlog.ui.page import Page
from fieldlog.ui.pages.today.line import Line
from fieldlog.ui.pages.today.section import Section, Tally
from fieldlog.ui.widgets.empty_state import EmptyState
from fieldlog.ui.widgets.flow import Flow
from fieldlog.ui.widgets.marks import due_mark, stage_mark
from fieldlog.ui.widgets.parts import button, column, framed, heighten, row, scrolled, words
from fieldlog.ui.widgets.pictures import picture_loader

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from fieldlog.services.browsing import CaseLine
    from fieldlog.services.surveying import DayVisit, Subject, Survey, Unfinished
    from fieldlog.services.workspace import Workspace
    from fieldlog.ui.page import PageContext

_TITLE: Final = Phrase("오늘", "Today")
_QUICK: Final = Phrase("빠른 기록", "Quick record")
_SUBJECTS: Final[dict[Subject, tuple[Phrase, str | None]]] = {
    "overdue": (Phrase("기한 초과", "Overdue"), "danger"),
    "today": (Phrase("오늘 마감", "Due today"), "warning"),
    "week": (Phrase("이번 주 마감", "Due this week"), None),
    "mine": (Phrase("내 진행중", "Mine under way"), None),
    "no_place": (Phrase("위치 없는 기록", "Without a place"), None),
}
_LEFT: Final = ("visits", "overdue", "today", "week", "mine")
_VISITS: Final = Phrase("오늘 방문", "Visits today")
_VISIT: Final = Phrase("{when} · {kind} · {number}", "{when} · {kind} · {number}")
_RECENT: Final = Phrase("최근 기록", "Recent")
_UNFINISHED: Final = Phrase("적다 만 기록", "Unfinished")
_QUICK_DRAFT: Final = Phrase("빠른 기록", "Quick record")
_UNTITLED: Final = Phrase("제목 없음", "No title")
_KEPT: Final = Phrase("{where} · {when}까지 적음", "{where} · written until {when}")
_KEPT_PHOTOS: Final = Phrase(
    "{where} · 사진 {n}장 · {when}까지 적음", "{where} · {n} photos · written until {when}"
)
_IN_CASE: Final = Phrase("사안", "Case")
_CALM: Final = Phrase("이번 주 안에 닥친 기한이 없습니다.", "Nothing falls due this week.")
_BELOW: Final = Phrase("{number} · {category}", "{number} · {category}")
_BELOW_PLACE: Final = Phrase("{number} · {category} · {place}", "{number} · {category} · {place}")
_NOTHING: Final = Phrase("아직 기록이 없습니다.", "Nothing has been recorded yet.")
_NOTHING_HINT: Final = Phrase(
    "현장에서 본 것을 사진과 한 줄로 남기면 여기에 오늘 할 일이 모입니다.",
    "Record what you see with a photo and a line; what is to be done gathers here.",
)
_START: Final = Phrase("빠른 기록", "Quick record")
_SETTLE_MS: Final = 150
_EVERY_MS: Final = 60_000
_WIDE: Final = 820


class TodayPage(Page):
    """Counts above, deadlines and own work at the left, what was recorded lately at the right."""

    def __init__(self, context: PageContext[Workspace]) -> None:
        super().__init__()
        self._context, self._face = context, context.face
        self._reading = Latest()
        self._is_shown = False
        self._load = picture_loader(context.lanes, _thumbnail, self)
        self.tallies: dict[Subject, Tally] = {}
        self.sections: dict[str, Section] = {}
        self._build()
        self._soon = _timer(self, _SETTLE_MS, self.refresh, once=True)
        self._minute = _timer(self, _EVERY_MS, self.refresh, once=False)
        context.bus.effects_happened.connect(self._on_effects)

    # What the window asks

    def arrive(self, **_wanted: Any) -> None:
        """Look again."""
        self.quick.setEnabled(not self._context.lanes.workspace.read_only)
        self.refresh()

    def refresh(self) -> None:
        """Read the day again; what is shown stays until it has come."""
        read = Read(self._context.lanes, surveying.survey, lane=self._context.lanes.reading)
        self._reading.start(read.done(self.show_survey), self)

    def show_survey(self, survey: Survey) -> None:
        """Show the day."""
        self._is_shown = True
        self._face.say(self._date.setText, shown_day(survey.at.astimezone(KST).date()))
        for subject, tally in self.tallies.items():
            tally.show_count(survey.group(subject).count, _SUBJECTS[subject][1])
        for group in survey.groups:
            due = group.subject in {"overdue", "today", "week"}
            lines = [self._line(each, by_stage=not due) for each in group.lines]
            self.sections[group.subject].show_lines(lines, group.count)
        recent = []
        for each in survey.recent:
            line = self._line(each.line, by_stage=True, pictured=True)
            if each.photo:
                self._load(each.photo, line.show_picture)
            recent.append(line)
        self.sections["recent"].show_lines(recent, len(recent))
        today = survey.at.astimezone(KST).date()
        visits = [self._visit(each, today) for each in survey.visits]
        self.sections["visits"].show_lines(visits, len(visits))
        drafts = [self._unfinished(each) for each in survey.unfinished]
        self.sections["unfinished"].show_lines(drafts, len(drafts))
        urgent = survey.group("overdue").count + survey.group("today").count
        self._calm.setHidden(bool(urgent or survey.group("week").count))
        self._context.navigator.set_count("today", urgent)
        self._states.setCurrentIndex(1 if survey.is_blank else 0)
        self._chain()

    # How it is built

    def _build(self) -> None:
        face = self._face
        self.quick = button(face, _QUICK, self._context.navigator.quick_record, kind="primary", icon="zap")
        face.keys.hint(face.say, self.quick.setText, _QUICK, "quick")
        heighten(self.quick, 48)
        self.quick.setMinimumWidth(184)
        self._date = words(face, plain(""), "muted")
        header = row(column(words(face, _TITLE, "display"), self._date, gap=4), None, self.quick)
        header.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, GAP)
        tallies = Flow(gap=GAP)
        for subject, (title, _tone) in _SUBJECTS.items():
            tally = Tally(face, title)
            tally.clicked.connect(partial(self._show_all, subject))
            self.tallies[subject] = tally
            tallies.addWidget(tally)
            self.sections[subject] = Section(face, title)
            self.sections[subject].all_asked.connect(partial(self._show_all, subject))
        self.sections["visits"] = Section(face, _VISITS)
        self.sections["recent"] = Section(face, _RECENT)
        self.sections["unfinished"] = Section(face, _UNFINISHED)
        self._calm = words(face, _CALM, "muted")
        self._calm.setContentsMargins(GAP, 0, GAP, 0)
        self._left = framed(_stacked(self._calm, *(self.sections[key] for key in _LEFT)), "clear")
        self._right = framed(
            _stacked(*(self.sections[key] for key in ("unfinished", "recent", "no_place"))), "clear"
        )
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(PAGE_MARGIN)
        self._columns.setVerticalSpacing(PAGE_MARGIN)
        body = column(framed(tallies, "clear"), self._columns, None, gap=PAGE_MARGIN)
        body.setContentsMargins(PAGE_MARGIN - GAP, GAP, PAGE_MARGIN - GAP, PAGE_MARGIN)
        page = column(header, scrolled(framed(body, "clear")), gap=0)
        page.setStretch(1, 1)
        blank = EmptyState(
            face, "zap", _NOTHING, hint=_NOTHING_HINT, action=(_START, self._context.navigator.quick_record)
        )
        self._states = QStackedLayout()
        self._states.addWidget(framed(page, "clear"))
        self._states.addWidget(blank)
        self.setLayout(self._states)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE
        self._columns.addWidget(self._left, 0, 0, Qt.AlignmentFlag.AlignTop)
        place = (0, 1) if wide else (1, 0)
        self._columns.addWidget(self._right, *place, Qt.AlignmentFlag.AlignTop)
        self._columns.setColumnStretch(0, 1)
        self._columns.setColumnStretch(1, 1 if wide else 0)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Deadlines pass while one looks: look again every minute."""
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nobody looks."""
        super().hideEvent(event)
        self._minute.stop()
        self._soon.stop()

    def event(self, event: QEvent) -> bool:
        """Look again when the window comes to the front: the quick record may have left something.

        The first look is still under way while the window opens: a second would only put it off.
        """
        if event.type() == QEvent.Type.WindowActivate and self.isVisible() and self._is_shown:
            self._soon.start()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Two columns where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _line(self, each: CaseLine, *, by_stage: bool, pictured: bool = False) -> Line:
        case = each.case
        told = _BELOW_PLACE if case.place else _BELOW
        below = told.fill(number=plain(case.case_no), category=each.category, place=plain(case.place or ""))
        stage = stage_mark(case.stage)
        mark = stage if by_stage or each.remaining is None else due_mark(each.remaining)
        line = Line(self._face, plain(case.title), below, mark=mark, pictured=pictured)
        line.clicked.connect(lambda: self._context.navigator.open_case(case.id))
        return line

    def _visit(self, each: DayVisit, today: date) -> Line:
        case, at = each.line.case, each.at.astimezone(KST)
        when = plain(f"{at:%H:%M}") if at.date() == today else shown_moment(at)
        below = _VISIT.fill(when=when, kind=each.kind, number=plain(case.case_no))
        line = Line(self._face, plain(case.title), below, mark=stage_mark(case.stage))
        line.clicked.connect(lambda: self._context.navigator.open_case(case.id, field="visit"))
        return line

    def _unfinished(self, each: Unfinished) -> Line:
        where = _IN_CASE if each.case else _QUICK_DRAFT
        told = _KEPT_PHOTOS if each.photos else _KEPT
        below = told.fill(where=where, n=each.photos, when=shown_moment(parse_moment(each.at)))
        line = Line(self._face, plain(each.title) if each.title else _UNTITLED, below)
        case = each.case
        if case is None:
            line.clicked.connect(self._context.navigator.quick_record)
        else:
            line.clicked.connect(lambda: self._context.navigator.open_case(case))
        return line

    # What it does

    def _chain(self) -> None:
        """Let the arrow keys walk through all lines as through one list."""
        order = ("visits", "overdue", "today", "week", "mine", "unfinished", "recent", "no_place")
        lines = [line for key in order for line in self.sections[key].lines]
        for at, line in enumerate(lines):
            line.walked.connect(partial(_walk, lines, at))

    def _show_all(self, subject: Subject) -> None:
        asked = surveying.filter_of(self._context.lanes.workspace, subject)
        self._context.navigator.go("cases", asked=asked)

    def _on_effects(self, effects: object, _initiator: object) -> None:
        if effects and self.isVisible():
            self._soon.start()


def _walk(lines: list[Line], at: int, by: int) -> None:
    if 0 <= at + by < len(lines):
        lines[at + by].setFocus(Qt.FocusReason.TabFocusReason)


def _thumbnail(workspace: Workspace, digest: str) -> bytes:
    from fieldlog.services import photographs  # noqa: PLC0415

    return photographs.photo_bytes(workspace, Digest(digest), "thumb")


def _stacked(*parts: QWidget) -> QVBoxLayout:
    return column(*parts, gap=PAGE_MARGIN)


def _timer(page: TodayPage, after: int, act: Any, *, once: bool) -> QTimer:
    timer = QTimer(page)
    timer.setSingleShot(once)
    timer.setInterval(after)
    timer.timeout.connect(act)
    return timer
