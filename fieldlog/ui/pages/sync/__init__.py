"""The page of syncing."""

from fieldlog.ui.pages.sync.page import SyncPage

__all__ = ["SyncPage"]
