"""What the window remembers between two days: sizes, dividers, the page, theme and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from pathlib import Path


class Memory:
    """Small settings of the window in one file; nothing of a case is ever written here."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, otherwise: str = "") -> str:
        """A remembered text."""
        value = self._settings.value(key, otherwise)
        return value if isinstance(value, str) else otherwise

    def number(self, key: str, otherwise: int = 0) -> int:
        """A remembered whole number."""
        try:
            return int(self.text(key, str(otherwise)))
        except ValueError:
            return otherwise

    def flag(self, key: str, *, otherwise: bool = False) -> bool:
        """A remembered yes or no."""
        return self.text(key, "yes" if otherwise else "no") == "yes"

    def shape(self, key: str) -> QByteArray | None:
        """The remembered shape of a window, splitter or header."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else None

    def put(self, key: str, value: str | int | bool | QByteArray) -> None:  # noqa: FBT001
        """Remember something."""
        if isinstance(value, bool):
            self._settings.setValue(key, "yes" if value else "no")
        elif isinstance(value, int):
            self._settings.setValue(key, str(value))
        else:
            self._settings.setValue(key, value)

    def forget(self, key: str) -> None:
        """Forget something."""
        self._settings.remove(key)

    def keep(self) -> None:
        """Write it to the disk now."""
        self._settings.sync()
