"""Offering agency profiles: those that come with the program, and everything wrong with a file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from fieldlog.domain.errors import Known
from fieldlog.domain.profile_reading import ProfileFault, profile_faults
from fieldlog.services.opening import offered_profile

if TYPE_CHECKING:
    from fieldlog.domain.profile import AgencyProfile
    from fieldlog.services.opening import Environment


class Offer(Struct, frozen=True):
    """An agency profile to choose: the name or path by which it is chosen, and what it says."""

    key: str
    profile: AgencyProfile


def offered_profiles(around: Environment) -> tuple[Offer, ...]:
    """The sound profiles that come with the program, by name."""
    offers = []
    for path in sorted((around.resources / "profiles").glob("*.toml")):
        try:
            offers.append(Offer(path.stem, offered_profile(around, path.stem)))
        except Known:
            continue
    return tuple(offers)


def offer_of(around: Environment, key: str) -> Offer:
    """The profile of a name or a file.

    Raises:
        NotFound, ProfileBroken: As named.
    """
    return Offer(key, offered_profile(around, key))


def faults_of(around: Environment, key: str) -> tuple[ProfileFault, ...]:
    """Everything wrong with a profile; nothing when it is sound or cannot be read at all."""
    path = around.resources / "profiles" / f"{key}.toml"
    try:
        text = (path if path.exists() else Path(key)).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    return profile_faults(text, Path(key).name)
