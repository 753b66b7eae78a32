"""fieldlog: record a problem on site, offline, and hand in the report."""

__version__ = "26.11.0"
