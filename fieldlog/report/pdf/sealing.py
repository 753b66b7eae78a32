"""Making a PDF fit for the archive: PDF/A, the same bytes for the same content, checked before it leaves."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Literal

import pikepdf

from fieldlog.domain.errors import ReportRefused
from fieldlog.domain.phrase import Phrase, plain
from fieldlog.report.pdf.postponing import postpone

if TYPE_CHECKING:
    from datetime import datetime

    from fieldlog.report.blocks import About

Flavour = Literal["2b", "1b"]
_METADATA_DATE: Final = re.compile(rb"(<xmp:MetadataDate>)[^<]*(</xmp:MetadataDate>)")
_FINDINGS_TOLD: Final = 3


def archive() -> Any:
    """The part of pikepdf that makes and checks PDF/A.

    It names a reader of OpenType's own tables and a list of glyph names, which the check of TrueType
    subsets does not use: a quarter of its loading time.
    """
    postpone("fontTools.ttLib.tables.otTables", "fontTools.agl")
    from pikepdf import pdfa  # noqa: PLC0415

    return pdfa


def seal(painted: bytes, about: About, flavour: Flavour) -> bytes:
    """The PDF as PDF/A of the wanted flavour, in memory only.

    ``pikepdf.pdfa.save`` would do the same through a temporary file: nothing of a case may touch the
    disk outside the store's own doors.

    Raises:
        ReportRefused: The result does not conform, with the first findings as the reason.
    """
    pdfa = archive()
    made = BytesIO()
    with pikepdf.open(BytesIO(painted)) as pdf:
        _tidy(pdf, about)
        pdfa.prepare(pdf, flavour)
        _fix_metadata_date(pdf, about.changed_at)
        settings = pdfa.resolve_save_kwargs(flavour, deterministic_id=True)
        pdf.save(made, **settings)
    made.seek(0)
    report = pdfa.validate_written(made, flavour, save_kwargs=settings)
    if not report.passed:
        raise _refused(report, flavour)
    return made.getvalue()


def _tidy(pdf: Any, about: About) -> None:
    """What ReportLab leaves behind goes, what it cannot write comes."""
    for page in pdf.pages:
        if "/Trans" in page:
            del page.obj["/Trans"]
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/CreationDate"] = pikepdf.String(_pdf_date(about.created_at))
    pdf.docinfo["/ModDate"] = pikepdf.String(_pdf_date(about.changed_at))
    if "/Trapped" in pdf.docinfo:
        del pdf.docinfo["/Trapped"]


def _pdf_date(moment: datetime) -> str:
    """A moment as PDF writes it: ``D:20260309084000+09'00'`` (ISO 32000-1, 7.9.4)."""
    zone = f"{moment:%z}"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _fix_metadata_date(pdf: Any, moment: datetime) -> None:
    """The date of the metadata is the case's own, so that the same case gives the same bytes."""
    stamp = moment.isoformat(timespec="seconds").encode()
    metadata = pdf.Root.Metadata
    metadata.write(_METADATA_DATE.sub(rb"\g<1>" + stamp + rb"\g<2>", metadata.read_bytes()))


def _refused(report: Any, flavour: Flavour) -> ReportRefused:
    findings = "; ".join(f"{finding.rule} {finding.message}" for finding in report.findings[:_FINDINGS_TOLD])
    return ReportRefused(
        Phrase(
            "보존용 PDF/A-{flavour} 검사를 통과하지 못했습니다.",
            "The file does not conform to PDF/A-{flavour}.",
        ).fill(flavour=flavour),
        plain(findings),
        Phrase(
            "파일을 만들지 않았습니다. 이 내용을 관리자에게 알려 주십시오.",
            "No file was made. Please tell this to your administrator.",
        ),
    )
