"""Speaking to whoever called: one document or lines on stdout, everything else on stderr."""

from __future__ import annotations

import contextlib
import errno
import io
import json
from typing import TYPE_CHECKING, Any, Final, TextIO

from msgspec import Struct

from fieldlog.cli.answer import Answer, told
from fieldlog.domain.errors import DiskTrouble, Known
from fieldlog.domain.phrase import Language, Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_GONE: Final = frozenset({errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN})
"""Windows says EINVAL where the reader of a pipe has gone away."""
_WHAT: Final = Phrase("무엇이", "What")
_WHY: Final = Phrase("왜", "Why")
_HOW: Final = Phrase("어떻게", "How to go on")
_UNTOLD: Final = DiskTrouble(
    Phrase("답을 쓰지 못했습니다.", "The answer could not be written."),
    Phrase("출력을 받는 파일이나 장치가 거부했습니다.", "The file or device that takes the output refused."),
    Phrase(
        "자리를 비우고 다시 해 주십시오. 한 일은 그대로 있습니다.",
        "Free some space and try again. What was done stays.",
    ),
)
_NO_EAR: Final = DiskTrouble(
    _UNTOLD.what,
    Phrase("출력이 닫혀 있습니다.", "The output is closed."),
    Phrase(
        "출력을 열어 두고 다시 해 주십시오. 한 일은 그대로 있습니다.",
        "Keep the output open and ask again. What was done stays.",
    ),
)
_DOING: Final = Phrase("{done}/{total}", "{done}/{total}")


class Voice(Struct):
    """The two streams, in one language; no character that a stream lacks is ever a reason to fail."""

    out: TextIO | None
    err: TextIO | None
    language: Language = "ko"
    as_json: bool = False
    _is_counting: bool = False

    def __post_init__(self) -> None:
        for stream in (self.out, self.err):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    def answer(self, answer: Answer) -> None:
        """Give an answer, remarks first."""
        for remark in answer.remarks:
            if isinstance(remark, Known):
                self.complain(remark)
            else:
                self.remark(remark)
        if answer.refusal is not None:
            self.complain(answer.refusal)
        if self.as_json:
            document = dict(answer.document)
            if answer.refusal is not None:
                document["error"] = told(answer.refusal, self.language)
            self.document(document)
            return
        for part in answer.shown:
            said = [part.said(self.language)] if isinstance(part, Phrase) else part.lines(self.language)
            for line in said:
                self._tell(line)
        self._flush(self.out)

    def refuse(self, error: Known) -> None:
        """Tell an error instead of an answer."""
        self.complain(error)
        if self.as_json:
            self.document({"error": told(error, self.language)})

    def document(self, document: Mapping[str, Any]) -> None:
        """The one JSON document."""
        plain = "utf" not in (getattr(self.out, "encoding", None) or "utf-8").lower()
        self._tell(json.dumps(_said(document, self.language), ensure_ascii=plain))
        self._flush(self.out)

    def complain(self, error: Known) -> None:
        """An error in its three parts, on stderr."""
        self._end_count()
        for name, part in ((_WHAT, error.what), (_WHY, error.why), (_HOW, error.how)):
            self._write(self.err, f"{name.said(self.language)}: {part.said(self.language)}")
        self._flush(self.err)

    def remark(self, remark: Phrase) -> None:
        """A line on stderr."""
        self._end_count()
        self._write(self.err, remark.said(self.language))
        self._flush(self.err)

    def lines(self, text: str) -> None:
        """Lines as they are, on stdout."""
        self._tell(text.rstrip("\n"))
        self._flush(self.out)

    def counter(self, doing: Phrase) -> Callable[[int, int], None] | None:
        """Tells how far long work has come, on a terminal; None where nobody watches."""
        if self.err is None or not self.err.isatty():
            return None

        def count(done: int, total: int) -> None:
            if self.err is not None and total:
                said = (
                    f"{doing.said(self.language)} {_DOING.fill(done=done, total=total).said(self.language)}"
                )
                self.err.write(f"\r{said}")
                self.err.flush()
                self._is_counting = True

        return count

    def _end_count(self) -> None:
        if self._is_counting and self.err is not None:
            self._is_counting = False
            self.err.write("\n")

    def _tell(self, line: str) -> None:
        """A line of the answer; without an output to take it, the answer would be lost unnoticed."""
        if self.out is None:
            raise _NO_EAR
        self._write(self.out, line)

    def _write(self, stream: TextIO | None, line: str) -> None:
        if stream is not None and not stream.closed:
            with self._unheard(stream):
                stream.write(line + "\n")

    def _flush(self, stream: TextIO | None) -> None:
        if stream is not None and not stream.closed:
            with self._unheard(stream):
                stream.flush()

    @contextlib.contextmanager
    def _unheard(self, stream: TextIO) -> Any:
        """A reader that has gone away is no error; a full disk is."""
        try:
            yield
        except OSError as error:
            with contextlib.suppress(OSError):
                stream.close()
            if error.errno not in _GONE and stream is self.out:
                raise _UNTOLD from error


def _said(value: Any, language: Language) -> Any:
    """A document with its phrases said."""
    if isinstance(value, Phrase):
        return value.said(language)
    if isinstance(value, dict):
        return {name: _said(each, language) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_said(each, language) for each in value]
    return value
