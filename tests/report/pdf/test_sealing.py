import io

import pikepdf
import pytest
from helpers.dossiers import dossier
from pikepdf import pdfa

from fieldlog.domain.errors import ReportRefused
from fieldlog.report.leaves import describe
from fieldlog.report.pdf.sealing import seal

ABOUT = describe(dossier(), "R1")


def _pdf(content: bytes = b"", **resources: object) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(content)
        if resources:
            pdf.pages[0].Resources = pikepdf.Dictionary(**resources)
        pdf.save(made)
    return made.getvalue()


def test_a_sound_file_is_sealed_and_passes_its_own_check() -> None:
    assert pdfa.validate_written(io.BytesIO(seal(_pdf(), ABOUT, "2b")), "2b").passed


def test_a_file_with_a_font_that_is_not_embedded_is_refused_with_the_reason() -> None:
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    broken = _pdf(b"BT /F1 12 Tf (a) Tj ET", Font=pikepdf.Dictionary(F1=font))
    with pytest.raises(ReportRefused) as refused:
        seal(broken, ABOUT, "2b")
    assert "ISO_19005_2" in refused.value.why.ko
    assert "PDF/A-2b" in refused.value.what.ko


def test_sealing_leaves_nothing_on_the_disk(monkeypatch) -> None:
    import tempfile

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert seal(_pdf(), ABOUT, "2b").startswith(b"%PDF")
