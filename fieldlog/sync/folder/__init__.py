"""An office as a shared folder: immutable files, no locks, nothing overwritten (sync specification, section 2)."""

from fieldlog.sync.folder.office import OfficeFile, create_folder_office
from fieldlog.sync.folder.route import FolderRemote
from fieldlog.sync.folder.shelf import Seen, Strange

__all__ = ["FolderRemote", "OfficeFile", "Seen", "Strange", "create_folder_office"]
