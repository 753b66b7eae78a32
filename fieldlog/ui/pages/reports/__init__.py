"""The page of reports."""

from fieldlog.ui.page import PageSpec
from fieldlog.ui.pages.reports.page import TITLE, ReportsPage

__all__ = ["SPEC", "ReportsPage"]
SPEC = PageSpec("reports", "file-text", TITLE, ReportsPage)
