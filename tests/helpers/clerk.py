"""Somebody who types commands: in this process, with captured streams, or in a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldlog.bootstrap import outside
from fieldlog.cli.main import main
from fieldlog.domain.clock import FixedClock, parse_moment
from fieldlog.services.opening import Environment, make_store

if TYPE_CHECKING:
    from fieldlog.cli.outside import Outside

ROOT = Path(__file__).parents[2]
NOW = "2026-11-23T10:00:00+09:00"


@dataclass(frozen=True)
class Told:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """The error in the document."""
        error: dict[str, str] = self.json["error"]
        return error


@dataclass
class Clerk:
    """Types commands for one store."""

    folder: Path
    environ: dict[str, str] = field(default_factory=lambda: {"FIELDLOG_NOW": NOW, "FIELDLOG_NO_KEYRING": "1"})

    def types(self, *words: object, around: Outside | None = None) -> Told:
        """Run a command here."""
        out, err = io.StringIO(), io.StringIO()
        typed = ["--store", str(self.folder), *map(str, words)]
        code = main(typed, around or outside(self.environ), out, err)
        return Told(code, out.getvalue(), err.getvalue())

    def asks(self, *words: object) -> Any:
        """Run a command that must succeed, and read its document."""
        told = self.types("--json", *words)
        assert told.code == 0, told.err
        return told.json

    def starts(self, *words: object, **more: Any) -> subprocess.Popen[bytes]:
        """Start a command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "fieldlog", *map(str, words)],
            cwd=ROOT,
            env=self.surroundings(),
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **more},
        )

    def runs(self, *words: object, **environ: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command in a process of its own, with the language and encoding of its environment."""
        return subprocess.run(
            [sys.executable, "-m", "fieldlog", *map(str, words)],
            cwd=ROOT,
            env={**self.surroundings(), **environ},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )

    def surroundings(self) -> dict[str, str]:
        """The environment of a process of its own."""
        return {**os.environ, **self.environ, "FIELDLOG_STORE": str(self.folder)}


def clerk_with_store(folder: Path) -> Clerk:
    """A clerk with an empty store whose key lies beside it, so that nothing asks for a passphrase."""
    around = Environment(clock=FixedClock(parse_moment(NOW)), resources=ROOT / "resources", use_keyring=False)
    make_store(folder, around, practice=True).close()
    return Clerk(folder)
