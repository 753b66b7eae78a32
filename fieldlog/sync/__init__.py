"""Bringing stores together: over an office folder, a server or a bundle, with nothing lost."""
