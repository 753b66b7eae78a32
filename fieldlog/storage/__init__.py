"""This machine's truth: the encrypted database and the photo vault."""
