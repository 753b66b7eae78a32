from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from helpers.house import ROOT, files

import fieldlog

ALLOWED = {
    "fieldlog", "resources", "tests", "build_spec", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md",
    "CONTRIBUTING.md", "dev.py", "requirements.lock", ".ci", ".gitignore", ".gitattributes",
}  # fmt: skip
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".sql", ".qss", ".svg", ".lock", ".cfg", ".csv", ""}
OF_A_MACHINE = re.compile(
    r"(?<![\w.:/~-])/(work|home/\w+|root|Users)/|[A-Z]:\\{1,2}Users\\|"
    r"files\.pythonhosted|pypi\.org|registry\.npmjs|deb\.debian\.org"
)


def test_the_top_level_holds_only_what_a_person_expects_there() -> None:
    git = shutil.which("git") if (ROOT / ".git").exists() else None
    listed = (
        subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
        if git
        else None
    )
    names = listed.stdout.split() if listed else [path.relative_to(ROOT).as_posix() for path in files()]
    assert {name.split("/")[0] for name in names} <= ALLOWED


def test_no_file_names_a_folder_of_one_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}"
        for path in files()
        if path.suffix in TEXT and path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if OF_A_MACHINE.search(line)
    ]
    assert found == []


PLANTED = (
    "/home/someone/x",
    "see /{}/main".format("work"),
    "C:\\Users\\kim",
    "https://{}.org/x".format("pypi"),
)


@pytest.mark.parametrize("line", PLANTED)
def test_a_folder_of_one_machine_is_noticed(line: str) -> None:
    assert OF_A_MACHINE.search(line)


@pytest.mark.parametrize("line", ["a/root/b", "https://example.kr/home/x", "~/work/x", "network/home"])
def test_an_ordinary_path_is_left_alone(line: str) -> None:
    assert not OF_A_MACHINE.search(line)


def test_ci_runs_the_one_command_that_people_run() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith(("#", "set ", "cd "))] == [
        "exec python3 dev.py test"
    ]


def test_every_place_that_tells_the_version_tells_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert fieldlog.__version__ == project["version"]
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_two_commands_of_the_readme_are_commands_of_dev_py() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {"python3 dev.py run", "python3 dev.py test"} <= set(re.findall(r"python3 dev\.py \w+", readme))
    shown = subprocess.run(
        [sys.executable, "dev.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert all(command in shown for command in re.findall(r"python3 dev\.py \w+", readme))


def test_readme_is_korean_first_and_english_below() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.index("## 시작") < readme.index("## Start")
