"""Telling on paper: from a record to an archivable PDF."""
