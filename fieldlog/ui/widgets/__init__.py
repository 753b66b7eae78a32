"""The parts pages are made of, each with a name, a role, a keyboard way and both languages."""
