"""How large one photograph may be: policy as a value, so that an agency profile can narrow it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Limits(Struct, frozen=True):
    """The most bytes and pixels one photograph may have."""

    max_bytes: int = 50_000_000
    max_pixels: int = 150_000_000


LIMITS: Final = Limits()
"""50 MB, and 150 megapixels: a 120-megapixel panorama passes, a picture no camera makes does not."""
