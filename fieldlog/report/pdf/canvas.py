"""ReportLab's canvas, taught to take a JPEG as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fieldlog.report.jpeg import Jpeg

rl_config.useA85 = (
    0  # ASCII85 is pure Python: it would take three quarters of the time and a fifth more bytes
)


class _JpegObject(PDFImageXObject):  # type: ignore[misc] # ReportLab has no types
    """A JPEG held in the file byte for byte."""

    def __init__(self, name: str, jpeg: Jpeg) -> None:
        super().__init__(name)
        self.width, self.height = jpeg.width, jpeg.height
        self.bitsPerComponent = 8
        self.colorSpace = "DeviceGray" if jpeg.colours == 1 else "DeviceRGB"
        self.streamContent = jpeg.data
        self._filters = ("DCTDecode",)
        self.XObjects = None


class PaperCanvas(Canvas):  # type: ignore[misc] # ReportLab has no types
    """Takes finished operators, and JPEGs without decoding them; ``drawImage`` would unpack every pixel to name the picture."""

    def hold_jpeg(self, name: str, jpeg: Jpeg) -> str:
        """The name under which a JPEG may be drawn on this page; one is held once however often it is drawn."""
        document = self._doc
        registered = str(document.getXObjectName(name))
        if registered not in document.idToObject:
            document.Reference(_JpegObject(name, jpeg), registered)
            document.addForm(name, document.idToObject[registered])
        self._currentPageHasImages = 1
        self._formsinuse.append(name)
        return registered

    def glyphs(self, face: str, text: str) -> Iterator[tuple[str, bytes]]:
        """A text of one face as names of fonts in this file and codes in them."""
        font, document = getFont(face), self._doc
        for subset, codes in font.splitString(text, document):
            yield font.getSubsetInternalName(subset, document), codes

    def write(self, operators: Iterable[str]) -> None:
        """Add finished operators to the page."""
        self._code.extend(operators)
