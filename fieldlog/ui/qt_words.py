"""The few words of Qt's own dialogs that its Korean translation lacks (Qt 6.11)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTranslator

from fieldlog.domain.phrase import Phrase

_FILES: Final = {
    "&Look in:": Phrase("찾는 위치(&L):", "&Look in:"),
    "Files of &type:": Phrase("파일 형식(&T):", "Files of &type:"),
}
_KINDS: Final = {
    "Folder": Phrase("폴더", "Folder"),
    "File": Phrase("파일", "File"),
    "%1 File": Phrase("%1 파일", "%1 File"),
    "File Folder": Phrase("파일 폴더", "File Folder"),
    "Drive": Phrase("드라이브", "Drive"),
    "Alias": Phrase("바로 가기", "Alias"),
    "Shortcut": Phrase("바로 가기", "Shortcut"),
    "Unknown": Phrase("알 수 없음", "Unknown"),
}
_ANSWERS: Final = {"OK": Phrase("확인", "OK"), "Help": Phrase("도움말", "Help")}
_LACKING: Final = {"QFileDialog": _FILES, "QAbstractFileIconProvider": _KINDS, "QMessageBox": _ANSWERS}


class QtWords(QTranslator):
    """Asked after Qt's own translation, for what that does not know."""

    def isEmpty(self) -> bool:  # noqa: N802
        """It holds words although no file was read."""
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803
        disambiguation: str | bytes | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str:
        """The Korean of a word; the word itself where it is not one of those."""
        found = _LACKING.get(context, {}).get(sourceText)
        return sourceText if found is None else found.ko
