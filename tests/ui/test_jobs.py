from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from fieldlog.domain.errors import BadInput, Bug, Cancelled
from fieldlog.domain.phrase import plain
from fieldlog.ui.bus import Bus
from fieldlog.ui.jobs import Errand, Lanes, Latest, Long, Read, Report, Run, Step, Write
from fieldlog.ui.widgets.busy_bar import BusyBar

REFUSED = BadInput(plain("what"), plain("why"), plain("how"))


def refuse(_workspace: object) -> None:
    raise REFUSED


def test_a_read_runs_elsewhere_and_lands_at_home(qtbot, lanes) -> None:
    seen = []
    Read(lanes, lambda _w: threading.current_thread().name).done(
        lambda name: seen.append((name, threading.current_thread() is threading.main_thread()))
    ).start()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("store-0", True)]


def test_a_verb_is_given_the_workspace(qtbot, lanes) -> None:
    lanes.workspace["title"] = "포트홀"
    seen = []
    Read(lanes, lambda workspace: workspace["title"]).done(seen.append).start()
    qtbot.waitUntil(lambda: seen == ["포트홀"])


def test_without_a_workspace_a_job_is_a_bug(qapp) -> None:
    with pytest.raises(Bug, match="no workspace"):
        _ = Lanes(Bus()).workspace


@pytest.mark.parametrize("answer", ["effects", SimpleNamespace(effects="effects")])
def test_what_a_write_touched_reaches_everyone_with_its_initiator(qtbot, lanes, bus, answer) -> None:
    form = QObject()
    with qtbot.waitSignal(bus.effects_happened) as heard:
        Write(lanes, lambda _w: answer).start(form)
    assert heard.args == ["effects", form]


def test_a_known_error_goes_to_who_asked(qtbot, lanes) -> None:
    seen = []
    Read(lanes, refuse).done(seen.append).failed(seen.append).start()
    qtbot.waitUntil(lambda: seen == [REFUSED])


def test_a_known_error_nobody_asked_for_is_shown(qtbot, lanes) -> None:
    seen = []
    lanes.failed = seen.append
    Write(lanes, refuse).start()
    qtbot.waitUntil(lambda: seen == [REFUSED])


def test_a_bug_reaches_the_excepthook(qtbot, lanes) -> None:
    with qtbot.capture_exceptions() as caught:
        Read(lanes, lambda _w: 1 // 0).failed(lambda _e: None).start()
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_writes_keep_their_order(qtbot, lanes) -> None:
    seen = []
    for number in range(20):
        Write(lanes, lambda _w, number=number: number).done(seen.append).start()
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))


def test_what_the_hand_asked_for_goes_before_the_background(qtbot, lanes) -> None:
    go, order = threading.Event(), []
    Read(lanes, lambda _w: go.wait(5)).start()
    Read(lanes, lambda _w: order.append("background")).start(background=True)
    Read(lanes, lambda _w: order.append("hand")).start()
    go.set()
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["hand", "background"]


def test_the_network_does_not_hold_the_store(qtbot, lanes) -> None:
    go, seen = threading.Event(), []
    Errand(lanes, lambda: go.wait(5), lane=lanes.network).start()
    Write(lanes, lambda _w: "saved").done(seen.append).start()
    qtbot.waitUntil(lambda: seen == ["saved"])
    go.set()


def test_nothing_lands_on_a_widget_that_is_gone(qtbot, lanes) -> None:
    go, seen, form = threading.Event(), [], QObject()
    Read(lanes, lambda _w: go.wait(5)).done(seen.append).start(form)
    form.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    go.set()
    qtbot.waitUntil(lambda: not lanes.busy)
    assert seen == []


def test_what_was_saved_is_told_although_the_form_is_gone(qtbot, lanes, bus) -> None:
    go, heard, form = threading.Event(), [], QObject()
    bus.effects_happened.connect(lambda effects, _who: heard.append(effects))

    def save(_workspace: object) -> str:
        go.wait(5)
        return "effects"

    Write(lanes, save).start(form)
    form.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    go.set()
    qtbot.waitUntil(lambda: heard == ["effects"])


def test_only_the_newest_of_a_row_lands(qtbot, lanes) -> None:
    go, seen, latest = threading.Event(), [], Latest()
    Read(lanes, lambda _w: go.wait(5)).start()
    for typed in ("ㅍ", "포", "포트"):
        latest.start(Read(lanes, lambda _w, typed=typed: typed).done(seen.append))
    go.set()
    qtbot.waitUntil(lambda: not lanes.busy)
    assert seen == ["포트"]


def test_long_work_says_how_far_it_is(qtbot, lanes) -> None:
    steps, done = [], []

    def work(_workspace: object, report) -> str:
        for number in range(1, 4):
            report(number, 3, plain(f"photo {number}"))
        return "effects"

    Long(lanes, work).progress(steps.append).done(done.append).start()
    qtbot.waitUntil(lambda: bool(done))
    assert steps[-1] == Step(3, 3, plain("photo 3"))


def test_cancelled_work_stops_at_its_next_step_and_says_so(qtbot, lanes) -> None:
    begun, seen, left = threading.Event(), [], []

    def work(_workspace: object, report) -> str:
        for number in range(10_000):
            begun.set()
            left.append(number)
            threading.Event().wait(0.002)
            report(number, 10_000, plain("photo"))
        return "effects"

    run = (
        Long(lanes, work)
        .done(seen.append)
        .failed(seen.append)
        .stopped(lambda: seen.append("stopped"))
        .start()
    )
    begun.wait(5)
    run.cancel()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["stopped"]
    assert len(left) < 10_000


def test_work_cancelled_before_it_began_never_begins(qtbot, lanes) -> None:
    go, seen = threading.Event(), []
    Read(lanes, lambda _w: go.wait(5)).start()
    Read(lanes, lambda _w: seen.append("ran")).stopped(lambda: seen.append("stopped")).start().cancel()
    go.set()
    qtbot.waitUntil(lambda: seen == ["stopped"])


def test_closing_finishes_every_write_and_leaves_no_thread(qapp) -> None:
    lanes: Lanes[list[int]] = Lanes(Bus())
    kept: list[int] = []
    lanes.open(kept)
    for number in range(50):
        Write(lanes, lambda workspace, number=number: workspace.append(number)).start()
        Read(lanes, lambda workspace: workspace.append(-1)).start(background=True)
    lanes.close()
    assert [number for number in kept if number >= 0] == list(range(50))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("store", "pictures"))]
    with pytest.raises(Bug, match="closed lane"):
        Write(lanes, lambda _w: None).start()


def test_a_cancelling_verb_is_no_error(qtbot, lanes) -> None:
    seen = []

    def work(_workspace: object) -> None:
        raise Cancelled(plain("stopped"), plain("why"), plain("how"))

    Write(lanes, work).failed(seen.append).stopped(lambda: seen.append("stopped")).start()
    qtbot.waitUntil(lambda: seen == ["stopped"])


def test_the_bar_goes_also_when_long_work_ends_with_a_bug(qtbot, lanes, face) -> None:
    bar = BusyBar(face)
    qtbot.addWidget(bar)

    def break_down(_workspace: object, report: Report) -> None:
        report(1, 2, plain("IMG_0001.jpg"))
        go.wait(5)
        raise ZeroDivisionError

    go = threading.Event()
    with qtbot.capture_exceptions() as caught:
        bar.follow(Long(lanes, break_down).progress(bar.show_step).start(bar), plain("사진"))
        qtbot.waitUntil(bar.isVisible)
        go.set()
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert bar.isHidden()


def test_those_who_watch_a_run_are_told_once_after_those_who_asked(qtbot, lanes) -> None:
    seen = []
    for job in (
        Read(lanes, lambda _w: "done").done(seen.append),
        Read(lanes, refuse).failed(lambda _error: seen.append("failed")),
    ):
        job.start().when_over(lambda: seen.append("over"))
    qtbot.waitUntil(lambda: seen == ["done", "over", "failed", "over"])


def test_a_bar_that_follows_newer_work_is_not_ended_by_the_older(qtbot, face) -> None:
    bar, older, newer = BusyBar(face), Run(), Run()
    qtbot.addWidget(bar)
    bar.follow(older, plain("1"))
    bar.follow(newer, plain("2"))
    qtbot.waitUntil(bar.isVisible)
    older.end()
    assert bar.isVisible()
    newer.end()
    assert bar.isHidden()
