"""The open case: its header, where it stands in its cycle, and its tabs."""
