"""The page of all photographs."""

from fieldlog.ui.page import PageSpec
from fieldlog.ui.pages.photos.page import TITLE, PhotosPage

__all__ = ["SPEC", "PhotosPage"]
SPEC = PageSpec("photos", "images", TITLE, PhotosPage)
