from __future__ import annotations

from helpers.casework import calm
from helpers.makers import received
from PySide6.QtCore import Qt

from fieldlog.services import recording
from fieldlog.services.opening import introduce
from fieldlog.services.workspace import Official
from fieldlog.ui.widgets.field_form import FieldForm

COLLEAGUE = Official("0199a3c0-0000-7000-8000-00000000000b", "이새봄", "주무관", "ROAD")


def colleague_writes(workspace, case: str, **values: str) -> None:
    me = workspace.official
    introduce(workspace, COLLEAGUE)
    recording.revise(workspace, case, values)
    introduce(workspace, me)


def test_a_dot_tells_what_somebody_else_changed_until_the_person_has_looked(
    qtbot, lanes, workspace, detail
) -> None:
    case, other = received(workspace), received(workspace)

    def show(which: str) -> None:
        detail.show_case(which)
        calm(qtbot, lanes)

    show(case)
    show(other)
    colleague_writes(workspace, case, title="동료가 고친 제목", description="동료가 적음")
    show(case)
    rows = {
        name: row
        for form in detail.findChildren(FieldForm)
        for name, row in form.rows.items()
        if row.isVisible()
    }
    title, described = rows["title"], rows["description"]
    assert not title.news.isHidden()
    assert title.news.accessibleName() == "다른 사람이 고침"
    who, before = title.news.toolTip().split("\n")
    assert who.startswith("이새봄 · 2026. 11. 23.(월)")
    assert before.startswith("전: ")
    assert title.editor.focusProxy().accessibleDescription() == title.news.toolTip()
    assert rows["severity"].news.isHidden() if "severity" in rows else True
    # Who has been at the field has seen it; the other one is seen when the case is left.
    title.editor.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(title.editor.focusProxy().hasFocus)
    described.editor.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(title.news.isHidden)
    assert title.editor.focusProxy().accessibleDescription() == ""
    detail.case.reload()
    calm(qtbot, lanes)
    assert title.news.isHidden()
    assert not described.news.isHidden()
    show(other)
    show(case)
    assert described.news.isHidden()


def test_closing_the_case_ends_the_look(qtbot, lanes, workspace, detail) -> None:
    case = received(workspace)
    detail.show_case(case)
    calm(qtbot, lanes)
    detail.hide()
    calm(qtbot, lanes)
    assert workspace.store.note(f"looked at {case}").isdigit()
