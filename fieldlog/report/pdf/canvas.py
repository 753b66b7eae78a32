"""ReportLab's canvas, taught to take a JPEG as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
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
    """Draws JPEGs without decoding them; ``drawImage`` would unpack every pixel to name the picture."""

    def draw_jpeg(self, name: str, jpeg: Jpeg, box: tuple[float, float, float, float]) -> None:
        """Draw a JPEG into a rectangle (x, y of its lower left corner, width, height); one name is held once however often it is drawn."""
        x, y, width, height = box
        document = self._doc
        registered = document.getXObjectName(name)
        if registered not in document.idToObject:
            document.Reference(_JpegObject(name, jpeg), registered)
            document.addForm(name, document.idToObject[registered])
        self._currentPageHasImages = 1
        self._formsinuse.append(name)
        self._code.append(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{registered} Do Q")
