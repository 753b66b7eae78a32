"""Postponing modules that a library names when it is loaded but that the work here never touches."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec


def postpone(*names: str) -> None:
    """Let modules run only when something in them is first asked for; those already there stay as they are."""
    for name in names:
        if name not in sys.modules:
            _postpone(name)


def _postpone(name: str) -> None:
    package, _, last = name.rpartition(".")
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    # Found here, ``from package import last`` asks the module for nothing, which would make it run.
    setattr(import_module(package), last, module)
