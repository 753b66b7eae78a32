from __future__ import annotations

from helpers.makers import at_work, picture
from helpers.stores import MONDAY, environment, practice_store
from PySide6.QtGui import QImage

from fieldlog.domain.clock import FixedClock
from fieldlog.services import tending
from fieldlog.services.photographs import add_photos
from fieldlog.ui.pictures import draw_pictures


def test_every_page_and_dialog_is_drawn_and_the_store_is_left_alone(tmp_path, face) -> None:
    store = practice_store(tmp_path / "store")
    case = at_work(store)
    before, after = (answer.record for answer in add_photos(store, case, [picture(1), picture(2)]))
    tending.set_phase(store, [after], "AFTER")
    tending.pair_photos(store, [before, after])
    store.close()
    untouched = {path: path.stat().st_mtime_ns for path in (tmp_path / "store").rglob("vault/*")}
    around = environment(FixedClock(MONDAY))
    drawn = draw_pictures(
        tmp_path / "store", tmp_path / "out", around=around, language="ko", theme="light", scale=1
    )
    names = {path.stem for path in drawn}
    wanted = {
        "today",
        "cases",
        "settings",
        "quick",
        "quick-blank",
        "palette",
        "shortcuts",
        "welcome",
        "unlock",
        "move",
        "contest",
        "filter-name",
        "photo",
        "photo-pair",
        "photo-target",
    }
    assert {f"{name}-light" for name in wanted} <= names
    assert all(not QImage(str(path)).isNull() for path in drawn)
    assert untouched == {path: path.stat().st_mtime_ns for path in (tmp_path / "store").rglob("vault/*")}
