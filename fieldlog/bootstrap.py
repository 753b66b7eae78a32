"""The composition root: finds what lies around the program and puts the parts together."""

from __future__ import annotations

import gc
import logging
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Final

from fieldlog.cli.main import main
from fieldlog.cli.outside import Outside
from fieldlog.domain.clock import FixedClock, SystemClock, parse_moment
from fieldlog.domain.errors import BadInput, Bug, NotAllowed, NotFound
from fieldlog.domain.phrase import Language, Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from logging.handlers import RotatingFileHandler
    from types import TracebackType

    from fieldlog.domain.clock import Clock
    from fieldlog.services.opening import Environment

NAME: Final = "fieldlog"
_LOG_BYTES, _LOGS_KEPT = 1_000_000, 3
_FIRST_YEAR, _LAST_YEAR = 1970, 2200
_BEFORE_QT: Final = ("fieldlog.services.opening", "fieldlog.services.surveying")
"""Once PySide6 is imported it reads the source of each module that is: what the window needs comes first."""
_STREAMS: Final = (0, 1, 2)
_ROOTS: Final = ("fieldlog", "site-packages", "lib", "Lib")


def run(arguments: Sequence[str]) -> int:
    """Run one command with the streams and the environment of this process."""
    fill_closed_streams()
    log = BugLog(bug_log_path)
    logging.getLogger(NAME).addHandler(log)
    try:
        return main(arguments, outside(os.environ), sys.stdout, sys.stderr)
    finally:
        logging.getLogger(NAME).removeHandler(log)
        log.close()


def fill_closed_streams() -> None:
    """Let nothing that is opened later take the place of a standard stream that was handed over closed.

    Python's own stream stays None there: an answer that nobody takes is still told as such.
    """
    for stream in _STREAMS:
        try:
            os.fstat(stream)
        except OSError:
            taken = os.open(os.devnull, os.O_RDWR)  # the lowest one that is free: this one
            os.set_inheritable(taken, True)


def outside(environ: Mapping[str, str]) -> Outside:
    """What the command line is given, by the variables of an environment."""

    def surround(language: Language, *, new_passphrase: bool = False) -> Environment:
        return environment(environ, language, new_passphrase=new_passphrase)

    return Outside(
        surround=surround,
        default_store=lambda: default_store(environ),
        open_window=lambda folder, language: open_window(folder, language, environ),
        draw_pictures=draw_pictures,
        bug_log=bug_log_path,
        language=machine_language(environ),
    )


def environment(
    environ: Mapping[str, str], language: Language, *, new_passphrase: bool = False
) -> Environment:
    """The surroundings of a store: clock, resources, ways to its key.

    Raises:
        BadInput: ``FIELDLOG_NOW`` is no moment.
        NotFound: The program's resources are missing.
    """
    from fieldlog.services.opening import Environment  # noqa: PLC0415

    file = environ.get("FIELDLOG_PASSPHRASE_FILE")
    asks = file is None and sys.stdin is not None and sys.stdin.isatty()
    return Environment(
        clock=clock(environ),
        resources=find_resources(),
        use_keyring=environ.get("FIELDLOG_NO_KEYRING", "") in {"", "0"},
        passphrase_file=Path(file).expanduser() if file else None,
        ask_passphrase=_asking(language, twice=new_passphrase) if asks else None,
    )


def clock(environ: Mapping[str, str]) -> Clock:
    """The machine's clock, or the fixed one of ``FIELDLOG_NOW``.

    Raises:
        BadInput: ``FIELDLOG_NOW`` is no moment, or none that a record could be of.
    """
    fixed = environ.get("FIELDLOG_NOW")
    if not fixed:
        return SystemClock()
    moment = parse_moment(fixed)
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise BadInput(
            Phrase("정해 둔 시각을 쓰지 않았습니다: {text}", "The fixed time was not used: {text}").fill(
                text=fixed[:80]
            ),
            Phrase("{first}년부터 {last}년까지만 됩니다.", "It must be from {first} to {last}.").fill(
                first=_FIRST_YEAR, last=_LAST_YEAR
            ),
            Phrase("FIELDLOG_NOW를 고치거나 지워 주십시오.", "Correct FIELDLOG_NOW or unset it."),
        )
    return FixedClock(moment)


def find_resources() -> Path:
    """The folder of fonts, holidays, profiles and themes: in the source tree, or beside a frozen program.

    Raises:
        NotFound: The installation is incomplete.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    places = [Path(bundle)] if bundle else []
    places += [Path(__file__).parents[1], Path(__file__).parent, Path(sys.executable).parent]
    for place in places:
        if (place / "resources" / "holidays").is_dir():
            return place / "resources"
    raise NotFound(
        Phrase("프로그램의 자료 폴더가 없습니다.", "The program's resources are missing."),
        Phrase("resources 폴더를 찾지 못했습니다.", "There is no folder named resources."),
        Phrase("프로그램을 다시 설치해 주십시오.", "Please install the program again."),
    )


def default_store(environ: Mapping[str, str]) -> Path:
    """The folder of the store that nobody named: ``FIELDLOG_STORE``, or where this system keeps such data."""
    named = environ.get("FIELDLOG_STORE")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path(NAME, appauthor=False, roaming=False) / "store"


def bug_log_path() -> Path:
    """The file that faults of the program are written to."""
    from platformdirs import user_log_path  # noqa: PLC0415

    return user_log_path(NAME, appauthor=False) / "fieldlog.log"


def machine_language(environ: Mapping[str, str]) -> Language:
    """English where the system speaks English, otherwise Korean."""
    spoken = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "en" if spoken.lower().startswith("en") else "ko"


def _asking(language: Language, *, twice: bool) -> Callable[[], str]:
    """Asks for the passphrase on the terminal, unseen; a new one is typed twice."""

    def ask() -> str:
        from getpass import getpass  # noqa: PLC0415

        typed = getpass(Phrase("저장소 암호: ", "Passphrase of the store: ").said(language))
        if twice and typed != getpass(Phrase("한 번 더: ", "Once more: ").said(language)):
            raise BadInput(
                Phrase("저장소를 만들지 않았습니다.", "The store was not made."),
                Phrase("두 번 적은 암호가 서로 다릅니다.", "The two passphrases differ."),
                Phrase("다시 해 주십시오.", "Please try again."),
            )
        return typed

    return ask


# -- the log of faults ---------------------------------------------------------------------------------


class BugLog(logging.Handler):
    """Writes faults to a file that is made with the first of them; failing to write is no second fault."""

    def __init__(self, path: Callable[[], Path]) -> None:
        super().__init__(logging.WARNING)
        self._path = path
        self._file: RotatingFileHandler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one fault."""
        from logging.handlers import RotatingFileHandler  # noqa: PLC0415

        try:
            if self._file is None:
                path = self._path()
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = RotatingFileHandler(
                    path, maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8"
                )
                self._file.setFormatter(Discreet())
            self._file.emit(record)
        except OSError:
            return

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()


class Discreet(logging.Formatter):
    """Tells where a fault happened and of what kind it was, never what a record or a path says.

    The messages of foreign exceptions quote values, and folders name their owner: neither is written.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(msg)s")

    def format(self, record: logging.LogRecord) -> str:
        """One entry; the traceback is told anew although another handler may have told it in full."""
        quiet = logging.makeLogRecord({**record.__dict__, "exc_text": None, "args": None, "stack_info": None})
        return super().format(quiet)

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The frames of an exception and of what led to it, innermost cause first."""
        error, lines = ei[1], list[str]()
        while error is not None:
            said = f": {error}" if isinstance(error, Bug) else ""
            frames = [
                f"  {_within(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
                for frame, line in walk_tb(error.__traceback__)
            ]
            lines[:0] = [*frames, f"{type(error).__module__}.{type(error).__qualname__}{said}"]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


def _within(file: str) -> str:
    """A source file from its package on, without the folders of the person who installed it."""
    parts = Path(file).parts
    at = max((parts.index(root) for root in _ROOTS if root in parts[:-1]), default=len(parts) - 1)
    return "/".join(parts[at:])


# -- the window ----------------------------------------------------------------------------------------


def open_window(folder: Path, language: Language | None, environ: Mapping[str, str]) -> int:
    """Open the window on a store, or offer to make one; the exit code when it is closed.

    Without a language it speaks the one chosen in the window or, where none was, the system's.

    Raises:
        NotFound: The window's library is not installed.
        NotAllowed: There is no screen.
    """
    _require_qt()
    if _lacks_screen(environ):
        raise NotAllowed(
            Phrase("창을 열지 않았습니다.", "The window was not opened."),
            Phrase("이 컴퓨터에는 화면(DISPLAY)이 없습니다.", "There is no screen (DISPLAY) here."),
            Phrase(
                "화면이 있는 곳에서 열거나 명령을 쓰십시오. fieldlog --help",
                "Open it where there is a screen, or use the commands: fieldlog --help",
            ),
        )
    otherwise = machine_language(environ)
    around = environment(environ, language or otherwise)
    # What a start makes stays to the end: looking through it for garbage, again and again, finds none.
    # The session turns the collector on again when the window stands.
    gc.disable()
    try:
        for needed in _BEFORE_QT:
            import_module(needed)
        code: int = import_module("fieldlog.ui.start").open_window(
            folder, around=around, language=language, otherwise=otherwise
        )
    finally:
        gc.enable()
    return code


def draw_pictures(
    folder: Path, out: Path, *, language: Language, theme: str | None, scale: int
) -> Sequence[Path]:
    """Draw every page and dialog of a store without a screen.

    Raises:
        NotFound: The window's library is not installed.
    """
    _require_qt()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    drawn: Sequence[Path] = import_module("fieldlog.ui.pictures").draw_pictures(
        folder, out, around=environment(os.environ, language), language=language, theme=theme, scale=scale
    )
    return drawn


def _require_qt() -> None:
    if find_spec("PySide6") is None:
        raise NotFound(
            Phrase("창을 열 수 없습니다.", "There is no window here."),
            Phrase("PySide6가 설치되어 있지 않습니다.", "PySide6 is not installed."),
            Phrase(
                "python3 dev.py run 으로 갖추거나 명령을 쓰십시오.",
                "Set it up with python3 dev.py run, or use the commands.",
            ),
        )


def _lacks_screen(environ: Mapping[str, str]) -> bool:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(environ.get(name) for name in screens)
