"""What an official can do: one verb per function."""
