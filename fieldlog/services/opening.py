"""Opening a store, making a new one, and choosing its agency profile."""

from __future__ import annotations

import hashlib
import os
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from fieldlog.domain.clock import monotonic
from fieldlog.domain.due_of_case import COUNTING_RULES
from fieldlog.domain.editing import Edit
from fieldlog.domain.errors import Known, NotFound, ProfileBroken, StoreBusy, StoreDamaged
from fieldlog.domain.holiday_reading import read_holidays
from fieldlog.domain.ids import RecordId
from fieldlog.domain.phrase import Phrase
from fieldlog.domain.profile_reading import ProfileInUse, profile_in_use
from fieldlog.domain.profile_tree import kept_tables, may_be_read, tables_from, tables_of
from fieldlog.services.workspace import Derivation, Official, Workspace
from fieldlog.storage.durable import disk_trouble, disk_troubles
from fieldlog.storage.keyring_door import OsKeyring
from fieldlog.storage.keys import KeyWays
from fieldlog.storage.store import Store, Surroundings, is_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldlog.domain.calendar import HolidayTable
    from fieldlog.domain.clock import Clock
    from fieldlog.domain.profile import AgencyProfile

DEFAULT_PROFILE: Final = "hanbit"
_HOLIDAYS: Final = Path("holidays") / "kr.json"
_WAITING: Final = "waiting.toml"


class Environment(Struct, frozen=True, kw_only=True):
    """What the rim knows: the clock, where resources lie, and the ways to a store's key.

    ``ticking`` tells seconds that never step back, ``rest`` lets some of them pass.
    """

    clock: Clock
    resources: Path
    ticking: Callable[[], float] = monotonic
    rest: Callable[[float], None] = sleep
    use_keyring: bool = True
    passphrase_file: Path | None = None
    ask_passphrase: Callable[[], str] | None = None

    def key_ways(self, *, practice: bool) -> KeyWays:
        """The ways at hand to make or find a store's key."""
        return KeyWays(
            keyring=OsKeyring() if self.use_keyring and not practice else None,
            passphrase_file=self.passphrase_file,
            ask=self.ask_passphrase,
            practice=practice,
        )


class Opened(Struct, frozen=True):
    """An open store; ``busy`` tells that another window writes and this one only reads."""

    workspace: Workspace
    busy: StoreBusy | None = None


def holds_store(folder: Path) -> bool:
    """Whether there is a store in a folder."""
    return is_store(folder)


def make_store(
    folder: Path,
    around: Environment,
    *,
    profile: str = DEFAULT_PROFILE,
    practice: bool = False,
    official: Official | None = None,
) -> Workspace:
    """Make a new store with an agency profile, given by name or as a file, and open it.

    Raises:
        AlreadyThere: The folder holds a store.
        NotFound, ProfileBroken: The profile; nothing was made.
        KeyMissing: Neither a keyring nor a passphrase is at hand; nothing was made.
    """
    chosen = _read_offered(around, profile, None)
    holidays = load_holidays(around)
    derivation = Derivation(chosen.profile.calendar(holidays), chosen.profile)
    scope = (
        official.department
        if official and official.department
        else next(iter(chosen.profile.departments), "")
    )
    store = Store.create(
        folder,
        Surroundings(around.clock, around.key_ways(practice=practice), derivation),
        owner=official.name if official else "",
        scope=scope,
    )
    try:
        person = official or Official("")
        user = Official(
            person.id or store.mint.record_id(), person.name, person.rank, person.department or scope
        )
        store.put_notes({"profile": profile, **_derived_by(chosen.text, around)})
        workspace = Workspace(store, around.resources, chosen.profile, holidays, user)
        introduce(workspace, user)
    except BaseException:
        store.close()
        raise
    return workspace


def open_store(
    folder: Path,
    around: Environment,
    *,
    read_only: bool = False,
    patient: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Workspace:
    """Open the store in a folder; ``patient`` waits some seconds for another that writes in it.

    Raises:
        StoreMissing, StoreBusy, StoreTooNew, StoreDamaged, KeyMissing, KeyWrong: As named.
    """
    derivation = Derivation()
    may_wait = _waiting(around) if patient else _at_once
    surroundings = Surroundings(around.clock, around.key_ways(practice=False), derivation, may_wait)
    store = Store.open(folder, surroundings, read_only=read_only, progress=progress)
    try:
        return _furnish(store, around, derivation, progress)
    except BaseException:
        store.close()
        raise


def _at_once() -> bool:
    return False


def _waiting(around: Environment) -> Callable[[], bool]:
    """Rests a little and answers True until the seconds that ``resources/waiting.toml`` grants are over."""
    asked = tables_of((around.resources / _WAITING).read_text(encoding="utf-8"))["store"]
    until = around.ticking() + float(asked["seconds"])

    def may_wait() -> bool:
        if around.ticking() >= until:
            return False
        around.rest(float(asked["between"]))
        return True

    return may_wait


def open_or_read(
    folder: Path, around: Environment, progress: Callable[[int, int], None] | None = None
) -> Opened:
    """Open for writing or, where another window writes, for reading; ``busy`` then tells so."""
    try:
        return Opened(open_store(folder, around, progress=progress))
    except StoreBusy as busy:
        return Opened(open_store(folder, around, read_only=True), busy)


def _furnish(
    store: Store,
    around: Environment,
    derivation: Derivation,
    progress: Callable[[int, int], None] | None,
) -> Workspace:
    holidays = load_holidays(around)
    last_good, kept = store.note("profile text"), store.note("profile tables")
    notices: list[Known] = []
    tables = partial(tables_from, kept)
    try:
        chosen = _read_offered(around, store.note("profile") or DEFAULT_PROFILE, last_good or None, tables)
    except NotFound as gone:
        notices.append(gone)
        chosen = profile_in_use(last_good, store.note("profile"), None, tables)
    if chosen.trouble is not None:
        notices.append(chosen.trouble)
    derivation.calendar, derivation.profile = chosen.profile.calendar(holidays), chosen.profile
    notes = _derived_by(chosen.text, around)
    if not store.read_only:
        try:
            store.catch_up(progress)
        except StoreDamaged as damaged:  # what is shown stays as it was
            notices.append(damaged)
    if not store.read_only and any(store.note(key) != text for key, text in notes.items()):
        store.derive_again()
        store.put_notes(notes)
    if not store.read_only and not may_be_read(kept, chosen.text):
        store.put_notes({"profile tables": kept_tables(chosen.text) or ""})
    return Workspace(store, around.resources, chosen.profile, holidays, _official(store), notices)


def _derived_by(profile_text: str, around: Environment) -> dict[str, str]:
    """What due times and priorities follow from: where it differs from what is noted they are counted anew."""
    return {
        "profile text": profile_text,
        "holidays": hashlib.sha256((around.resources / _HOLIDAYS).read_bytes()).hexdigest(),
        "counting rules": COUNTING_RULES,
    }


def choose_profile(workspace: Workspace, around: Environment, profile: str) -> Workspace:
    """Work with another agency profile from now on; the old one stays in use if the new one is broken.

    Raises:
        NotFound, ProfileBroken: The profile; nothing was changed.
    """
    chosen = _read_offered(around, profile, None)
    workspace.store.put_notes({"profile": profile})
    derivation = workspace.store.derive
    if isinstance(derivation, Derivation):
        derivation.calendar, derivation.profile = chosen.profile.calendar(workspace.holidays), chosen.profile
    workspace.store.derive_again()
    workspace.store.put_notes(_derived_by(chosen.text, around))
    workspace.profile = chosen.profile
    return workspace


def introduce(workspace: Workspace, official: Official) -> None:
    """Note who works here; their saves and reports carry it."""
    workspace.official = official
    workspace.store.put_notes({"official": msgspec.json.encode(official).decode()})
    workspace.keep(
        [
            Edit(
                record=RecordId(official.id),
                kind="user",
                values={
                    "display_name": official.name or None,
                    "rank": official.rank or None,
                    "dept": official.department or None,
                    "active": True,
                },
            )
        ]
    )


def _official(store: Store) -> Official:
    noted = store.note("official")
    return msgspec.json.decode(noted, type=Official) if noted else Official("")


def offered_profile(around: Environment, profile: str = DEFAULT_PROFILE) -> AgencyProfile:
    """An agency profile given by name or as a file, for a question that needs no store.

    Raises:
        NotFound, ProfileBroken: As named.
    """
    return _read_offered(around, profile, None).profile


def load_holidays(around: Environment) -> HolidayTable:
    """The public holidays that come with the program."""
    path = around.resources / _HOLIDAYS
    return read_holidays(path.read_text(encoding="utf-8"), path.name)


def _read_offered(
    around: Environment,
    profile: str,
    last_good: str | None,
    tables: Callable[[str], dict[str, Any]] = tables_of,
) -> ProfileInUse:
    """The profile of that name in the resources, or the file of that path."""
    path = around.resources / "profiles" / f"{profile}.toml"
    if not path.exists():
        path = Path(profile)
    if not path.is_file():
        raise NotFound(
            Phrase("기관설정을 찾지 못했습니다: {name}", "No such agency profile: {name}").fill(name=profile),
            Phrase("그런 이름도, 그런 파일도 없습니다.", "There is neither such a name nor such a file."),
            Phrase("이름({some})이나 파일을 적어 주십시오.", "Give a name ({some}) or a file.").fill(
                some=", ".join(sorted(each.stem for each in (around.resources / "profiles").glob("*.toml")))
            ),
        )
    with disk_troubles(path):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise ProfileBroken(
                Phrase("기관설정을 읽을 수 없습니다: {name}", "The profile cannot be read: {name}").fill(
                    name=path.name
                ),
                Phrase("UTF-8 글이 아닙니다.", "It is not UTF-8 text."),
                Phrase("UTF-8로 저장해 주십시오.", "Please save it as UTF-8."),
            ) from error
    return profile_in_use(text, path.name, last_good, tables)


def file_trouble(error: OSError) -> Known:
    """What the system said of a file whose name was typed: too long, out of reach, on a dead disk."""
    return disk_trouble(error, Path(os.fsdecode(error.filename)))
