"""The page of settings."""

from fieldlog.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
