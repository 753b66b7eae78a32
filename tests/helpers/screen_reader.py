"""A reader of other programs' windows, as a screen reader is one; run by the system's own Python, which has gi.

Reads one JSON command per line and answers each with one line: ``tree``, ``find``,
``press``, ``toggle``, ``write``, ``read``. It knows nothing of the program it reads.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

warnings.simplefilter("ignore")
PATIENCE = 20.0
TOO_MANY = 4000
STEADY = 30
PLAIN = ("filler", "label", "table cell", "list item", "application", "frame", "image", "separator")
STATES = (
    "FOCUSABLE",
    "FOCUSED",
    "SHOWING",
    "VISIBLE",
    "ENABLED",
    "CHECKED",
    "EDITABLE",
    "SELECTED",
    "ACTIVE",
)


def states(each: Any) -> list[str]:
    found = each.get_state_set()
    return [name.lower() for name in STATES if found.contains(getattr(Atspi.StateType, name))]


def actions(each: Any) -> list[str]:
    if each.get_action_iface() is None:
        return []
    return [Atspi.Action.get_action_name(each, n) for n in range(Atspi.Action.get_n_actions(each))]


def labels(each: Any) -> list[str]:
    """The names of what labels it: on Linux a combo box's own name is its value."""
    found = []
    for relation in each.get_relation_set() or []:
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            found += [relation.get_target(n).get_name() or "" for n in range(relation.get_n_targets())]
    return found


def walk(each: Any, path: tuple[str, ...] = ()) -> Iterator[Any]:
    """Everything that shows below, parents first; what vanishes meanwhile is passed over."""
    try:
        role, name, seen = each.get_role_name(), each.get_name() or "", states(each)
        count = each.get_child_count()
    except GLib.Error:
        return
    if path and "showing" not in seen and role not in {"frame", "dialog", "window", "application"}:
        return
    yield each, role, name, seen, path
    below = (*path, f"{role} {name}".strip())
    for number in range(min(count, TOO_MANY)):
        try:
            child = each.get_child_at_index(number)
        except GLib.Error:
            return
        if child is not None:
            yield from walk(child, below)


def refresh() -> None:
    """Take in what programs have told of themselves since; what is remembered of them is looked up anew."""
    while GLib.MainContext.default().iteration(False):
        pass
    Atspi.get_desktop(0).clear_cache()


def application(name: str) -> Any:
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        found = desktop.get_child_at_index(number)
        if found is not None and found.get_name() == name:
            return found
    return None


def waited(look: Callable[[], Any], patience: float) -> Any:
    """What ``look`` finds, as soon as it does."""
    end = time.monotonic() + patience
    while True:
        refresh()
        found = look()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.2)


def one(program: Any, role: str | None, name: str, within: str | None = None) -> Any:
    for each, its_role, its_name, _states, path in walk(program):
        if (
            its_name == name
            and role in {None, its_role}
            and (within is None or any(within in p for p in path))
        ):
            return each
    return None


def settled(program: Any) -> list[Any]:
    """Everything that shows, once it has stopped changing."""
    before: list[tuple[str, str]] = []
    for _ in range(STEADY):
        found = list(walk(program))
        now = [(role, name) for _each, role, name, _seen, _path in found]
        if now == before:
            break
        before = now
        time.sleep(0.25)
        refresh()
        program.clear_cache()
    return found


def described(program: Any) -> list[dict[str, Any]]:
    """Roles, names, states and actions of everything that shows; of a combo box also what labels it."""
    return [
        {
            "role": role,
            "name": name,
            "labels": [*labels(each), each.get_description() or ""] if role == "combo box" else [],
            "states": seen,
            "actions": actions(each) if role not in PLAIN else [],
            "path": list(path[-4:]),
        }
        for each, role, name, seen, path in settled(program)
    ]


def obeyed(program: Any, command: dict[str, Any]) -> Any:
    """The answer to one command."""
    refresh()
    program.clear_cache()
    if command["do"] == "tree":
        return described(program)
    found = waited(
        lambda: one(program, command.get("role"), command["name"], command.get("within")),
        command.get("patience", PATIENCE),
    )
    if found is None:
        return None
    if command["do"] in {"press", "toggle"}:
        names = actions(found)
        wanted = next((n for n, each in enumerate(names) if each.lower() == command["do"]), None)
        return wanted is not None and Atspi.Action.do_action(found, wanted)
    if command["do"] == "write":
        return Atspi.EditableText.set_text_contents(found, command["text"])
    if command["do"] == "read":
        return Atspi.Text.get_text(found, 0, -1)
    if command["do"] == "find":
        return {"role": found.get_role_name(), "states": states(found), "actions": actions(found)}
    raise ValueError(command["do"])


def say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Wait for the program, then serve; who asked too early is not told later, so ask afresh."""
    name, tries = sys.argv[1], int(sys.argv[2])
    Atspi.init()
    Atspi.set_timeout(3000, 15000)
    program = application(name)
    if program is None and tries > 0:
        time.sleep(0.5)
        os.execv(sys.executable, [sys.executable, __file__, name, str(tries - 1)])
    say(program is not None)
    for line in sys.stdin:
        try:
            answer = obeyed(program, json.loads(line))
        except GLib.Error as error:
            answer = {"error": str(error)}
        say(answer)


main()
