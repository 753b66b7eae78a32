"""The reasons for which a file is not taken in as a photograph."""

from __future__ import annotations

from typing import Final

from fieldlog.domain.errors import PhotoRefused
from fieldlog.domain.phrase import Phrase, plain

_COPY_AGAIN: Final = Phrase(
    "사진을 찍은 기기에서 원본을 다시 복사해 주십시오.",
    "Copy the original again from the device that took it.",
)
_WHAT: Final = Phrase("사진을 추가하지 못했습니다: {name}", "The photo was not added: {name}")


def _refused(name: str, why: Phrase, how: Phrase) -> PhotoRefused:
    return PhotoRefused(_WHAT.fill(name=plain(name)), why, how)


def empty(name: str) -> PhotoRefused:
    """A file of no bytes."""
    return _refused(name, Phrase("빈 파일(0바이트)입니다.", "The file is empty (0 bytes)."), _COPY_AGAIN)


def too_heavy(name: str, size: int, limit: int) -> PhotoRefused:
    """More bytes than one photograph may have."""
    why = Phrase(
        "파일이 {size}MB로 한도 {limit}MB를 넘습니다.", "The file is {size} MB, over the limit of {limit} MB."
    )
    how = Phrase("해상도를 낮추어 다시 저장해 주십시오.", "Save it again at a lower resolution.")
    return _refused(name, why.fill(size=f"{size / 1e6:.1f}", limit=f"{limit / 1e6:.0f}"), how)


def too_large(name: str, width: int, height: int, limit: int) -> PhotoRefused:
    """More pixels than are safe to unpack."""
    why = Phrase(
        "화소가 지나치게 많습니다({width}×{height}). 한도는 {limit}백만 화소입니다.",
        "It has too many pixels ({width}×{height}). The limit is {limit} megapixels.",
    )
    how = Phrase("크기를 줄여 다시 저장해 주십시오.", "Save it again in a smaller size.")
    return _refused(name, why.fill(width=width, height=height, limit=limit // 1_000_000), how)


def bomb(name: str) -> PhotoRefused:
    """A header that promises a picture no camera makes."""
    why = Phrase(
        "펼치면 기억 공간을 다 써 버리는 비정상 그림입니다.",
        "Unpacking it would use up all memory: no camera makes such a picture.",
    )
    return _refused(name, why, Phrase("파일의 출처를 확인해 주십시오.", "Check where the file comes from."))


def not_a_picture(name: str, kind: Phrase | None) -> PhotoRefused:
    """Something else under any name."""
    why = Phrase("사진 파일이 아닙니다.", "It is not a picture.")
    if kind is not None:
        why = Phrase("사진이 아니라 {kind}입니다.", "It is {kind}, not a photo we can keep.").fill(kind=kind)
    how = Phrase(
        "JPEG, PNG, WebP, HEIC, TIFF 사진을 골라 주십시오.", "Choose a JPEG, PNG, WebP, HEIC or TIFF photo."
    )
    return _refused(name, why, how)


def truncated(name: str) -> PhotoRefused:
    """The file ends before the picture does."""
    why = Phrase(
        "파일이 중간에서 잘려 사진이 다 들어 있지 않습니다.",
        "The file is cut off: the picture is not all there.",
    )
    return _refused(name, why, _COPY_AGAIN)


def damaged(name: str) -> PhotoRefused:
    """The bytes contradict themselves."""
    return _refused(
        name,
        Phrase("파일이 손상되어 사진을 펼칠 수 없습니다.", "The file is damaged and cannot be unpacked."),
        _COPY_AGAIN,
    )


def unsupported(name: str, kind: Phrase) -> PhotoRefused:
    """A picture, but of a variant we do not read."""
    why = Phrase("지원하지 않는 형식입니다: {kind}", "This format is not supported: {kind}").fill(kind=kind)
    return _refused(
        name, why, Phrase("JPEG로 저장해 다시 추가해 주십시오.", "Save it as JPEG and add it again.")
    )
