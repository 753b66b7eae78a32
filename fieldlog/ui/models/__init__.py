"""What the window's tables and trees show, held apart from how they are drawn."""
