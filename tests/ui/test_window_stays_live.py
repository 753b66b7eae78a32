"""The window answers within 50 ms while 500 photographs come in, a case opens, a search is typed.

Two things are measured between two beats of a 5 ms timer on the window's thread. In every run: how long that thread
worked, in its own processor time and less what a crowded processor adds to it, so that other programs change nothing.
In the soak tests: how long the loop was away, waiting for the interpreter, a lock or a disk included, less the time in
which the thread was ready and the operating system ran something else (Linux tells it). What misses the bar is looked
at again, at most twice: what the window itself does is there each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from helpers.composing import commit, compose
from helpers.heartbeat import Heartbeat, Watched
from helpers.pictures import field_exif, saved, scene, twelve_megapixels, with_comment, with_exif
from helpers.stores import practice_store
from helpers.windows import Sitting, pump, sitting

from fieldlog.services.photographs import add_photos, files_of
from fieldlog.services.recording import CaseDraft, record_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldlog.services.workspace import Workspace

BAR_MS = 50
ROUNDS = 3
CASES = 120
PHOTOS = 500
FEW = 40
SHOWN = 60
TABS = ("visits", "photos", "causes", "partners", "actions", "effect", "history", "overview")


Measure = Callable[[Watched], float]


def away(watched: Watched) -> float:
    return watched.worst.away


def worked(watched: Watched) -> float:
    return watched.busiest


BOTH = pytest.mark.parametrize(
    "measure", [pytest.param(worked, id="worked"), pytest.param(away, id="away", marks=pytest.mark.soak)]
)


def watch(
    act: Callable[[], object], before: Callable[[], object] = lambda: None, measure: Measure = worked
) -> None:
    """Do something and watch the loop; at most three times, until it keeps to the bar once."""
    seen = []
    for _ in range(ROUNDS):
        before()
        with Heartbeat().watching() as watched:
            act()
        if measure(watched) <= BAR_MS:
            return
        seen.append(f"{measure(watched):.0f} ms: {watched}")
    pytest.fail(f"the bar of {BAR_MS} ms was missed each time\n" + "\n".join(seen), pytrace=False)


def write_photos(folder: Path, models: list[bytes], count: int) -> Path:
    """Files that all differ."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03d}.jpg").write_bytes(
            with_comment(models[number % len(models)], f"{folder} {number}")
        )
    return folder


def megapixel(seed: int) -> bytes:
    return with_exif(saved(scene((1152, 864), seed=seed), "JPEG", quality=90), field_exif())


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with many cases, one of them with sixty photographs."""
    home = tmp_path_factory.mktemp("filled")
    photos = write_photos(home / "photos", [megapixel(1), megapixel(2)], SHOWN)
    workspace = practice_store(home / "store")
    case = new_case(workspace, "사진이 예순 장인 사안")
    assert len(list(add_photos(workspace, case, files_of([photos])))) == SHOWN
    for number in range(CASES):
        new_case(workspace, f"별빛로 {number}길 포트홀")
    workspace.close()
    return home / "store"


def new_case(workspace: Workspace, title: str) -> Any:
    return record_case(workspace, CaseDraft(title=title, category="ROAD_POTHOLE")).record.id


@pytest.fixture
def person(filled: Path, face) -> Iterator[Sitting]:
    """Somebody at the open window, a moment after it stood."""
    with sitting(filled, face) as made:
        made.opened()
        made.go("cases")
        pump(1500)
        made.wait()
        yield made


def case_called(person: Sitting, title: str) -> str:
    from fieldlog.domain.filter import CaseFilter
    from fieldlog.services.browsing import list_cases

    return list_cases(person.workspace, CaseFilter(query=title), limit=1).cases[0].id


def add_all(person: Sitting, folder: Path, count: int, measure: Measure) -> None:
    """The way of the window: the photo tab of a new case, with its progress and its grid, until all are in."""

    def before() -> None:
        case = new_case(person.workspace, "사진이 들어오는 사안")
        person.window.open_case(case)
        person.wait()
        person.window._case.show_tab("photos")
        person.wait()

    def add() -> None:
        person.window._case._tabs["photos"].add_files([folder])
        pump(50)
        while person.session.lanes.busy:
            pump(50)
        person.wait()

    watch(add, before, measure)
    assert len(person.window._case.case.view.sheet.of("photo")) == count


def as_if_never_opened(person: Sitting) -> None:
    """The tabs are built again, as for the first case of a sitting."""
    person.window.close_case()
    person.window._case._forget_tabs()
    person.window._case.bar.setCurrentIndex(0)
    pump(100)


def test_the_loop_is_watched_at_all(qapp) -> None:
    import time

    with Heartbeat().watching() as watched:
        pump(50)
        time.sleep(0.12)
        pump(50)
    assert watched.worst.away > 100
    assert watched.busiest < 60


def test_work_on_the_windows_thread_is_noticed_whatever_else_the_machine_does(qapp) -> None:
    import time

    def work() -> None:
        end = time.thread_time() + 2.5 * BAR_MS / 1000
        while time.thread_time() < end:
            pass

    with pytest.raises(pytest.fail.Exception, match=f"bar of {BAR_MS} ms was missed"):
        watch(work)


@pytest.mark.soak
@pytest.mark.parametrize("size", ["1 megapixel", "12 megapixels"])
def test_the_window_stays_live_while_500_photographs_come_in(person, tmp_path, size) -> None:
    twelve = [twelve_megapixels(seed, quality=88) for seed in range(3)] if size.startswith("12") else []
    models = twelve or [megapixel(seed) for seed in range(3, 7)]
    add_all(person, write_photos(tmp_path / "coming", models, PHOTOS), PHOTOS, away)


def test_photographs_come_in_without_work_that_holds_up_the_window(person, tmp_path) -> None:
    models = [megapixel(seed) for seed in range(3, 7)]
    add_all(person, write_photos(tmp_path / "coming", models, FEW), FEW, worked)


@BOTH
def test_a_case_with_sixty_photographs_opens_without_holding_up_the_window(person, measure) -> None:
    case = case_called(person, "예순 장")

    def open_it() -> None:
        person.window.open_case(case)
        person.wait()
        person.window._case.show_tab("photos")
        person.wait()
        pump(200)

    watch(open_it, lambda: as_if_never_opened(person), measure)


@BOTH
def test_every_tab_of_a_case_is_turned_to_without_holding_up_the_window(person, measure) -> None:
    case = case_called(person, "예순 장")

    def before() -> None:
        as_if_never_opened(person)
        person.window.open_case(case)
        person.wait()

    def turn() -> None:
        for tab in TABS:
            person.window._case.show_tab(tab)
            person.wait()

    watch(turn, before, measure)


@BOTH
def test_the_list_is_searched_as_one_types_without_holding_up_the_window(person, measure) -> None:
    search = person.window.page.search

    def type_it() -> None:
        for syllable in "별빛로 포트홀":
            compose(search, syllable)
            pump(30)
            commit(search, syllable)
            pump(150)
        search.clear_search()
        person.wait()

    watch(type_it, measure=measure)


@BOTH
def test_the_language_is_switched_without_holding_up_the_window(person, measure) -> None:
    def switch() -> None:
        for language in ("en", "ko"):
            person.session.face.speak(language)
            pump(150)

    watch(switch, measure=measure)
