"""The page of cases."""

from fieldlog.ui.pages.cases.page import TITLE, CasesPage

__all__ = ["TITLE", "CasesPage"]
