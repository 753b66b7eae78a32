"""Two hundred photographs of 12 MP into a case, all renditions, against Pillow's draft decoding alone.

Run as a program it prints one JSON document: seconds of both over the same files with the same number of
threads, taken turn about in slices so that a busy machine burdens both, and the ratio. The anchor opens each
file and decodes it at the half scale from which the largest rendition is made, and throws the pixels away.
``*_cpu`` are the same in seconds of processors, which say more on a machine with other work to do. Beside it
stand two floors, measured on one slice: what keeping the originals alone takes (read, hash, seal, sync), and
what the pixels alone take (decode, shrink, encode); and how late a thread that only sleeps was woken, as the
window's would be. Part of that is waiting for a processor; where the system tells how long that was (Linux),
the rest is ``withheld``: waiting for the interpreter.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from PIL import Image  # noqa: E402

from fieldlog.media.renditions import make_all  # noqa: E402
from fieldlog.storage.keys import StoreKey  # noqa: E402
from fieldlog.storage.vault import Vault  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PHOTOS, SLICES, MODELS = 200, 4, 6
QUALITY = 89
"""Of the files made: about 3 MB each."""
THREADS = os.cpu_count() or 1
PULSE = 0.005
QUEUED = Path("/proc/thread-self/schedstat")


def make_photographs(folder: Path) -> list[Path]:
    """Files of about 3 MB that all differ; the pixels of a few serve for all."""
    from helpers.pictures import twelve_megapixels, with_comment

    models = [twelve_megapixels(seed, quality=QUALITY) for seed in range(MODELS)]
    paths = []
    for number in range(PHOTOS):
        path = folder / f"{number:03d}.jpg"
        path.write_bytes(with_comment(models[number % MODELS], f"photograph {number}"))
        paths.append(path)
    return paths


def decode_alone(path: Path) -> None:
    """The anchor: Pillow's own way to a picture of half the size."""
    with Image.open(path) as picture:
        picture.draft(None, (picture.width // 2, picture.height // 2))
        picture.load()


def pixels_alone(path: Path) -> None:
    """A floor: the three renditions made and thrown away."""
    make_all(path.read_bytes(), path.name)


@dataclass(frozen=True)
class Cost:
    """Seconds that passed, and seconds in which a processor worked for us: the second knows no other load."""

    wall: float = 0.0
    work: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.work + other.work)


def timed(work: Callable[[], object]) -> Cost:
    """What it costs."""
    wall, busy = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - wall, time.process_time() - busy)


def on_threads(work: Callable[[Path], object], paths: Sequence[Path]) -> Cost:
    """The cost of all paths on as many threads as the import uses."""
    with ThreadPoolExecutor(THREADS) as pool:
        return timed(lambda: list(pool.map(work, paths)))


def queued() -> float | None:
    """Seconds for which this thread has waited for a processor so far; None where nobody counts them."""
    try:
        return int(QUEUED.read_text().split()[1]) / 1e9
    except OSError:
        return None


class Pulse:
    """Threads that sleep and look how late they are woken: the window's thread would wait as long."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._withheld: list[float] = []
        self._stop = threading.Event()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Count while the block runs."""
        self._stop.clear()
        thread = threading.Thread(target=self._beat)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _beat(self) -> None:
        while not self._stop.is_set():
            start, waited = time.perf_counter(), queued()
            time.sleep(PULSE)
            late, waited_then = time.perf_counter() - start - PULSE, queued()
            self._late.append(late)
            if waited is not None and waited_then is not None:
                self._withheld.append(max(0.0, late - (waited_then - waited)))

    def figures(self) -> dict[str, float]:
        """How late, in milliseconds: 99 of 100 beats, and the latest of all."""
        return {
            f"{what}_ms_{which}": round(1000 * ordered[int(share * (len(ordered) - 1))], 1)
            for what, beats in (("woken_late", self._late), ("withheld", self._withheld))
            if (ordered := sorted(beats))
            for which, share in (("p99", 0.99), ("max", 1.0))
        }


def run() -> dict[str, object]:
    """Measure slice by slice, turn about."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "photos").mkdir()
        paths = make_photographs(folder / "photos")
        megabytes = sum(path.stat().st_size for path in paths) / len(paths) / 1e6
        slices = [paths[start::SLICES] for start in range(SLICES)]
        decode_alone(paths[0])
        return measured(folder / "store", slices) | {"mb_each": round(megabytes, 2)}


def measured(store: Path, slices: Sequence[Sequence[Path]]) -> dict[str, object]:
    """Both over every slice; the floors over the first."""
    from helpers.stores import practice_store

    from fieldlog.services.photographs import add_photos, files_of
    from fieldlog.services.recording import CaseDraft, record_case

    workspace = practice_store(store)
    case = record_case(workspace, CaseDraft(title="사진 200장", category="ROAD_POTHOLE")).record.id
    still, busy = Pulse(), Pulse()
    anchor, ours, added = Cost(), Cost(), 0

    def add(each: Sequence[Path]) -> None:
        nonlocal added
        for answer in add_photos(workspace, case, files_of(each)):
            added += answer.status == "added"

    for each in slices:
        with still.beating():
            anchor += on_threads(decode_alone, each)
        with busy.beating():
            ours += timed(lambda each=each: add(each))
    other = Vault(store / "other", StoreKey(bytes(32)))
    keep = on_threads(lambda path: other.put(path.read_bytes()), slices[0])
    pixels = on_threads(pixels_alone, slices[0])
    workspace.close()
    return {
        "name": "200 photographs of 12 MP, all renditions",
        "unit": "s",
        "reach": 1.5,
        "ours": round(ours.wall, 2),
        "anchor": round(anchor.wall, 2),
        "ratio": round(ours.wall / anchor.wall, 2),
        "ours_cpu": round(ours.work, 2),
        "anchor_cpu": round(anchor.work, 2),
        "ratio_cpu": round(ours.work / anchor.work, 2),
        "added": added,
        "threads": THREADS,
        "keep_alone_s": round(keep.wall * len(slices), 2),
        "keep_alone_cpu": round(keep.work * len(slices), 2),
        "pixels_alone_s": round(pixels.wall * len(slices), 2),
        "pixels_alone_cpu": round(pixels.work * len(slices), 2),
        **busy.figures(),
        **{f"anchor_{name}": value for name, value in still.figures().items()},
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Measure."""
    sys.stdout.write(json.dumps(run()) + "\n")


if __name__ == "__main__":
    main()
