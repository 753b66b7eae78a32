from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from helpers.house import Source, complaints, package, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today",
    "time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns",
    "time.localtime", "time.gmtime",
    "QDateTime.currentDateTime", "QDateTime.currentDateTimeUtc", "QDate.currentDate", "QTime.currentTime",
}  # fmt: skip
CLOCK_HOME = {"fieldlog.domain.clock"}
CHANCE = {"uuid.uuid1", "uuid.uuid4", "uuid.uuid6", "uuid.uuid7", "os.urandom", "AESGCM.generate_key"}
CHANCE_HOME = {"fieldlog.domain.ids"}
CHANCE_MODULES = {"secrets", "random"}
SEEDED = "random.Random"
"""With a seed it gives the same numbers every time, which is no chance: practice pictures are painted with it."""

DATABASES = {"sqlcipher3", "sqlite3"}
CIPHERS = {"cryptography", "argon2"}
DATABASE_DOOR = {"fieldlog.storage.database"}

WAYS_TO_THE_DISK = {
    "open", "os.open", "os.fdopen", "os.replace", "os.rename", "os.unlink", "os.remove", "os.link", "os.truncate",
    "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copyfileobj", "shutil.copytree", "shutil.move",
    "shutil.rmtree", "tempfile.mkstemp", "tempfile.mkdtemp", "tempfile.NamedTemporaryFile",
    "tempfile.TemporaryDirectory", "tempfile.TemporaryFile", "tempfile.SpooledTemporaryFile", "mmap.mmap",
}  # fmt: skip
PATH_METHODS = {
    "read_bytes", "write_bytes", "read_text", "write_text", "unlink", "hardlink_to", "symlink_to", "touch", "rmdir",
}  # fmt: skip
ON_THE_DISK = {
    "fieldlog.storage.vault": "photo bytes, sealed: the one door to them",
    "fieldlog.storage.durable": "writes a file whole or not at all, for the vault, the keys and finished reports",
    "fieldlog.storage.key_file": "reads the wrapped store key",
    "fieldlog.storage.keys": "reads the key of a practice store",
    "fieldlog.storage.passphrase": "reads the passphrase file that the person named",
    "fieldlog.storage.migrations": "copies the sealed database before changing it",
    "fieldlog.storage.rebuild": "removes the sealed database that it rebuilt for comparison",
    "fieldlog.storage.published": "makes the plain file of the published state, and removes it once it was copied",
    "fieldlog.storage.store_lock": "holds the lock of the store",
    "fieldlog.sync.folder.share": "reads and publishes the files of an office folder",
    "fieldlog.sync.shared_file": "copies the published state into an office folder, whole or not at all",
    "fieldlog.services.opening": "reads profiles and holidays from resources",
    "fieldlog.services.photographs": "reads the files that a person adds",
    "fieldlog.services.importing": "reads the files that a person imports",
    "fieldlog.services.practising": "reads resources/practice; removes a practice store that is made anew",
    "fieldlog.services.offering": "reads profiles to name their faults",
    "fieldlog.services.rehearsing": "puts a whole practice store in its place, copies one to draw from",
    "fieldlog.report.style": "reads resources/paper",
    "fieldlog.report.pdf.sealing": "reads the metadata stream of a PDF, in memory",
    "fieldlog.bootstrap": "opens the null device where a standard stream was closed",
    "fieldlog.ui.wardrobe": "draws the marks of the theme into a temporary folder for the stylesheet",
    "fieldlog.ui.icons": "reads resources/icons",
    "fieldlog.ui.pages.settings.about": "reads where fonts and icons come from",
    "fieldlog.ui.pictures": "keeps the practice store it draws in a temporary folder",
    "fieldlog.ui.quick.category_picker": "reads resources/icons/categories.toml",
    "fieldlog.ui.theme": "reads resources/themes",
}
"""The modules that read or write files, each with what for."""


def _ends(name: str, ways: set[str]) -> bool:
    return any(name == way or name.endswith("." + way) for way in ways)


def own_clock(source: Source) -> Iterator[str]:
    if source.name in CLOCK_HOME:
        return
    for name, call in source.calls():
        if _ends(name, CLOCKS):
            yield f"{source.at(call)} {name}()"
    for name, node in source.imports():
        if name in CLOCKS:
            yield f"{source.at(node)} from {name}"


def own_chance(source: Source) -> Iterator[str]:
    if source.name in CHANCE_HOME:
        return
    for name, call in source.calls():
        if _ends(name, CHANCE) or (name == "Random" and not call.args):
            yield f"{source.at(call)} {name}()"
    for name, node in source.imports():
        if (name.split(".")[0] in CHANCE_MODULES or name in CHANCE) and name != SEEDED:
            yield f"{source.at(node)} import {name}"


def second_database_door(source: Source) -> Iterator[str]:
    if source.name in DATABASE_DOOR:
        return
    for name, node in source.imports():
        if name.split(".")[0] in DATABASES:
            yield f"{source.at(node)} import {name}"


def _opens_a_file(name: str, call: ast.Call) -> bool:
    """``path.open("rb")`` rather than ``store.open(folder)`` or ``dialog.open()``."""
    mode = call.args[0] if call.args else None
    modal = (
        isinstance(mode, ast.Constant) and isinstance(mode.value, str) and set(mode.value) <= set("rwaxbt+")
    )
    return name.endswith(".open") and (
        modal or any(word.arg in {"mode", "encoding"} for word in call.keywords)
    )


def second_way_to_the_disk(source: Source) -> Iterator[str]:
    if source.name in ON_THE_DISK:
        return
    for name, call in source.calls():
        method = name.rpartition(".")[2]
        if name in WAYS_TO_THE_DISK or ("." in name and method in PATH_METHODS) or _opens_a_file(name, call):
            yield f"{source.at(call)} {name}()"


def second_cipher(source: Source) -> Iterator[str]:
    if not source.name.startswith("fieldlog.storage."):
        for name, node in source.imports():
            if name.split(".")[0] in CIPHERS:
                yield f"{source.at(node)} import {name}"


def test_only_the_clock_reads_the_time_of_the_machine() -> None:
    assert complaints(own_clock) == []


def test_ids_keys_and_salts_are_minted_in_one_place() -> None:
    assert complaints(own_chance) == []


def test_only_one_module_opens_the_database() -> None:
    assert complaints(second_database_door) == []


def test_only_the_listed_modules_touch_the_disk() -> None:
    assert complaints(second_way_to_the_disk) == []


def test_sealing_and_keys_stay_behind_the_doors_of_the_store() -> None:
    assert complaints(second_cipher) == []


def test_every_listed_door_still_opens_on_something() -> None:
    names = {source.name for source in package()}
    assert set(ON_THE_DISK) | CLOCK_HOME | CHANCE_HOME | DATABASE_DOOR <= names
    idle = [
        source.name
        for source in package()
        if source.name in ON_THE_DISK
        and not list(second_way_to_the_disk(planted(source.text, "fieldlog.elsewhere")))
    ]
    assert idle == []


@pytest.mark.parametrize(
    "text",
    ["import datetime\ndatetime.datetime.now()", "from time import time", "import time as t\ntime.monotonic()",
     "QDate.currentDate()"],
)  # fmt: skip
def test_a_second_clock_is_noticed(text: str) -> None:
    assert complaints(own_clock, [planted(text)])


@pytest.mark.parametrize(
    "text",
    [
        "uuid.uuid4()",
        "import secrets",
        "from random import choice",
        "Random()",
        "from os import urandom",
        "AESGCM.generate_key(256)",
    ],
)
def test_a_second_mint_is_noticed(text: str) -> None:
    assert complaints(own_chance, [planted(text)])


def test_a_second_database_door_is_noticed_but_not_an_import_for_types() -> None:
    assert complaints(second_database_door, [planted("def f():\n    from sqlcipher3 import dbapi2")])
    assert complaints(second_cipher, [planted("from cryptography.hazmat import primitives")])
    assert not complaints(second_database_door, [planted("if TYPE_CHECKING:\n    import sqlite3")])


@pytest.mark.parametrize(
    "text",
    ["open('x')", "path.open('rb')", "path.read_bytes()", "(folder / 'x').write_bytes(b'')", "os.replace(a, b)",
     "shutil.copyfile(a, b)", "tempfile.mkdtemp()"],
)  # fmt: skip
def test_a_second_way_to_the_disk_is_noticed(text: str) -> None:
    assert complaints(second_way_to_the_disk, [planted(text)])
