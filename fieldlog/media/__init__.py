"""Pictures: what they say of themselves, and smaller renditions of them."""
