"""What every test stands on: a home of its own, no network, and nothing left running or unsaid."""

from __future__ import annotations

import importlib.util
import itertools
import logging
import os
import threading
from typing import TYPE_CHECKING

import hypothesis
import pytest
from helpers import fences, stray

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

hypothesis.settings.register_profile(
    "fieldlog",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("fieldlog")

_QT_SETTINGS = ("qt_api", "qt_log_level_fail", "qt_log_ignore", "qt_default_raising", "qt_qapp_name")
_numbers = itertools.count()
_home_watch = fences.HomeWatch(fences.folders_of_the_person())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where pytest-qt is left out with Qt itself, its settings in pyproject.toml stay lawful."""
    if importlib.util.find_spec("pytestqt") is None:
        for name in _QT_SETTINGS:
            parser.addini(name, "a setting of pytest-qt, which is not installed here")


@pytest.fixture(scope="session", autouse=True)
def _fences(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    homes = tmp_path_factory.mktemp("homes", numbered=False)
    with pytest.MonkeyPatch.context() as patch, stray.noting(threading.Thread):
        fences.close_the_network(patch)
        fences.scrub_environment(patch, homes)
        # One cache for all tests: fontconfig would otherwise read every font again for each of them.
        patch.setenv("XDG_CACHE_HOME", str(homes / "cache"))
        (homes / "run").mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(homes / "run"))
        yield homes


@pytest.fixture(autouse=True)
def _own_home(_fences: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    home = _fences / str(next(_numbers))
    home.mkdir()
    fences.scrub_environment(monkeypatch, home)
    with _home_watch.watching() as written:
        yield
    if written:
        pytest.fail("written where the person keeps things: " + "; ".join(written), pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    before = threading.enumerate()
    left: list[str] = []
    if "qapp" in request.fixturenames:
        with stray.QtStrays().watched() as left:
            yield
    else:
        yield
    left += stray.threads_since(before)
    if left:
        pytest.fail("left running: " + "; ".join(left), pytrace=False)


class _Heard(logging.Handler):
    """Collects what was logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _nothing_logged_unasked(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log is news: a test that expects one asks for ``caplog``."""
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    yield
    logging.getLogger().removeHandler(heard)
    if heard.lines and "caplog" not in request.fixturenames:
        pytest.fail("logged without being asked for: " + "; ".join(heard.lines), pytrace=False)
