"""The rim of the command line: words in, an exit code out; whatever happens, it is told."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Final, TextIO

from fieldlog import __version__
from fieldlog.cli.doorstep import words_of_plain_start
from fieldlog.cli.usage import WHAT, UsageTrouble
from fieldlog.cli.voice import Voice
from fieldlog.domain.errors import Cancelled, Known
from fieldlog.domain.phrase import LANGUAGES, Language, Phrase, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fieldlog.cli.answer import Answer
    from fieldlog.cli.desk import Desk
    from fieldlog.cli.outside import Outside

DONE, REFUSED, USAGE, FAULT = 0, 1, 2, 3
_STOPPED: Final = Cancelled(
    Phrase("멈추었습니다.", "Stopped."),
    Phrase("사용자가 중단했습니다.", "It was interrupted."),
    Phrase("이미 저장된 것은 그대로입니다. 다시 하면 됩니다.", "What was saved stays. It can be done again."),
)
_FAULT: Final = Phrase(
    "프로그램 오류입니다. 저장된 기록은 그대로이며, 내용은 {log}에 있습니다.",
    "A fault of the program. What was saved stays; the details are in {log}",
)
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str], outside: Outside, out: TextIO | None, err: TextIO | None) -> int:
    """Carry out one command and answer its exit code: 0 done, 1 refused, 2 usage, 3 a fault of ours."""
    voice = Voice(out, err, language_of(arguments, outside), as_json="--json" in arguments)
    try:
        return _obey(arguments, outside, voice)
    except UsageTrouble as trouble:
        return _explain(trouble, voice)
    except Known as error:
        return _refuse(error, voice)
    except KeyboardInterrupt:
        return _refuse(_STOPPED, voice)
    except Exception as error:  # noqa: BLE001
        if isinstance(error, OSError) and error.filename is not None:
            from fieldlog.services.opening import file_trouble  # noqa: PLC0415

            return _refuse(file_trouble(error), voice)
        _log.exception("a bug reached the command line")
        said = _FAULT.fill(log=plain(str(outside.bug_log())))
        voice.remark(said)
        if voice.as_json:
            voice.document({"error": {"kind": "Bug", "what": said}})
        return FAULT


def language_of(arguments: Sequence[str], outside: Outside) -> Language:
    """The language asked for, known before anything else so that a misspelt command is answered in it."""
    for index, word in enumerate(arguments):
        name, _, value = word.partition("=")
        if name == "--lang":
            wanted = value or next(iter(arguments[index + 1 :]), "")
            for language in LANGUAGES:
                if wanted == language:
                    return language
    return outside.language


def _obey(arguments: Sequence[str], outside: Outside, voice: Voice) -> int:
    words = words_of_plain_start(arguments)
    if words is None:
        from fieldlog.cli.commands import PROGRAM, parser  # noqa: PLC0415
        from fieldlog.cli.parser import HelpAsked  # noqa: PLC0415

        try:
            words = parser(voice.language).parse_args(arguments)
        except HelpAsked as asked:
            voice.lines(asked.text)
            return DONE
        if words.version:
            voice.lines(f"{PROGRAM} {__version__}")
            return DONE
    from fieldlog.cli.desk import Desk  # noqa: PLC0415

    answer = _command(words.run)(Desk(words, outside, voice))
    voice.answer(answer)
    return REFUSED if answer.refusal is not None else answer.exit_code


def _command(name: str) -> Callable[[Desk], Answer]:
    """The function that carries out a command; only its own module is loaded."""
    module, _, verb = name.partition(".")
    found: Callable[[Desk], Answer] = getattr(import_module(f"fieldlog.cli.{module}"), verb)
    return found


def _refuse(error: Known, voice: Voice) -> int:
    try:
        voice.refuse(error)
    except Known as untold:
        voice.complain(untold)
    return REFUSED


def _explain(trouble: UsageTrouble, voice: Voice) -> int:
    for line in trouble.usage.rstrip().splitlines():
        voice.remark(plain(line))
    voice.remark(trouble.why)
    voice.remark(trouble.how)
    if voice.as_json:
        error = {"kind": "Usage", "what": WHAT, "why": trouble.why, "how": trouble.how}
        voice.document({"error": error})
    return USAGE
