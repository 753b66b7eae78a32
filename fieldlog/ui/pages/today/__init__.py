"""The page of the day."""

from fieldlog.ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
