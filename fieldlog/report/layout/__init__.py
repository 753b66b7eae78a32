"""Deciding where on paper everything stands: pure arithmetic over measured type."""
