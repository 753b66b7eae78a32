"""Reports: built from the records, previewed, filed whole or not at all, and noted with their cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from msgspec import Struct

from fieldlog.domain.clock import KST, iso, parse_moment
from fieldlog.domain.editing import Edit
from fieldlog.domain.effects import Effects
from fieldlog.domain.errors import ReportRefused
from fieldlog.domain.phrase import Phrase
from fieldlog.report import filing, rendering
from fieldlog.report.compose_r4 import ARRANGEMENTS, Arrangement
from fieldlog.report.leaves import TEMPLATES, Template
from fieldlog.report.rendering import Options, Rendered, render
from fieldlog.services.dossiers import dossier_of
from fieldlog.services.recording import accepted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from fieldlog.domain.ids import RecordId
    from fieldlog.services.workspace import Workspace

__all__ = ["ARRANGEMENTS", "FLAVOURS", "TEMPLATES", "Arrangement", "Filed", "FiledReport", "Flavour"]
__all__ += ["Rendered", "Template"]
__all__ += ["TEMPLATE_NAMES", "file_report", "filed_reports", "make_report", "preview_report"]
__all__ += ["proposed_name", "warm_up"]

Flavour = Literal["2b", "1b"]
FLAVOURS: Final[tuple[Flavour, ...]] = get_args(Flavour)
TEMPLATE_NAMES: Final[dict[Template, Phrase]] = {
    "R1": Phrase("현장보고(1쪽)", "Field report (one page)"),
    "R2": Phrase("출장복명서", "Trip report"),
    "R4": Phrase("사진대지", "Photo sheet"),
}
TEMPLATE_VERSION: Final = "2026-11"
assert set(TEMPLATE_NAMES) == set(get_args(Template))  # noqa: S101


class Filed(Struct, frozen=True):
    """A report on the disk: its file, its attachment's file, and what shows something new."""

    path: Path
    attachment: Path | None
    effects: Effects


class FiledReport(Struct, frozen=True):
    """A report that left the house earlier, as the record of its cases tells."""

    file_name: str
    template: str
    filed_at: datetime
    pages: int
    by: str
    case_numbers: tuple[str, ...]


def make_report(
    workspace: Workspace,
    cases: Sequence[RecordId],
    template: str,
    *,
    pdfa: Flavour | None = "2b",
    photos: Arrangement = "2",
    replace_missing: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Rendered:
    """Build a report over cases as an archivable PDF; the same cases give the same bytes.

    Raises:
        NotFound: There is no such case or template.
        ReportRefused: Nothing to report, a character no font has, or the file fails its own check.
        StoreDamaged: A photograph's bytes are not what they were.
        Cancelled: ``is_cancelled`` said so.
    """
    if not cases:
        raise ReportRefused(
            Phrase("보고서를 만들지 않았습니다.", "No report was made."),
            Phrase("고른 사안이 없습니다.", "No case was chosen."),
            Phrase("사안을 하나 이상 골라 주십시오.", "Choose at least one case."),
        )
    options = Options(
        pdfa=pdfa,
        photos=photos,
        replace_missing=replace_missing,
        progress=on_progress or _silently,
        cancelled=is_cancelled,
    )
    return render(
        dossier_of(workspace, cases),
        template,  # type: ignore[arg-type]
        resources=workspace.resources,
        options=options,
    )


def _silently(_done: int, _of: int) -> None:
    return None


def preview_report(
    workspace: Workspace,
    cases: Sequence[RecordId],
    template: str,
    *,
    photos: Arrangement = "2",
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Rendered:
    """The same report for the eye: not sealed for the archive, missing characters marked instead of refused.

    Raises:
        NotFound, ReportRefused, StoreDamaged, Cancelled: As :func:`make_report`.
    """
    return make_report(
        workspace, cases, template, pdfa=None, photos=photos, replace_missing=True, is_cancelled=is_cancelled
    )


def proposed_name(workspace: Workspace, cases: Sequence[RecordId], template: Template) -> str:
    """The file name an office expects: ``HB-2026-0006_R2_20260413.pdf``."""
    numbers = [workspace.store.find(case).text("case_no") for case in cases]
    return filing.file_name(numbers, template, workspace.now().astimezone(KST).date())


def file_report(
    workspace: Workspace,
    cases: Sequence[RecordId],
    rendered: Rendered,
    template: str,
    out: Path,
    *,
    overwrite: bool = False,
) -> Filed:
    """Write a report to its file and note it with the cases, so that the history tells what left the house.

    Raises:
        AlreadyThere: There is a file of that name; nothing was written.
        DiskTrouble: The disk refused; no part of a file remains.
    """
    written = filing.file_report(rendered, out, overwrite=overwrite)
    effects = Effects() if workspace.read_only else _noted(workspace, cases, rendered, template, out)
    return Filed(written[0], written[1] if len(written) > 1 else None, effects)


def _noted(
    workspace: Workspace, cases: Sequence[RecordId], rendered: Rendered, template: str, out: Path
) -> Effects:
    numbers = [workspace.store.find(case).text("case_no") for case in cases]
    generated_at = iso(workspace.now())
    edits = [
        Edit(
            record=workspace.mint.record_id(),
            kind="report",
            values=accepted(
                "report",
                {
                    "case_id": case,
                    "template": template,
                    "version": TEMPLATE_VERSION,
                    "case_numbers": list(numbers),
                    "generated_at": generated_at,
                    "generated_by": workspace.official.name or None,
                    "page_count": rendered.pages + rendered.attachment_pages,
                    "sha256": rendered.sha256,
                    "pii_profile": "INTERNAL",
                    "file_name": out.name,
                },
            ),
        )
        for case in cases
    ]
    return workspace.keep(edits)


def warm_up(workspace: Workspace) -> None:
    """Load what the first report needs, so that it is as quick as the second.

    Raises:
        NotFound: Fonts are missing.
    """
    rendering.warm_up(workspace.resources)


def filed_reports(workspace: Workspace, cases: Sequence[RecordId]) -> tuple[FiledReport, ...]:
    """The reports that were filed of these cases, newest first, each once.

    Raises:
        NotFound: There is no such case.
    """
    seen: dict[tuple[str, ...], FiledReport] = {}
    for case in cases:
        for record in workspace.store.sheet(case).of("report"):
            told = FiledReport(
                record.text("file_name"),
                record.text("template"),
                parse_moment(record.text("generated_at"))
                if record.get("generated_at")
                else record.created_at,
                int(record.number("page_count") or 0),
                record.text("generated_by"),
                record.words("case_numbers"),
            )
            seen[told.file_name, record.text("sha256"), record.text("generated_at")] = told
    return tuple(sorted(seen.values(), key=lambda told: told.filed_at, reverse=True))
