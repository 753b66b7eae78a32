#!/usr/bin/env python3
"""Set up, run and test fieldlog on a machine that has only Python 3.11 or later.

``python3 dev.py run`` opens the window on a practice store, ``python3 dev.py test`` runs every check;
``bench``, ``soak``, ``lock`` and ``setup`` are for those who work on it. Each prepares first whatever is missing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"
MAIN, HEADLESS = HERE / ".venv", HERE / ".venv-headless"
BUILD = HERE / "build"
PRACTICE = BUILD / "practice"
OLDEST = (3, 11)
WINDOWS, LINUX = os.name == "nt", sys.platform.startswith("linux")
KOREAN = any(os.environ.get(name, "").startswith("ko") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))

# What is looked for (a library, a program or a file), the Debian package that brings it, and why it is needed.
FOR_PYTHON = (("ensurepip", f"python3.{sys.version_info[1]}-venv", "makes the virtual environment"),)
FOR_QT = (
    ("libglib-2.0.so.0", "libglib2.0-0", "QtCore: event loop"),
    ("libdbus-1.so.3", "libdbus-1-3", "QtGui: desktop services, keyring and screen readers"),
    ("libGL.so.1", "libgl1", "QtGui: drawing"),
    ("libEGL.so.1", "libegl1", "QtGui: drawing"),
    ("libfreetype.so.6", "libfreetype6", "QtGui: glyphs"),
    ("libfontconfig.so.1", "libfontconfig1", "QtGui: finding fonts"),
    ("libxkbcommon.so.0", "libxkbcommon0", "QtGui: keyboard layouts, Korean included"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "X11 windows: keyboard"),
    ("libX11-xcb.so.1", "libx11-xcb1", "X11 windows: connection"),
    ("libxcb-cursor.so.0", "libxcb-cursor0", "X11 windows: mouse pointer"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "X11 windows: titles and sizes"),
    ("libxcb-image.so.0", "libxcb-image0", "X11 windows: pictures"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "X11 windows: shortcuts"),
    ("libxcb-randr.so.0", "libxcb-randr0", "X11 windows: screens"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "X11 windows: drawing"),
    ("libxcb-shape.so.0", "libxcb-shape0", "X11 windows: outlines"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "X11 windows: keyboard"),
)
FOR_TESTS = (
    ("Xvfb", "xvfb", "tests: a screen that exists only in memory"),
    ("xauth", "xauth", "tests: permission to use that screen"),
    ("dbus-run-session", "dbus", "tests: a message bus of their own"),
    ("/usr/libexec/at-spi-bus-launcher", "at-spi2-core", "tests: reading the window as a screen reader does"),
    ("/usr/lib/*/girepository-1.0/Atspi-2.0.typelib", "gir1.2-atspi-2.0", "tests: as above"),
    ("/usr/lib/python3/dist-packages/gi", "python3-gi", "tests: as above, from the system's own Python"),
)
OF_QT = ("PySide6*", "pyside6*", "shiboken6*", "pytestqt", "pytest_qt-*", "pytest_xvfb*")
WORKERS = max(2, min(4, os.cpu_count() or 2))
BELOW_THE_WINDOW = ("domain", "storage", "media", "geo", "sync", "report", "exchange", "services")


# Two invented photographs of one place, with time and position, drawn by the program's own brush.
TWO_PHOTOGRAPHS = """
import datetime, pathlib, sys
from fieldlog.media.practice_pictures import draw_practice_picture
for phase, day, name in zip(("BEFORE", "AFTER"), (2, 9), sys.argv[1:]):
    moment = datetime.datetime.fromisoformat(f"2026-11-0{day}T10:20:00+09:00")
    picture = draw_practice_picture(
        "sidewalk", seed=7, taken_at=moment, lat=37.5665, lon=126.978, heading=80, phase=phase
    )
    pathlib.Path(name).write_bytes(picture)
"""


class Stop(Exception):
    """Nothing more can be done; the sentence says why and how to go on."""


def say(korean: str, english: str) -> None:
    """Tell the person, in the language of the machine."""
    print(korean if KOREAN else english, flush=True)


def stop(korean: str, english: str) -> Stop:
    """The sentence to stop with."""
    return Stop(korean if KOREAN else english)


def run_quietly(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says."""
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def succeeded(*command: str | Path, env: dict[str, str] | None = None) -> bool:
    """Run a command in the checkout, letting it speak for itself."""
    changed = {**os.environ, **(env or {})}
    return subprocess.run([str(part) for part in command], cwd=HERE, env=changed, check=False).returncode == 0


# --- what the system must bring ---------------------------------------------------------------------------


def known_libraries() -> str:
    """What the dynamic linker of a Linux machine can find."""
    tool = shutil.which("ldconfig") or "/sbin/ldconfig"
    return run_quietly(tool, "-p").stdout if Path(tool).exists() else ""


def missing(needs: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str, str]]:
    """Those of the needs that this machine does not meet yet."""
    libraries = known_libraries()

    def met(what: str) -> bool:
        if what == "ensurepip":
            return importlib.util.find_spec(what) is not None
        if what.startswith("/"):
            return any(Path("/").glob(what[1:]))
        return what in libraries if ".so" in what else shutil.which(what) is not None

    return [need for need in needs if not met(need[0])]


def provide(needs: tuple[tuple[str, str, str], ...]) -> None:
    """Install what is missing with apt-get, or say what has to be installed by hand."""
    lacking = missing(needs)
    if not lacking:
        return
    packages = [package for _, package, _ in lacking]
    say("시스템에 다음이 없습니다:", "This system lacks:")
    for _, package, why in lacking:
        print(f"  {package:<22} {why}", flush=True)
    if not shutil.which("apt-get"):
        say(
            "apt-get이 없는 시스템입니다. 위에 해당하는 것을 직접 설치하십시오. 일단 계속합니다.",
            "There is no apt-get here: please install their equivalents yourself. Going on for now.",
        )
        return
    root = [] if os.geteuid() == 0 else ["sudo"]
    if root and not shutil.which("sudo"):
        raise stop(
            f"관리자 권한이 없습니다. 관리자에게 다음을 청하십시오: apt-get install {' '.join(packages)}",
            f"Neither root nor sudo here. Ask an administrator for: apt-get install {' '.join(packages)}",
        )
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    say("apt-get으로 설치합니다.", "Installing them with apt-get.")
    if run_quietly(*install).returncode == 0:
        return
    succeeded(*apt, "update")  # a fresh machine has no package lists; one broken list does not matter
    if not succeeded(*install):
        raise stop(
            "apt-get이 실패했습니다. 위의 까닭을 보십시오.", "apt-get failed; the reason stands above."
        )


# --- the virtual environments -------------------------------------------------------------------------------


def program(environment: Path, name: str) -> Path:
    """A program inside a virtual environment."""
    return environment / ("Scripts" if WINDOWS else "bin") / (name + (".exe" if WINDOWS else ""))


def make(environment: Path, maker: str | Path = sys.executable, *settings: str) -> Path:
    """The Python of a virtual environment, made anew when there is none or it no longer runs."""
    python = program(environment, "python")
    if python.exists() and run_quietly(python, "-c", "import pip").returncode == 0:
        return python
    say(f"{environment.name} 가상 환경을 만듭니다.", f"Making the virtual environment {environment.name}.")
    made = run_quietly(maker, "-m", "venv", "--clear", *settings, environment)
    if made.returncode != 0:
        print(made.stdout + made.stderr, file=sys.stderr)
        raise stop("가상 환경을 만들지 못했습니다.", "The virtual environment could not be made.")
    return python


def fill(environment: Path) -> Path:
    """The Python of an environment that holds the locked packages and the ``fieldlog`` command."""
    python = make(environment)
    stamp = environment / "fieldlog.stamp"
    if stamp.exists() and stamp.read_text("utf-8") == wanted():
        return python
    say(
        "고정된 패키지를 설치합니다. 처음에는 약 200 MB를 내려받습니다.",
        "Installing the locked packages; the first time this downloads about 200 MB.",
    )
    pip: list[str | Path] = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if not succeeded(*pip, "--require-hashes", "--only-binary", ":all:", "-r", LOCK):
        raise stop(
            "패키지를 설치하지 못했습니다. 네트워크 연결과 위의 까닭을 확인하십시오.",
            "The packages could not be installed. Check the network and the reason above.",
        )
    if not succeeded(*pip, "--no-deps", "--no-build-isolation", "--editable", HERE):
        raise stop("fieldlog를 설치하지 못했습니다.", "fieldlog itself could not be installed.")
    stamp.write_text(wanted(), "utf-8")
    return python


def wanted() -> str:
    """What the environments are made from, in one number."""
    return hashlib.sha256(LOCK.read_bytes() + (HERE / "pyproject.toml").read_bytes()).hexdigest()


def without_qt() -> Path:
    """The Python of a second environment: the same files, linked, less those of Qt."""
    stamp, python = HEADLESS / "fieldlog.stamp", program(HEADLESS, "python")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted():
        make(HEADLESS, program(MAIN, "python"), "--without-pip")
        [full] = MAIN.glob("Lib/site-packages" if WINDOWS else "lib/python*/site-packages")
        bare = HEADLESS / full.relative_to(MAIN)
        shutil.rmtree(bare)
        shutil.copytree(full, bare, copy_function=link_or_copy, ignore=shutil.ignore_patterns(*OF_QT))
        stamp.write_text(wanted(), "utf-8")
    if run_quietly(python, "-c", "import PySide6").returncode == 0:
        raise stop("Qt 없는 환경에 Qt가 있습니다.", "There is Qt in the environment without Qt.")
    return python


def link_or_copy(source: str, target: str) -> None:
    """The same file under a second name, or a copy where the disk cannot do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def prepare(*, for_tests: bool) -> Path:
    """Everything in place: the Python that has fieldlog and its packages."""
    if LINUX:
        provide(FOR_PYTHON + FOR_QT + (FOR_TESTS if for_tests else ()))
    return fill(MAIN)


# --- the commands -------------------------------------------------------------------------------------------


def fieldlog(*words: str | Path, **environment: str) -> bool:
    """Run the ``fieldlog`` command on the practice store."""
    return succeeded(program(MAIN, "fieldlog"), "--store", PRACTICE, *words, env=environment)


def run(_: list[str]) -> int:
    """Open the window on a practice store; without a display, do the same work on the command line."""
    prepare(for_tests=False)
    if not PRACTICE.exists():
        make_a_practice_store()
    if not LINUX or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return 0 if fieldlog("open") else 1
    say(
        "화면(DISPLAY)이 없어 창을 열 수 없습니다. 같은 일을 명령줄로 합니다.",
        "There is no display, so no window can open. Doing the same work on the command line.",
    )
    work_without_a_window()
    return 0


def make_a_practice_store() -> None:
    """Fill the practice store, or leave nothing behind that only looks like one."""
    say("연습 저장소를 만듭니다.", "Making the practice store.")
    made = False
    try:
        made = fieldlog("init", "--practice")
    finally:
        if not made:
            shutil.rmtree(PRACTICE, ignore_errors=True)
    if not made:
        raise stop("연습 저장소를 만들지 못했습니다.", "The practice store could not be made.")


def work_without_a_window() -> None:
    """Record a case with two photographs, print it, draw the window offscreen, and say where all that lies."""
    shown = BUILD / "shown"
    shutil.rmtree(shown, ignore_errors=True)
    shown.mkdir(parents=True)
    photographs = [shown / "before.jpg", shown / "after.jpg"]
    if not succeeded(program(MAIN, "python"), "-c", TWO_PHOTOGRAPHS, *photographs):
        raise stop("연습 사진을 그리지 못했습니다.", "The practice photographs could not be drawn.")
    case = record_a_case(photographs)
    if not fieldlog("report", case["id"], "--template", "R1", "--out", shown / "report.pdf"):
        raise stop("보고서를 만들지 못했습니다.", "The report could not be made.")
    if not fieldlog("pictures", "--out", shown / "pictures", "--theme", "light", QT_QPA_PLATFORM="offscreen"):
        raise stop("창을 그림으로 남기지 못했습니다.", "The window could not be drawn.")
    say(f"사안 번호    {case['case_no']}", f"case         {case['case_no']}")
    say(f"보고서       {shown / 'report.pdf'}", f"report       {shown / 'report.pdf'}")
    say(f"창의 모습    {shown / 'pictures'}", f"the window   {shown / 'pictures'}")
    say(f"연습 저장소  {PRACTICE}", f"the store    {PRACTICE}")


def record_a_case(photographs: list[Path]) -> dict[str, str]:
    """A practice case with photographs, as the command line answers it."""
    words = [
        "case",
        "add",
        "--title",
        "보도블록 침하 (연습)",
        "--category",
        "ROAD_SIDEWALK",
        "--at",
        "37.5665, 126.9780",
    ]
    for photograph in photographs:
        words += ["--photo", str(photograph)]
    added = run_quietly(program(MAIN, "fieldlog"), "--store", PRACTICE, "--json", *words)
    if added.returncode != 0:
        raise stop(
            f"사안을 기록하지 못했습니다: {added.stderr}", f"The case was not recorded: {added.stderr}"
        )
    return json.loads(added.stdout)  # type: ignore[no-any-return]


def test(arguments: list[str]) -> int:
    """Run every check, the suite of the whole program last; with arguments, only pytest with these."""
    python = prepare(for_tests=True)
    screen = {"QT_QPA_PLATFORM": "xcb"} if LINUX else {}
    if arguments:
        return 0 if succeeded(python, "-m", "pytest", *arguments, env=screen) else 1
    headless = without_qt()
    tests = HERE / "tests"
    folders = sorted({path.relative_to(tests).parts[0] for path in tests.rglob("test_*.py")})
    below = [f"tests/{name}" for name in folders if name in BELOW_THE_WINDOW]
    above = [f"tests/{name}" for name in folders if name not in BELOW_THE_WINDOW]
    ruff = program(MAIN, "ruff")
    # Each file of tests stays whole in one worker, which has a screen and homes of its own; -vv names every test.
    suite = ["-m", "pytest", "-vv", "--durations=10", "-n", str(WORKERS), "--dist", "loadfile"]
    steps: list[tuple[str, list[str | Path]]] = [
        ("lint", [ruff, "check", "."]),
        ("format", [ruff, "format", "--check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("floors", [program(MAIN, "lint-imports")]),
        ("below the window, without Qt", [headless, *suite, *below]),
        ("the whole program", [python, *suite, *above]),
    ]
    failed = [name for name, command in steps if not passes(name, command, screen)]
    if failed:
        say(f"실패: {', '.join(failed)}", f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def passes(name: str, command: list[str | Path], environment: dict[str, str]) -> bool:
    """Run one step under its name and, unless pytest tells it, say how long it took."""
    print(f"── {name}", flush=True)
    began = time.monotonic()
    passed = succeeded(*command, env=environment)
    if "pytest" not in command:
        print(f"   {'passed' if passed else 'FAILED'} in {time.monotonic() - began:.1f}s", flush=True)
    return passed


def bench(arguments: list[str]) -> int:
    """Measure against the anchors of tests/bench, as ratios within one run; with names, only those."""
    python = prepare(for_tests=True)
    screen = {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONPATH": str(HERE / "tests"),
    }
    return 0 if succeeded(python, str(HERE / "tests" / "bench"), *arguments, env=screen) else 1


def pictures(_: list[str]) -> int:
    """Draw the pictures of the README and the manual anew, from the practice store."""
    prepare(for_tests=False)
    if not PRACTICE.exists():
        make_a_practice_store()
    drawn = BUILD / "pictures"
    shutil.rmtree(drawn, ignore_errors=True)
    if not fieldlog("pictures", "--out", drawn, "--theme", "light", QT_QPA_PLATFORM="offscreen"):
        return 1
    kept = HERE / "resources" / "help" / "pictures"
    kept.mkdir(parents=True, exist_ok=True)
    for name in ("today", "quick", "cases", "case-photos", "reports"):
        shutil.copyfile(drawn / f"{name}-light.png", kept / f"{name}.png")
    return 0


def soak(arguments: list[str]) -> int:
    """Run the tests that take longer than a change should wait for."""
    python = prepare(for_tests=True)
    screen = {"QT_QPA_PLATFORM": "xcb"} if LINUX else {}
    return 0 if succeeded(python, "-m", "pytest", "-v", "-m", "soak", *arguments, env=screen) else 1


def lock(arguments: list[str]) -> int:
    """Write requirements.lock anew from pyproject.toml; ``--upgrade`` takes newer versions."""
    uv = program(MAIN, "uv")
    if not uv.exists():
        fill(MAIN)
    settled = ("--universal", "--python-version", "3.11", "--group", "dev", "--generate-hashes")
    quiet = ("--no-header", "--no-annotate", "--quiet", "--output-file", LOCK.name)
    return 0 if succeeded(uv, "pip", "compile", *settled, *quiet, *arguments, "pyproject.toml") else 1


def setup(_: list[str]) -> int:
    """Prepare everything and run nothing."""
    prepare(for_tests=True)
    return 0


COMMANDS = {
    "run": run,
    "test": test,
    "bench": bench,
    "soak": soak,
    "pictures": pictures,
    "lock": lock,
    "setup": setup,
}


def with_a_new_enough_python() -> None:
    """Go on in a newer Python of this machine when the one that was called is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            sys.exit(subprocess.run([newer, __file__, *sys.argv[1:]], check=False).returncode)
    raise stop(
        f"Python 3.11 이상이 필요합니다. 지금은 {sys.version.split()[0]}입니다.",
        f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.",
    )


def main(words: list[str]) -> int:
    """Run one command; a failure is told in a sentence."""
    command = COMMANDS.get(words[0]) if words else None
    if command is None:
        for name, each in COMMANDS.items():
            print(f"python3 dev.py {name:<8} {(each.__doc__ or '').splitlines()[0]}")
        return 0 if words in ([], ["--help"], ["-h"]) else 2
    try:
        with_a_new_enough_python()
        return command(words[1:])
    except Stop as sentence:
        print(sentence, file=sys.stderr)
    except KeyboardInterrupt:
        say("멈추었습니다.", "Stopped.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
