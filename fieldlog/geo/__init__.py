"""Places: how they are written, and how far apart they lie."""
