"""The command line: one command, one answer, for people and for programs."""
