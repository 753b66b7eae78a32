"""Search as it is typed over a million cases, against the bare full-text engine with the same key and index.

    bench_search.py [COUNT] [--store FOLDER]

Builds an encrypted index of synthetic cases in a temporary folder (about 1.1 GB for the million) or takes a store
that ``many_cases.py`` built, and prints one JSON document a line. The anchor of a word is the engine's own newest
fifty documents of it: no rank, no grouping by case, no waiting records.
"""

from __future__ import annotations

import itertools
import json
import random
import statistics
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]

import many_cases  # noqa: E402

from fieldlog.domain.filter import CaseFilter  # noqa: E402
from fieldlog.domain.hangul import keys_of, typed_as_hangul  # noqa: E402
from fieldlog.domain.highlight import highlight  # noqa: E402
from fieldlog.domain.search_query import parse_query  # noqa: E402
from fieldlog.services.browsing import CaseWindow  # noqa: E402
from fieldlog.services.opening import open_store  # noqa: E402
from fieldlog.storage.database import Database  # noqa: E402
from fieldlog.storage.finding import Among, count_up_to, find_case_rows  # noqa: E402
from fieldlog.storage.search import (  # noqa: E402
    RecordText,
    absorb_waiting,
    create_search_tables,
    index_many,
    index_record,
    tidy_index,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fieldlog.services.workspace import Workspace

CASES = 1_000_000
KEY = "x'" + "5f" * 32 + "'"
WORDS = 300
STAGES = ("RECEIVED", "ASSIGNED", "IN_ACTION", "NOTIFIED", "CLOSED")
THINGS = """
    포트홀 가로등 보도블록 맨홀 빗물받이 불법주차 현수막 가로수 방호울타리 신호등 횡단보도 배수로 옹벽 난간 놀이터 벤치
    정류장 표지판 하수관 공사장 소화전 전신주 자전거도로 육교 지하차도 과속방지턱 음식물쓰레기 불법투기 악취 소음
"""
TROUBLES = "파손 침하 고장 누수 막힘 기울어짐 균열 돌출 유실 소등 점멸 훼손 방치 넘침 탈락 부식 변형 들뜸"
ENDS = """
    현장 확인함, 임시 조치 필요, 통행 불편 호소, 야간 식별 어려움, 보수 예정, 관할 부서 협의 중, 재발 구간, 사진 참조
"""
things, troubles, ends = THINGS.split(), TROUBLES.split(), ENDS.strip().split(", ")
SYLLABLES = (
    "가나다라마바사아자차하고노도로모보소오조호구누두루무부수우주기니리미비시이지대동서남북신영정진선성명"
)


def vocabulary(draw: random.Random) -> list[str]:
    """Six thousand made-up place names of two and three syllables."""
    return [
        "".join(draw.choices(SYLLABLES, k=draw.choice((2, 2, 3)))) + draw.choice("동동동로로길")
        for _ in range(6000)
    ]


def cases(count: int, places: list[str], draw: random.Random) -> Iterator[RecordText]:
    """Cases whose words are as uneven as real ones: few common, many rare."""
    for row in range(1, count + 1):
        place = places[min(int(draw.paretovariate(0.6)) - 1, len(places) - 1)]
        thing, trouble = draw.choice(things), draw.choice(troubles)
        number = f"HB-{2020 + row * 7 // count}-{row:07d}"
        phone = (
            f" 연락처 010-{draw.randrange(10_000):04d}-{draw.randrange(10_000):04d}" if row % 9 == 0 else ""
        )
        body = (
            f"{draw.choice(places)} {draw.randrange(1, 400)}번지 앞 {thing} {trouble}, "
            f"{draw.choice(things)} 옆 {draw.choice(troubles)}. {draw.choice(ends)}{phone}"
        )
        yield RecordText(row, row, f"{number} {place} {thing} {trouble}", body)


def build(database: Database, count: int, places: list[str]) -> None:
    """The index and beside it what a list is filtered by."""
    began = time.perf_counter()
    with database.writing() as connection:
        create_search_tables(connection)
        connection.execute("CREATE TABLE listed(row INTEGER PRIMARY KEY, stage TEXT, values_ TEXT)")
        draw = random.Random(4)
        connection.executemany(
            "INSERT INTO listed VALUES(?, ?, ?)",
            ((row, draw.choices(STAGES, (1, 10, 30, 100, 859))[0], "가" * 40) for row in range(1, count + 1)),
        )
        connection.execute("CREATE INDEX listed_by_stage ON listed(stage, row)")
    texts = cases(count, places, random.Random(5))
    began = time.perf_counter()
    while batch := list(itertools.islice(texts, 100_000)):
        with database.writing() as connection:
            index_many(connection, batch)
    seconds = time.perf_counter() - began
    say("search, index built", documents=count, seconds=round(seconds, 1), per_second=round(count / seconds))


def say(name: str, **figures: Any) -> None:
    sys.stdout.write(json.dumps({"name": name, **figures}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def spread(times: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    return statistics.median(times), sorted(times)[min(len(times) - 1, len(times) * 99 // 100)]


def compare(name: str, ours: list[float], anchor: list[float], **more: Any) -> None:
    """The medians of both, and how far their slowest go."""
    (our_p50, our_p99), (their_p50, their_p99) = spread(ours), spread(anchor)
    say(
        name,
        ours=round(our_p50, 3),
        anchor=round(their_p50, 3),
        ratio=round(our_p50 / their_p50, 2),
        unit="ms",
        **more,
        p99=round(our_p99, 3),
        anchor_p99=round(their_p99, 3),
        samples=len(ours),
    )


def bare(reader: Any, word: str) -> list[Any]:
    """The newest fifty documents that hold a two-syllable word, in title or body, as the engine finds them."""
    return reader.execute(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT 50",
        (f'"^{word}" OR "{word}"',),
    ).fetchall()


def bare_ranked(reader: Any, word: str) -> list[Any]:
    """The same rank by hand: the newest fifty titles, and if they are fewer, the newest fifty of the rest."""
    sql = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT 50"
    rows = reader.execute(sql, (f'"^{word}"',)).fetchall()
    return rows if len(rows) == 50 else rows + reader.execute(sql, (f'"{word}"',)).fetchall()


def words_of_two(places: list[str], draw: random.Random) -> list[str]:
    """Two syllables as somebody begins to type: of common things, of rare places, and of nothing."""
    from_things = [word[:2] for word in things + troubles]
    from_places = ["".join(draw.choices(SYLLABLES, k=2)) for _ in range(80)]
    from_places += [draw.choice(places)[:2] for _ in range(WORDS - len(from_places) - len(from_things))]
    return list(dict.fromkeys(from_things + from_places))


def two_syllables(reader: Any, words: list[str], when: str) -> None:
    """Every word twice, the one measured first changing from turn to turn."""
    for name, other in (("", bare), ("; anchor: ranked by hand", bare_ranked)):
        ours: list[float] = []
        anchor: list[float] = []
        for turn, word in enumerate(words * 2):
            order = (other, typed) if turn % 2 else (typed, other)
            times = {each: timed(partial(each, reader, word)) for each in order}
            ours.append(times[typed])
            anchor.append(times[other])
        compare(f"search, two-syllable word, {when}{name}", ours, anchor, reach=1.5)
        if other is bare:
            most = spread(ours)[1]
            say(
                f"search, two-syllable word, {when}, p99",
                ours=round(most, 3),
                anchor=60,
                ratio=round(most / 60, 3),
                unit="ms",
            )


def typed(reader: Any, text: str) -> object:
    return find_case_rows(reader, parse_query(text))


def measure(name: str, runs: list[Callable[[], object]]) -> None:
    p50, p99 = spread([timed(run) for run in runs])
    say(f"search, {name}", ours=round(p50, 3), unit="ms", p99=round(p99, 3), samples=len(runs))


def every_keystroke(reader: Any, words: list[str]) -> None:
    """Each state an input method shows while a word is typed: ㅍ 포 폩 포트 포틓 포트호 포트홀."""
    states = [
        typed_as_hangul(keys[: end + 1])
        for word in words
        for keys in [keys_of(word)]
        for end in range(len(keys))
    ]
    measure("every keystroke", [partial(typed, reader, state) for state in states])


def others(reader: Any, places: list[str], draw: random.Random) -> None:
    texts = {
        "one syllable": list(SYLLABLES),
        "two initials": ["".join(draw.choices("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅍㅎ", k=2)) for _ in range(60)],
        "three initials": ["".join(draw.choices("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅍㅎ", k=3)) for _ in range(60)],
        "wrong keyboard": [keys_of(word) for word in things],
        "number fragment": [f"{draw.randrange(10_000):04d}"[: draw.choice((2, 3, 4))] for _ in range(60)],
        "phone": [f"{draw.randrange(10_000):04d}-{draw.randrange(10_000):04d}" for _ in range(40)],
        "two words": [f"{draw.choice(things)} {draw.choice(troubles)}" for _ in range(60)],
        "two words, one rare": [f"{draw.choice(places)} {draw.choice(troubles)}" for _ in range(60)],
    }
    for name, each in texts.items():
        measure(name, [partial(typed, reader, text) for text in each])
    for stage in (STAGES[0], STAGES[2], STAGES[4]):
        among = Among("listed", "row", "stage = ?", (stage,))
        queries = [parse_query(word) for word in (*things, *places[::200])]
        measure(f"word among {stage}", [partial(find_case_rows, reader, q, among=among) for q in queries])
    queries = [parse_query(word) for word in things]
    measure("count to 1000", [partial(count_up_to, reader, q, 1000) for q in queries])


def save(database: Database, count: int) -> None:
    """A durable update of one row, bare and with the record indexed in the same transaction."""
    text = " ".join(itertools.islice(itertools.cycle(things), 38))

    def change(turn: int, *, indexed: bool) -> None:
        with database.writing() as connection:
            connection.execute("UPDATE listed SET values_ = ? WHERE row = ?", (f"나{turn}" * 20, turn + 1))
            if indexed:
                index_record(
                    connection, record_row=count + turn, case_row=turn + 1, title="", body=f"{turn} {text}"
                )

    with_index, without = [], []
    for turn in range(600):
        without.append(timed(partial(change, turn, indexed=False)))
        with_index.append(timed(partial(change, turn, indexed=True)))
    compare("search, a row saved with a record of 150 characters", with_index, without, reach=2)


def measure_store(folder: Path) -> None:
    """Words of two syllables, as every word of the store begins and as none does, and whole pages with their lines."""
    said = [*many_cases.STREETS, *many_cases.THINGS, *many_cases.TROUBLES, *many_cases.WORDS]
    draw = random.Random(6)
    words = [word[:2] for word in said] + ["".join(draw.choices(SYLLABLES, k=2)) for _ in range(8)]
    workspace = open_store(folder, many_cases.environment())
    try:
        reader = workspace.store.reader()
        (documents,) = reader.execute("SELECT count(*) FROM search_record").fetchone()
        two_syllables(reader, list(dict.fromkeys(words)) * 5, f"store of {documents:,} records")
        pages(workspace, words)
    finally:
        workspace.close()


def pages(workspace: Workspace, words: list[str]) -> None:
    """What the window does for a word: the ranked page, its lines, what is marked in their titles."""

    def page(word: str) -> None:
        query = parse_query(word)
        for line in CaseWindow(workspace, CaseFilter(query=word)).begin(50):
            highlight(line.case.title, query)

    times = [timed(partial(page, word)) for word in words * 5]
    middle, most = spread(times)
    say(
        "search, page of fifty lines with marks, p99",
        ours=round(most, 2),
        anchor=60,
        ratio=round(most / 60, 3),
        unit="ms",
        p50=round(middle, 2),
        samples=len(times),
    )


def measure_built(count: int) -> None:
    """Build an index, and measure it as built, while records wait, and tidied."""
    draw = random.Random(6)
    places = vocabulary(draw)
    words = words_of_two(places, draw)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        database = Database(path, KEY, read_only=False)
        try:
            build(database, count, places)
            say("search, size", bytes=path.stat().st_size, bytes_per_case=path.stat().st_size // count)
            reader = database.reader()
            two_syllables(reader, words, "index as built")
            every_keystroke(reader, draw.sample(things, 8) + draw.sample(places, 12))
            others(reader, places, draw)
            save(database, count)
            two_syllables(reader, words, "while records wait")
            with database.writing() as connection:
                absorb_waiting(connection)
                say(
                    "search, index tidied in", seconds=round(timed(partial(tidy_index, connection)) / 1000, 1)
                )
            two_syllables(reader, words, "index tidied")
        finally:
            database.close()


def main() -> None:
    """Measure a store, or an index built for it."""
    words = sys.argv[1:]
    if "--store" in words:
        measure_store(Path(words[words.index("--store") + 1]))
    else:
        measure_built(int(words[0]) if words else CASES)


if __name__ == "__main__":
    main()
