"""Turning what a person wrote into a field's value, or saying why not."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final

from fieldlog.domain.clock import iso, parse_moment
from fieldlog.domain.errors import BadInput
from fieldlog.domain.pattern import regex
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.registry.field import Field, FieldType, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_INVISIBLE: Final = regex(
    # zero widths (but the one that joins two signs of an emoji), controls, marks that turn the direction of writing
    "(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d"
    "|[\u200b\u200c\u200e\u200f\u2060\ufeff\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS: Final = regex("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_LONE_HALVES: Final = regex("[\ud800-\udfff]")
_TRUE: Final = frozenset({"1", "true", "yes", "y", "예", "참", "on"})
_FALSE: Final = frozenset({"0", "false", "no", "n", "아니오", "거짓", "off"})
_KOREAN_DATE: Final = regex(
    r"(\d{4})\s*(?:[./-]|년)\s*(\d{1,2})\s*(?:[./-]|월)\s*(\d{1,2})\s*[.일]?\s*(?:\([월화수목금토일]\))?",
    re.ASCII,
)
_NUMBER: Final = regex(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_MOST_EXACT: Final = 1 << 53
"""Beyond it a number loses its last digits on the way through a spreadsheet or a browser."""
_SHOWN: Final = 40


def tidy_text(text: str) -> str:
    """Text as it is stored: NFC, no invisible control characters, lines ended one way, no spaces around.

    Half characters, which no file can hold, become the replacement character.
    """
    if text.isprintable():  # then it holds none of what is looked for below
        return unicodedata.normalize("NFC", text).strip()
    whole = _LONE_HALVES.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", whole)).strip()


def refused(field: Field, why: Phrase, how: Phrase) -> BadInput:
    """The error for a value that a field cannot take."""
    what = Phrase("{field:을} 저장하지 않았습니다.", "{field} was not saved.").fill(field=field.label)
    return BadInput(what, why, how)


def accept(field: Field, raw: Value) -> Value:
    """The value of a field as it is stored; empty becomes None.

    Text and numbers may arrive as text from a form, the command line or a file.

    Raises:
        BadInput: The field cannot hold the value; the error names the field and the way out.
    """
    if raw is None or raw == [] or (isinstance(raw, str) and not raw.strip()):
        return None
    return _READERS[field.type](field, raw)


def _as_text(field: Field, raw: Value) -> str | None:
    if isinstance(raw, (dict, list)):
        raise refused(field, Phrase("글이 아닙니다.", "It is not text."), _write_text())
    text = tidy_text(str(raw))
    if field.type is FieldType.TEXT:
        text = " ".join(text.split())
    if not text:
        return None
    _check_length(field, text)
    pattern = field.bounds.pattern
    if pattern and not re.fullmatch(pattern, text, re.ASCII):
        raise refused(
            field,
            Phrase("정해진 모양이 아닙니다: {text}", "It does not have the required form: {text}").fill(
                text=text
            ),
            field.bounds.form
            or Phrase("{field:을} 확인해 주십시오.", "Please check: {field}").fill(field=field.label),
        )
    return text


def _write_text() -> Phrase:
    return Phrase("글로 적어 주십시오.", "Please write text.")


def _check_length(field: Field, text: str) -> None:
    bounds, length = field.bounds, len(text)
    if bounds.longest is not None and length > bounds.longest:
        raise refused(
            field,
            Phrase(
                "{n}자입니다. {most}자까지 적을 수 있습니다.", "It has {n} characters; {most} are possible."
            ).fill(n=length, most=bounds.longest),
            Phrase("{over}자를 줄여 주십시오.", "Please shorten it by {over}.").fill(
                over=length - bounds.longest
            ),
        )
    if bounds.shortest is not None and length < bounds.shortest:
        raise refused(
            field,
            Phrase("너무 짧습니다.", "It is too short."),
            Phrase("{n}자 이상 적어 주십시오.", "Please write at least {n} characters.").fill(
                n=bounds.shortest
            ),
        )


def _as_number(field: Field, raw: Value) -> float:
    if isinstance(raw, (dict, list)):
        raise refused(field, Phrase("숫자가 아닙니다.", "It is not a number."), _write_number())
    text = unicodedata.normalize("NFKC", str(raw)).replace(",", "").strip()
    if not _NUMBER.fullmatch(text):
        raise refused(
            field,
            Phrase("숫자가 아닙니다: {raw}", "It is not a number: {raw}").fill(raw=text[:_SHOWN]),
            _write_number(),
        )
    number = float(text)
    if not math.isfinite(number):
        raise refused(field, Phrase("셀 수 없는 값입니다.", "It is not a finite number."), _write_number())
    least, most = field.bounds.least, field.bounds.most
    if (least is not None and number < least) or (most is not None and number > most):
        raise refused(
            field,
            Phrase("범위를 벗어났습니다: {raw}", "It is out of range: {raw}").fill(raw=raw),
            Phrase("{least} ~ {most} 사이로 적어 주십시오.", "Please write {least} to {most}.").fill(
                least="…" if least is None else f"{least:g}", most="…" if most is None else f"{most:g}"
            ),
        )
    return number


def _write_number() -> Phrase:
    return Phrase("숫자로 적어 주십시오.", "Please write a number.")


def _as_integer(field: Field, raw: Value) -> int:
    number = _as_number(field, raw)
    if number != int(number):
        raise refused(
            field,
            Phrase("정수가 아닙니다: {raw}", "It is not a whole number: {raw}").fill(raw=raw),
            Phrase("소수점 없이 적어 주십시오.", "Please write it without decimals."),
        )
    if abs(number) >= _MOST_EXACT:
        raise refused(
            field,
            Phrase("너무 큰 수입니다: {raw}", "The number is too large: {raw}").fill(raw=raw),
            Phrase("{most}보다 작게 적어 주십시오.", "Please write less than {most}.").fill(most=_MOST_EXACT),
        )
    return int(number)


def _as_flag(field: Field, raw: Value) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise refused(
        field,
        Phrase("예/아니오로 읽을 수 없습니다: {raw}", "Neither yes nor no: {raw}").fill(raw=str(raw)),
        Phrase("예 또는 아니오로 적어 주십시오.", "Please write yes or no."),
    )


def _as_date(field: Field, raw: Value) -> str:
    text = str(raw).strip()
    korean = _KOREAN_DATE.fullmatch(text)
    try:
        if korean:
            return date(*(int(korean[part]) for part in (1, 2, 3))).isoformat()
        return parse_moment(text).date().isoformat()
    except (ValueError, BadInput) as error:
        raise refused(
            field,
            Phrase("날짜를 읽을 수 없습니다: {raw}", "Not a date: {raw}").fill(raw=text),
            Phrase("2026-03-09 처럼 적어 주십시오.", "Write it like 2026-03-09."),
        ) from error


def _as_moment(field: Field, raw: Value) -> str:
    try:
        return iso(parse_moment(str(raw)))
    except BadInput as error:
        raise refused(field, error.what, error.how) from error


def _as_choice(field: Field, raw: Value) -> str:
    code = str(raw).strip()
    vocabulary = field.vocabulary
    if vocabulary is None or code in vocabulary.entries:
        return code
    by_label = {
        label: key for key, phrase in vocabulary.entries.items() for label in (phrase.ko, phrase.en.lower())
    }
    found = by_label.get(tidy_text(code)) or by_label.get(code.lower())
    if found:
        return found
    raise refused(
        field,
        Phrase("없는 값입니다: {raw}", "No such value: {raw}").fill(raw=code),
        Phrase("다음 가운데 고르십시오: {codes}", "Choose one of: {codes}").fill(
            codes=listed(vocabulary.entries)
        ),
    )


def listed(entries: Mapping[str, Phrase]) -> Phrase:
    """Codes with their words, ``LEGAL(법정민원), …``, for a sentence that offers them."""
    return Phrase(
        ", ".join(f"{code}({label.ko})" for code, label in entries.items()),
        ", ".join(f"{code} ({label.en})" for code, label in entries.items()),
    )


def _as_words(field: Field, raw: Value) -> list[Value]:
    if isinstance(raw, dict):
        raise refused(field, Phrase("글이 아닙니다.", "It is not text."), _write_text())
    items = raw if isinstance(raw, list) else [part for part in re.split(r"[,\n]", str(raw)) if part.strip()]
    if field.vocabulary is not None:
        accepted: list[Value] = [_as_choice(field, item) for item in items]
    else:
        accepted = [word for word in (_as_text(field, item) for item in items) if word]
    return list(dict.fromkeys(str(item) for item in accepted))


def _as_link(field: Field, raw: Value) -> str:
    text = str(raw).strip()
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text):
        raise refused(
            field,
            Phrase("기록을 가리키지 않습니다: {raw}", "It does not name a record: {raw}").fill(raw=text),
            Phrase("목록에서 고르십시오.", "Please choose from the list."),
        )
    return text


def _as_links(field: Field, raw: Value) -> list[Value]:
    items = raw if isinstance(raw, list) else str(raw).split(",")
    return list(dict.fromkeys(_as_link(field, item) for item in items))


def _as_tree(field: Field, raw: Value) -> Value:
    if not isinstance(raw, (dict, list)):
        raise refused(field, Phrase("구조가 아닙니다.", "It is not structured."), _write_text())
    return raw


_READERS: Final[dict[FieldType, Callable[[Field, Value], Value]]] = {
    FieldType.TEXT: _as_text,
    FieldType.LONG_TEXT: _as_text,
    FieldType.INTEGER: _as_integer,
    FieldType.REAL: _as_number,
    FieldType.FLAG: _as_flag,
    FieldType.DATE: _as_date,
    FieldType.MOMENT: _as_moment,
    FieldType.CHOICE: _as_choice,
    FieldType.STAGE: _as_choice,
    FieldType.WORDS: _as_words,
    FieldType.LINK: _as_link,
    FieldType.LINKS: _as_links,
    FieldType.TREE: _as_tree,
}
