from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib

from helpers.house import ROOT, package
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
WANTED = [
    Requirement(line) for line in PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
]
TOO_HEAVY = {"pyside6", "pyside6-addons", "pillow-heif", "numpy"}
"""Addons are 175 MB that nothing here uses; pillow-heif bundles a GPL encoder."""


def pinned() -> dict[str, list[str]]:
    """Each locked package with its versions (there are two where Python versions differ)."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", LOCK, re.MULTILINE):
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


def test_every_dependency_is_locked_at_a_version_it_allows() -> None:
    locked = pinned()
    for wanted in WANTED:
        versions = locked[canonicalize_name(wanted.name)]
        assert all(wanted.specifier.contains(version, prereleases=True) for version in versions), wanted


def test_every_locked_package_carries_hashes() -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", LOCK.strip())
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_names_no_host_and_no_folder() -> None:
    assert re.findall(r"://|^-|file:|(?<![\w-])/\w+", LOCK, re.MULTILINE) == []


def test_nothing_too_heavy_or_of_the_wrong_licence_is_locked() -> None:
    assert TOO_HEAVY & pinned().keys() == set()


def test_every_dependency_has_its_licence_and_reason_in_contributing() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\w-]+) \| ([^|]+) \| ([^|]+) \|$", contributing, re.MULTILINE)
    told = {canonicalize_name(name) for name, licence, why in rows if licence.strip("- ") and why.strip("- ")}
    wanted = {canonicalize_name(requirement.name) for requirement in WANTED}
    assert wanted - told == set(), "no reason given"
    assert told - wanted - {"package"} == set(), "a reason without a dependency"


def imported() -> set[str]:
    """The distributions that the package imports."""
    homes = importlib.metadata.packages_distributions()
    tops = {name.split(".")[0] for source in package() for name, _ in source.imports()}
    others = tops - sys.stdlib_module_names - {"fieldlog"}
    return {canonicalize_name(home) for top in others for home in homes.get(top, [f"{top} of nowhere"])}


def test_the_package_imports_only_what_it_declares_and_all_of_it() -> None:
    declared = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    assert imported() - declared == {"shiboken6"} & imported(), "imported, but not declared"
    assert declared - imported() == set(), "declared, but not used"
