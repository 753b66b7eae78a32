from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers.house import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

NEEDS = (
    ("libGL.so.1", "libgl1", "drawing"),
    ("Xvfb", "xvfb", "a screen"),
    ("/nowhere/*.typelib", "gir1.2-atspi-2.0", "reading"),
)


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """dev.py as a module, with every folder it writes to in a folder of the test, speaking English."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("MAIN", "HEADLESS", "BUILD", "PRACTICE"):
        monkeypatch.setattr(module, name, tmp_path / name.lower())
    monkeypatch.setattr(module, "KOREAN", False)
    return module


@pytest.fixture
def commands(dev, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What dev.py would have run; nothing is."""
    ran: list[str] = []
    result = subprocess.CompletedProcess([], 0, "", "")
    monkeypatch.setattr(
        dev, "succeeded", lambda *words, env=None: ran.append(" ".join(map(str, words))) or True
    )
    monkeypatch.setattr(dev, "run_quietly", lambda *words: ran.append(" ".join(map(str, words))) or result)
    return ran


def refusing(ran: list[str], word: str) -> Callable[..., bool]:
    """A ``succeeded`` that fails for commands which hold the word."""
    return lambda *words, env=None: ran.append(" ".join(map(str, words))) or word not in ran[-1]


def test_only_what_is_missing_is_named(dev, monkeypatch) -> None:
    monkeypatch.setattr(dev, "known_libraries", lambda: "libGL.so.1 (libc6,x86-64) => somewhere")
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    assert [package for _, package, _ in dev.missing(NEEDS)] == ["xvfb", "gir1.2-atspi-2.0"]


def test_what_is_missing_is_named_with_its_reason_and_installed(dev, commands, monkeypatch, capsys) -> None:
    monkeypatch.setattr(dev, "missing", list)
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    dev.provide(NEEDS)
    said = capsys.readouterr().out
    assert all(package in said and why in said for _, package, why in NEEDS)
    assert len(commands) == 1
    assert commands[0].startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get")
    assert commands[0].endswith("libgl1 xvfb gir1.2-atspi-2.0")


def test_package_lists_are_fetched_only_when_installing_fails_without(dev, commands, monkeypatch) -> None:
    failed = subprocess.CompletedProcess([], 100, "", "")
    monkeypatch.setattr(dev, "missing", list)
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(dev, "run_quietly", lambda *words: failed)
    dev.provide(NEEDS)
    assert [line.split("apt-get -qq ")[1].split()[0] for line in commands] == ["update", "install"]


def test_a_system_without_apt_is_told_what_it_needs_and_goes_on(dev, commands, monkeypatch, capsys) -> None:
    monkeypatch.setattr(dev, "missing", list)
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    dev.provide(NEEDS)
    assert "libgl1" in capsys.readouterr().out
    assert commands == []


def test_without_root_or_sudo_it_says_what_to_ask_an_administrator_for(dev, commands, monkeypatch) -> None:
    monkeypatch.setattr(dev, "missing", list)
    monkeypatch.setattr(dev.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev.Stop, match="apt-get install libgl1 xvfb"):
        dev.provide(NEEDS)


def test_the_second_run_installs_nothing(dev, commands) -> None:
    dev.program(dev.MAIN, "python").parent.mkdir(parents=True)
    dev.program(dev.MAIN, "python").touch()
    dev.fill(dev.MAIN)
    first = [line for line in commands if "pip install" in line]
    assert len(first) == 2
    assert "--require-hashes" in first[0]
    assert "--no-deps --no-build-isolation" in first[1]
    commands.clear()
    dev.fill(dev.MAIN)
    assert not [line for line in commands if "pip install" in line]


def test_a_failed_download_is_told_and_tried_again_next_time(dev, commands, monkeypatch) -> None:
    dev.MAIN.mkdir()
    monkeypatch.setattr(dev, "succeeded", refusing(commands, "--require-hashes"))
    for _ in range(2):
        with pytest.raises(dev.Stop, match="could not be installed"):
            dev.fill(dev.MAIN)
    assert len([line for line in commands if "--require-hashes" in line]) == 2


def test_the_environment_without_qt_holds_everything_else(dev, commands, monkeypatch) -> None:
    for environment in (dev.MAIN, dev.HEADLESS):
        site = environment / ("Lib" if dev.WINDOWS else "lib/python3.11") / "site-packages"
        for name in ("PySide6/QtCore.py", "shiboken6/x.py", "pytestqt/plugin.py", "pytest_qt-4.5.0.dist-info/RECORD",
                     "hypothesis/core.py"):  # fmt: skip
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).touch()
    monkeypatch.setattr(
        dev,
        "run_quietly",
        lambda *words: subprocess.CompletedProcess([], int("import PySide6" in words), "", ""),
    )
    dev.without_qt()
    assert sorted(path.name for path in site.iterdir()) == ["hypothesis"]
    assert (site / "hypothesis" / "core.py").exists()


def test_an_environment_that_has_qt_after_all_is_refused(dev, commands) -> None:
    dev.HEADLESS.mkdir()
    (dev.HEADLESS / "fieldlog.stamp").write_text(dev.wanted())
    with pytest.raises(dev.Stop, match="There is Qt"):
        dev.without_qt()


def test_half_a_practice_store_is_not_left_behind(dev, commands, monkeypatch) -> None:
    monkeypatch.setattr(dev, "succeeded", refusing(commands, "init"))
    (dev.PRACTICE / "half").mkdir(parents=True)
    with pytest.raises(dev.Stop, match="practice store"):
        dev.make_a_practice_store()
    assert not dev.PRACTICE.exists()


def test_a_failed_step_does_not_hide_those_after_it(dev, commands, monkeypatch, capsys) -> None:
    monkeypatch.setattr(dev, "prepare", lambda *, for_tests: Path("python"))
    monkeypatch.setattr(dev, "without_qt", lambda: Path("bare-python"))
    monkeypatch.setattr(dev, "succeeded", refusing(commands, "mypy"))
    assert dev.test([]) == 1
    assert capsys.readouterr().out.endswith("failed: types\n")
    assert "tests/house" in commands[-1]
    assert "bare-python -m pytest" in commands[-2]
    assert "tests/domain" in commands[-2]


def test_every_folder_of_tests_is_run_once(dev, commands, monkeypatch) -> None:
    monkeypatch.setattr(dev, "prepare", lambda *, for_tests: Path("python"))
    monkeypatch.setattr(dev, "without_qt", lambda: Path("bare-python"))
    assert dev.test([]) == 0
    found = {path.relative_to(ROOT).parts[:2] for path in (ROOT / "tests").rglob("test_*.py")}
    folders = sorted("/".join(parts) for parts in found)
    ran = [word for line in commands for word in line.split() if word.startswith("tests/")]
    assert sorted(ran) == folders


def test_bench_hands_the_names_on_to_the_benchmarks(dev, commands, monkeypatch) -> None:
    monkeypatch.setattr(dev, "prepare", lambda *, for_tests: Path("python"))
    assert dev.bench(["pdf"]) == 0
    assert [line.split()[0] for line in commands] == ["python"]
    assert commands[0].endswith("bench pdf")


def test_a_python_that_is_too_old_is_told_so(dev, monkeypatch) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 10, 4))
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(dev.Stop, match=r"Python 3\.11 or later"):
        dev.with_a_new_enough_python()


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--help"], 0), (["dance"], 2)])
def test_without_a_command_it_lists_them(dev, words: list[str], code: int, capsys) -> None:
    assert dev.main(words) == code
    said = capsys.readouterr().out
    assert all(f"dev.py {name}" in said for name in ("run", "test", "bench", "soak", "lock", "setup"))


def test_it_needs_the_standard_library_only() -> None:
    code = f"import runpy; runpy.run_path({str(ROOT / 'dev.py')!r}, run_name='dev')"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
