"""The command of reports: a PDF, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldlog.cli.answer import Answer, Facts
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.services import browsing
from fieldlog.services.reporting import file_report, make_report, proposed_name

if TYPE_CHECKING:
    from fieldlog.cli.desk import Desk

_DRAWING: Final = Phrase("쪽을 그립니다", "Drawing pages")
_PAGES: Final = Phrase("{n}쪽", "{n}")


def report(desk: Desk) -> Answer:
    """Build a report over cases and file it; into a folder under the name that offices expect."""
    words = desk.words
    template = words.template.strip().upper()
    out = Path(words.out).expanduser()
    with desk.writing_if_free() as workspace:
        cases = list(dict.fromkeys(browsing.find_case(workspace, name) for name in words.cases))
        rendered = make_report(
            workspace,
            cases,
            template,
            pdfa=words.pdfa,
            photos=words.per_page,
            replace_missing=words.replace_missing,
            on_progress=desk.voice.counter(_DRAWING),
        )
        if out.is_dir() or words.out.endswith(("/", os.sep)):
            out /= proposed_name(workspace, cases, template)
        filed = file_report(workspace, cases, rendered, template, out, overwrite=words.overwrite)
    attachment = (
        [] if filed.attachment is None else [(Phrase("붙임", "Attachment"), plain(str(filed.attachment)))]
    )
    return Answer(
        document={
            "path": str(filed.path),
            "pages": rendered.pages,
            "sha256": rendered.sha256,
            "template": template,
            "pdfa": words.pdfa,
            "attachment": None if filed.attachment is None else str(filed.attachment),
            "attachment_pages": rendered.attachment_pages,
            "cases": cases,
            "notices": list(rendered.notices),
        },
        shown=[
            Facts(
                [
                    (Phrase("보고서", "Report"), plain(str(filed.path))),
                    (Phrase("쪽수", "Pages"), _PAGES.fill(n=rendered.pages)),
                    *attachment,
                ]
            )
        ],
        remarks=list(rendered.notices),
    )
