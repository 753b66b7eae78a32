"""Run every benchmark here, one by one, and write what they measured to RESULTS.md.

    python tests/bench [NAME ...] [--WORD ...]

With names (``list``, ``save``) only those are run; what was measured before is kept for the others. Words from
the first ``--`` on are handed to them (``list --store FOLDER``). Each
``bench_*.py`` prints JSON lines with ``name``, ``ours``, ``anchor`` and ``ratio``; a line may tell its ``reach``,
the greatest ratio that is good enough (1 where there is no such word: the anchor is then the reach itself).
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
FIGURES = HERE / "figures.json"
CAUSES = HERE / "causes.json"
KNOWN = ("name", "ours", "anchor", "ratio", "unit", "reach")


def machine() -> str:
    """Processor, cores, memory and system; never a name of this machine or of whoever uses it."""
    model, memory = platform.processor() or platform.machine(), ""
    information = Path("/proc/cpuinfo")
    if information.exists():
        lines = information.read_text(encoding="utf-8").splitlines()
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        memory = f", {pages / 2**30:.0f} GiB"
    return f"{model}, {os.cpu_count()} cores{memory}, {platform.system()}, Python {platform.python_version()}"


def measured(script: Path, words: list[str]) -> list[dict[str, Any]]:
    """What one benchmark prints, with how busy the machine was and when."""
    now = datetime.now(timezone(timedelta(hours=9)))
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    done = subprocess.run(
        [sys.executable, str(script), *words], stdout=subprocess.PIPE, text=True, check=False
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode:
        lines.append({"name": f"{script.stem} ended with {done.returncode}"})
    return [{**line, "date": f"{now:%Y-%m-%d}", "load": load, "of": script.stem} for line in lines]


def row(line: dict[str, Any], causes: dict[str, str]) -> str:
    """One line of the table; figures of other names follow in words."""
    name, unit = line.get("name", line["of"]), line.get("unit", "")
    reach, ratio = line.get("reach", 1), line.get("ratio")
    verdict = "" if ratio is None else ("reached" if _reached(line) else "missed")
    cause = causes.get(name, "") if verdict == "missed" else ""
    more = ", ".join(
        f"{key} {value}"
        for key, value in line.items()
        if key not in {*KNOWN, "date", "load", "of"} and not isinstance(value, (dict, list))
    )
    ours, anchor = (f"{line[key]} {unit}" if key in line else "" for key in ("ours", "anchor"))
    cells = (
        name,
        ours,
        anchor,
        ratio if ratio is not None else "",
        reach,
        verdict,
        cause,
        more,
        line["date"],
    )
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in (*cells, line['load']))} |"


def _reached(line: dict[str, Any]) -> bool:
    if line.get("at_least"):
        return bool(line["ratio"] >= line.get("reach", 1))
    within = line.get("p50_reach") is None or line["ours"] <= line["p50_reach"]
    return bool(line["ratio"] <= line.get("reach", 1)) and within


def write(lines: list[dict[str, Any]]) -> None:
    """The table for people."""
    causes: dict[str, str] = json.loads(CAUSES.read_text(encoding="utf-8")) if CAUSES.exists() else {}
    table = "\n".join(row(line, causes) for line in lines)
    RESULTS.write_text(
        "# Measured\n\n"
        f"{machine()}. `python3 dev.py bench` measures anew. Ours and its anchor are taken in the same run, so\n"
        "the ratio says more than either; load is what the machine was doing besides when a benchmark began\n"
        "(the average number of waiting processes over a minute: more than the cores makes every figure worse).\n\n"
        "| work | ours | anchor | ratio | reach | | cause | more | date | load |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n"
        f"{table}\n",
        encoding="utf-8",
    )


def main(words: list[str]) -> int:
    """Run, keep, write."""
    split = next((at for at, word in enumerate(words) if word.startswith("--")), len(words))
    names, handed = words[:split], words[split:]
    scripts = {path.stem.removeprefix("bench_"): path for path in sorted(HERE.glob("bench_*.py"))}
    if unknown := set(names) - scripts.keys():
        sys.stderr.write(f"{', '.join(sorted(unknown))}? There are: {', '.join(scripts)}\n")
        return 2
    kept: list[dict[str, Any]] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else []
    for name in names or scripts:
        lines = measured(scripts[name], handed)
        for line in lines:
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        at = next((place for place, line in enumerate(kept) if line["of"] == f"bench_{name}"), len(kept))
        others = [line for line in kept if line["of"] != f"bench_{name}"]
        kept = [*others[:at], *lines, *others[at:]]
        FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        write(kept)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
