from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from helpers.makers import received
from helpers.stores import RESOURCES, SHARED

from fieldlog.domain.errors import BadInput, NotFound
from fieldlog.services.importing import import_cases

if TYPE_CHECKING:
    from pathlib import Path

CASES = json.loads((RESOURCES / "practice" / "cases.json").read_text(encoding="utf-8"))


def written(folder: Path, *cases: Any, name: str = "cases.json", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(json.dumps({**CASES, "cases": list(cases)}, ensure_ascii=False), encoding=encoding)
    return path


def one(**changed: Any) -> dict[str, Any]:
    return {**CASES["cases"][0], **changed}


def test_every_practice_case_is_taken_as_a_save_of_its_own_and_a_second_time_none(
    workspace, tmp_path
) -> None:
    path = written(tmp_path, *CASES["cases"])
    before = workspace.store.verify().ops
    first = import_cases(workspace, path)
    assert (len(first.taken), first.refused) == (len(CASES["cases"]), ())
    assert workspace.store.verify().ops == before + len(CASES["cases"])
    again = import_cases(workspace, path)
    assert (again.taken, len(again.refused)) == ((), len(CASES["cases"]))
    assert "같은 번호" in again.refused[0].trouble.why.ko
    assert workspace.store.verify().sound


def test_numbers_go_on_after_the_highest_that_was_imported(workspace, tmp_path) -> None:
    import_cases(workspace, written(tmp_path, one(case_no="HB-2026-0077")))
    assert workspace.store.find(received(workspace)).text("case_no") == "HB-2026-0078"


@pytest.mark.parametrize(
    "bad",
    [
        one(case_no="HB-2026-0002", category="NOWHERE"),
        one(case_no="HB-2026-0002", title=""),
        one(case_no="HB-2026-0002", reported_at="어제"),
        one(case_no="kein Muster"),
        one(case_no="HB-2026-0002", location={"lat": 99, "lon": 0}),
        one(case_no="HB-2026-0002", location={"lat": 36}),
        one(case_no="HB-2026-0002", period={"value": "viel"}),
        one(case_no="HB-2026-0002", visits=[{"visit_no": 1}]),
        one(case_no="HB-2026-0002", actions="keine"),
        one(case_no="HB-2026-0002", photos=[{}]),
        {},
        [],
        None,
        5,
    ],
)
def test_a_case_that_cannot_be_taken_is_refused_by_name_and_the_rest_goes_on(
    workspace, tmp_path, bad
) -> None:
    good = one(case_no="HB-2026-0003")
    done = import_cases(workspace, written(tmp_path, bad, good))
    assert [number for number, _ in done.taken] == ["HB-2026-0003"]
    assert [refused.index for refused in done.refused] == [0]
    assert done.refused[0].trouble.how.ko
    assert workspace.store.verify().sound


def test_files_that_are_missing_no_text_or_no_case_file_are_refused(workspace, tmp_path) -> None:
    with pytest.raises(NotFound):
        import_cases(workspace, tmp_path / "nowhere.json")
    for number, raw in enumerate(
        (b"\xff\xfe\xfd", b"{", b"[" * 100_000, b"{}", b'{"cases": 5}', b"", "열쇠".encode("cp949"))
    ):
        path = tmp_path / f"{number}.json"
        path.write_bytes(raw)
        with pytest.raises(BadInput):
            import_cases(workspace, path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_files_of_older_programs_are_read(workspace, tmp_path, encoding) -> None:
    plain = one(title="포트홀 하나", description="", tags=[], visits=[], photos=[], observations=[])
    plain = {
        name: value
        for name, value in plain.items()
        if name in {"case_no", "title", "category", "reported_at", "received_at"}
    }
    path = tmp_path / "old.json"
    path.write_text(
        json.dumps(
            {"format": CASES.get("format"), "schema": CASES.get("schema"), "cases": [plain]},
            ensure_ascii=False,
        ),
        encoding=encoding,
    )
    assert len(import_cases(workspace, path).taken) == 1


def test_cancelling_keeps_what_was_taken(workspace, tmp_path) -> None:
    steps: list[int] = []
    done = import_cases(
        workspace,
        written(tmp_path, *CASES["cases"]),
        on_progress=lambda at, _: steps.append(at),
        is_cancelled=lambda: len(steps) >= 3,
    )
    assert len(done.taken) == 3


@pytest.mark.skipif(not (SHARED / "sample_cases_ko.json").is_file(), reason="the sample cases are not here")
def test_every_sample_case_is_taken_with_its_due_time(workspace) -> None:
    done = import_cases(workspace, SHARED / "sample_cases_ko.json")
    raw = {
        case["case_no"]: case
        for case in json.loads((SHARED / "sample_cases_ko.json").read_text(encoding="utf-8"))["cases"]
    }
    assert done.refused == ()
    for number, case in done.taken:
        due_at = raw[number]["due_at"]
        if due_at:
            assert workspace.store.find(case).get("original_due_at") == due_at
    assert workspace.store.verify().sound


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (None, "names and values"),
        ("글", "names and values"),
        ({}, "category"),
        ({"category": "ROAD_POTHOLE", "period": 7}, "required shape"),
    ],
)
def test_a_row_that_is_no_case_is_refused_in_plain_words(workspace, tmp_path, row, told) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": [row]}), encoding="utf-8")
    (refused,) = import_cases(workspace, file).refused
    assert told in refused.trouble.why.en
    assert "object" not in refused.trouble.why.ko
