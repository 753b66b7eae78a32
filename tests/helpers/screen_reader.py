"""A reader of other programs' windows, as a screen reader is one; run by the system's own Python, which has gi.

Reads one JSON command per line and answers each with one line: ``tree``, ``find``,
``press``, ``toggle``, ``write``, ``read``. It knows nothing of the program it reads.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

warnings.simplefilter("ignore")
PATIENCE = 20.0
A11Y, REGISTRY = "org.a11y.Bus", "org.a11y.atspi.Registry"
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
        if now and now == before:
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


class Never(Exception):
    """Something that had to come before the rest can, and did not."""


class Bus:
    """A message bus, asked without Atspi: what Atspi is told too early it never asks again."""

    def __init__(self, connection: Gio.DBusConnection) -> None:
        self._connection = connection

    def ask(self, name: str, path: str, question: str, *told: Any) -> Any:
        """The first value of the answer."""
        interface, method = question.rsplit(".", 1)
        typed = GLib.Variant(f"({'s' * len(told)})", told) if told else None
        no_flags = Gio.DBusCallFlags.NONE
        answer = self._connection.call_sync(name, path, interface, method, typed, None, no_flags, 5000, None)
        return answer.unpack()[0]

    def has(self, name: str) -> bool:
        bus = "org.freedesktop.DBus"
        return bool(self.ask(bus, "/org/freedesktop/DBus", f"{bus}.NameHasOwner", name))


class Arrival:
    """The order of a start: each waits for what it needs, all within one patience."""

    def __init__(self, patience: float) -> None:
        self._end = time.monotonic() + patience
        self._started: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str]) -> None:
        """Start a program whose words go where the complaints of this one go."""
        nothing = subprocess.DEVNULL
        self._started[name] = subprocess.Popen(command, stdin=nothing, stdout=sys.stderr, stderr=sys.stderr)

    def until(self, what: str, look: Callable[[], Any]) -> Any:
        """What ``look`` finds, as soon as it does."""
        while True:
            with contextlib.suppress(GLib.Error):
                found = look()
                if found:
                    return found
            for name, process in self._started.items():
                if process.poll() is not None:
                    message = f"{name} ended with {process.returncode} before there was {what}"
                    raise Never(message)
            if time.monotonic() > self._end:
                message = f"{what} never came"
                raise Never(message)
            time.sleep(0.05)


def programs(bus: Bus) -> list[str]:
    """The names of the programs that told the accessibility bus of themselves."""
    root, kind = "/org/a11y/atspi/accessible/root", "org.a11y.atspi.Accessible"
    get = "org.freedesktop.DBus.Properties.Get"
    children = bus.ask(REGISTRY, root, f"{kind}.GetChildren")
    return [bus.ask(name, path, get, kind, "Name") for name, path in children]


def arrive(name: str, patience: float, launcher: str, command: list[str]) -> None:
    """Start the accessibility bus, then the program, and wait until the program is known there.

    Nobody may ask for the bus before its launcher has taken the name: the message bus would start a second one.
    """
    arrival, session = Arrival(patience), Bus(Gio.bus_get_sync(Gio.BusType.SESSION))
    arrival.start(launcher, [launcher, "--launch-immediately", "--a11y=1", "--screen-reader=1"])
    arrival.until("the launcher of the accessibility bus", lambda: session.has(A11Y))
    address = arrival.until(
        "the accessibility bus", lambda: session.ask(A11Y, "/org/a11y/bus", f"{A11Y}.GetAddress")
    )
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    bus = Bus(
        arrival.until(
            "a connection to the accessibility bus",
            lambda: Gio.DBusConnection.new_for_address_sync(address, flags, None, None),
        )
    )
    arrival.until("the registry of the accessibility bus", lambda: [programs(bus)])
    arrival.start(name, command)
    arrival.until(f"{name} on the accessibility bus", lambda: name in programs(bus))


def main() -> None:
    """Wait for the program, then serve."""
    name, patience, launcher, *command = sys.argv[1:]
    try:
        arrive(name, float(patience), launcher, command)
    except Never as reason:
        say({"error": str(reason)})
        return
    Atspi.init()
    Atspi.set_timeout(3000, 15000)
    say(waited(lambda: application(name), PATIENCE) is not None)
    for line in sys.stdin:
        try:
            answer = obeyed(waited(lambda: application(name), PATIENCE), json.loads(line))
        except GLib.Error as error:
            answer = {"error": str(error)}
        say(answer)


main()
