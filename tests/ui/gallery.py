"""Every part of the window side by side, drawn to PNG files to be looked at.

QT_QPA_PLATFORM=offscreen python tests/ui/gallery.py FOLDER [SCALE]
"""

from __future__ import annotations

import io
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView, QTabWidget, QWidget

from fieldlog.domain.clock import KST
from fieldlog.domain.errors import BadInput
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.domain.registry import REGISTRY
from fieldlog.domain.shown_dates import shown_moment
from fieldlog.domain.traffic_light import Light, Remaining
from fieldlog.ui.application import make_application, make_face
from fieldlog.ui.bus import Bus
from fieldlog.ui.jobs import Lanes, Run, Step
from fieldlog.ui.theme import Tone
from fieldlog.ui.widgets.busy_bar import BusyBar
from fieldlog.ui.widgets.chip_bar import ChipBar
from fieldlog.ui.widgets.due_line import DueLine
from fieldlog.ui.widgets.error_card import ErrorCard
from fieldlog.ui.widgets.field_form import FieldForm
from fieldlog.ui.widgets.mark_cells import MARK_ROLE, MarkDelegate
from fieldlog.ui.widgets.marks import MarkLabel, due_mark, severity_mark, stage_mark
from fieldlog.ui.widgets.parts import (
    as_table,
    badge,
    button,
    column,
    framed,
    page_header,
    row,
    rule,
    tool,
    words,
)
from fieldlog.ui.widgets.pdf_preview import PdfPreview
from fieldlog.ui.widgets.photo_grid import PhotoGrid
from fieldlog.ui.widgets.photo_tile import Badge, PhotoTile
from fieldlog.ui.widgets.photo_viewer import PhotoViewer
from fieldlog.ui.widgets.place_field import PlaceField, PlaceReading
from fieldlog.ui.widgets.search_field import SearchField
from fieldlog.ui.widgets.swipe_view import SwipeView
from fieldlog.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from fieldlog.ui.face import Face

NOW = datetime(2026, 11, 22, 14, 20, 5, tzinfo=KST)
BROKEN = BadInput(
    Phrase("사진을 추가하지 못했습니다: IMG_0001.heic", "The photo was not added: IMG_0001.heic"),
    Phrase("파일이 중간에서 끊겨 있습니다.", "The file ends in the middle."),
    Phrase("카메라에서 다시 복사하십시오.", "Copy it from the camera again."),
)
PHASES = ("BEFORE", "DURING", "AFTER", "EVIDENCE")


def roadside(shade: int, *, mended: bool = False) -> QImage:
    """A drawn roadside: sky, road, and a hole or a patch."""
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(205, 60, 235 - shade % 40))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(0, 260, 800, 340, QColor(105, 107, 110))
    painter.fillRect(0, 252, 800, 12, QColor(120, 150, 110))
    for left in range(-40 + shade, 800, 160):
        painter.fillRect(left, 420, 90, 10, QColor(235, 225, 190))
    painter.setBrush(QColor(90, 92, 96) if mended else QColor(38, 36, 34))
    painter.drawEllipse(260 + shade, 460, 190, 70)
    painter.end()
    return image


def tiles() -> list[PhotoTile]:
    """Eight photographs in four phases, some with badges."""
    there = Badge("map-pin", Phrase("위치 있음", "Has a place"), Tone.INFO)
    unseen = Badge("shield-alert", Phrase("개인정보 미확인", "Personal data unreviewed"), Tone.WARNING)
    return [
        PhotoTile(
            str(number),
            Phrase(f"가장자리 파임 {number}번째 지점", f"Broken edge, spot {number}"),
            PHASES[number % 4],
            (there, unseen)[: number % 3],
        )
        for number in range(8)
    ]


def load(key: str, take: Callable[[QImage | None], None]) -> None:
    """A loader that answers at once; the last picture is missing."""
    take(None if key == "7" else roadside(int(key) * 9, mended=int(key) % 4 == 2))


def a_pdf() -> bytes:
    """A two-page document."""
    from reportlab.pdfgen.canvas import Canvas

    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    for page in (1, 2):
        canvas.setFont("Helvetica-Bold", 22)
        canvas.drawString(72, 760, f"Field report, page {page}")
        canvas.rect(72, 500, 451, 220)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def parts(face: Face) -> QWidget:
    """Text, buttons, marks, chips, search, busy bar."""
    kinds = [words(face, Phrase("제목과 본문 Aa 0123", f"{kind} Aa 0123"), kind) for kind in _TEXT_KINDS]
    buttons = [
        button(face, Phrase("저장", "Save"), kind="primary", icon="save"),
        button(face, Phrase("내보내기", "Export"), icon="download"),
        button(face, Phrase("취소", "Cancel"), kind="quiet"),
        button(face, Phrase("삭제", "Delete"), kind="danger", icon="trash-2"),
        button(face, Phrase("제목 쓰기", "Write a title"), kind="link"),
        tool(face, "camera", Phrase("사진 추가", "Add a photo")),
        tool(face, "ellipsis", Phrase("더 보기", "More")),
    ]
    off = button(face, Phrase("보고서", "Report"), kind="primary")
    off.setEnabled(False)
    chips = ChipBar(face)
    chips.show_filters(
        {"s": Phrase("상태: 조치중", "Stage: in action"), "d": Phrase("기한 3일 이내", "Due in 3 days")}
    )
    busy = BusyBar(face)
    busy.follow(Run(), plain(""))
    busy.show_step(Step(213, 500, Phrase("사진을 가져오는 중: IMG_0213.jpg", "Importing: IMG_0213.jpg")))
    busy.show()
    due = DueLine(face)
    due.show_due(shown_moment(NOW + timedelta(hours=3)), _left(Light.ORANGE), 0.2)
    return framed(
        column(
            row(*kinds, None),
            rule(),
            row(*buttons, off, None),
            row(*(badge(face, Phrase(tone.name, tone.name), tone) for tone in Tone), None),
            row(*(MarkLabel(face, severity_mark(number)) for number in (5, 4, 3, 2, 1)), None, gap=16),
            row(*(MarkLabel(face, stage_mark(code)) for code in _STAGES), None),
            row(*(MarkLabel(face, due_mark(_left(light), 0.6)) for light in Light), None, gap=16),
            due,
            row(
                SearchField(face, Phrase("찾기", "Search"), Phrase("제목·번호·위치 찾기", "Search")),
                chips,
                None,
            ),
            busy,
            gap=12,
            margin=24,
        ),
        "background",
    )


def form(face: Face) -> QWidget:
    """The fields of a case."""
    kind = REGISTRY.kind("case")
    fields = [kind.field(name) for name in _FIELDS if kind.has(name)]
    made = FieldForm(face, fields, columns=2, needed=frozenset({"problem_statement"}))
    made.show_values(
        {
            "title": "강남대로 서초구 측 차로 포트홀",
            "case_no": "FL-2026-0001",
            "reported_at": "2026-03-09T08:40:00+09:00",
            "severity": 4,
            "urgency": "URGENT",
            "affected_people": 640,
            "vulnerable_flags": ["CHILD", "ELDERLY"],
            "description": "차로 가장자리가 30 cm쯤 파여 이륜차가 피해 갑니다.",
        }
    )
    made.show_saved("title")
    made.show_failed("affected_people", BROKEN)
    place = PlaceField(face, lambda _text, _show: None)
    place.entry.setText("127.0298 37.4930")
    question = Phrase(
        "위도와 경도가 바뀐 것 같습니다. 바꾸어 읽을까요?", "Latitude and longitude look swapped."
    )
    place.offer([PlaceReading(37.493, 127.0298, plain("37.49300, 127.02980 · 다사 5862 4315"), question)])
    return framed(column(made, rule(), place, None, gap=16, margin=24), "raised")


def table(face: Face) -> QWidget:
    """Marks in the cells of a table, under tabs."""
    model = QStandardItemModel(0, 4)
    model.setHorizontalHeaderLabels(["사안번호", "제목", "심각도", "상태"])
    for number, (grave, stage) in enumerate(zip((5, 4, 3, 2, 1), _STAGES, strict=False)):
        model.appendRow(
            [
                QStandardItem(f"FL-2026-{number:04}"),
                QStandardItem("산복도로 옹벽 균열과 배수 불량"),
                _marked(severity_mark(grave)),
                _marked(stage_mark(stage)),
            ]
        )
    view = QTableView()
    view.setModel(model)
    as_table(face, view, Phrase("사안", "Cases"))
    for place in (2, 3):
        view.setItemDelegateForColumn(place, MarkDelegate(face, view))
    view.setColumnWidth(1, 260)
    view.setColumnWidth(3, 160)
    view.selectRow(1)
    tabs = QTabWidget()
    tabs.addTab(view, "")
    for place, title in enumerate(
        (Phrase("개요", "Overview"), Phrase("현장방문", "Visits"), Phrase("사진", "Photos"))
    ):
        if place:
            tabs.addTab(QWidget(), "")
        face.say(tabs.setTabText, title, place)
    head = page_header(
        face, Phrase("사안", "Cases"), button(face, Phrase("새 사안", "New case"), kind="primary")
    )
    return framed(column(head, tabs, gap=0), "background")


def notices(face: Face) -> QWidget:
    """An error and a toast."""
    card = ErrorCard(face, BROKEN, mend=(Phrase("다시 고르기", "Choose again"), lambda: None))
    toast = Toast(face, Phrase("사안을 보류했습니다.", "The case is on hold."), undo=lambda: None)
    return framed(column(card, row(toast, None), None, gap=24, margin=32), "background")


def photos(face: Face) -> QWidget:
    """The grid."""
    grid = PhotoGrid(face, load)
    grid.show_photos(tiles())
    grid.setCurrentIndex(grid.model().index(1, 0))
    return framed(column(grid, gap=0), "raised")


def swipe(face: Face) -> QWidget:
    """Before and after."""
    made = SwipeView(face)
    made.show_pair(roadside(10), roadside(10, mended=True))
    return made


def viewer(face: Face) -> QWidget:
    """One photograph."""
    made = PhotoViewer(face, load)
    made.show_photos(tiles(), "1", {"1": "2"})
    return made


SCENES: dict[str, tuple[Callable[[Face], QWidget], int, int]] = {
    "parts": (parts, 1180, 460),
    "form": (form, 760, 760),
    "table": (table, 820, 420),
    "notices": (notices, 520, 320),
    "photos": (photos, 760, 480),
    "swipe": (swipe, 640, 480),
    "viewer": (viewer, 900, 640),
}
_TEXT_KINDS = ("display", "title", "lead", "body", "label", "muted", "small")
_STAGES = ("DRAFT", "RECEIVED", "INVESTIGATING", "IN_ACTION", "NOTIFIED", "CLOSED", "ON_HOLD", "REJECTED")
_FIELDS = (
    "title", "case_no", "channel", "reported_at", "severity", "urgency", "affected_people", "stage",
    "vulnerable_flags", "description", "problem_statement",
)  # fmt: skip


def draw(application: QApplication, face: Face, folder: Path, suffix: str) -> None:
    """Every scene in every theme."""
    for theme in face.themes:
        face.wear(theme)
        face.wardrobe.finish()
        for name, (make, width, height) in SCENES.items():
            scene = make(face)
            face.wardrobe.dress(scene)
            scene.resize(width, height)
            scene.show()
            for _ in range(10):
                application.processEvents()
            scene.grab().save(str(folder / f"{name}-{theme}{suffix}.png"))
            scene.close()
            scene.deleteLater()


def draw_pdf(application: QApplication, face: Face, folder: Path, suffix: str) -> None:
    """The preview, which draws away from the window."""
    lanes: Lanes[None] = Lanes(Bus())
    preview = PdfPreview(face, lanes)
    face.wardrobe.dress(preview)
    preview.resize(760, 620)
    preview.show()
    preview.show_pdf(a_pdf())
    for _ in range(400):
        application.processEvents()
        application.thread().msleep(5)
        if not lanes.busy and preview.page_count:
            break
    application.processEvents()
    preview.grab().save(str(folder / f"pdf-light{suffix}.png"))
    lanes.close()


def main(folder: Path, scale: int) -> None:
    """Draw everything into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application(["gallery"], scale=scale)
    face = make_face(application, Path(__file__).parents[2] / "resources")
    suffix = "" if scale == 100 else f"-{scale}"
    draw(application, face, folder, suffix)
    face.wear("light")
    face.wardrobe.finish()
    draw_pdf(application, face, folder, suffix)
    face.speak("en")
    draw(application, face, folder, f"{suffix}-en")


def _left(light: Light) -> Remaining:
    said = Phrase("3시간 남음", "3 h left") if light is not Light.RED else Phrase("1근무일 지남", "1 d late")
    return Remaining(light=light, left=timedelta(hours=3), late_by=timedelta(), words=said)


def _marked(mark: object) -> QStandardItem:
    item = QStandardItem()
    item.setData(mark, MARK_ROLE)
    return item


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
