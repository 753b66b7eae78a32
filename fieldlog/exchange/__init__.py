"""Files that come from elsewhere, and files that go elsewhere."""
