"""Painting practice photographs: textures, a stage with a camera, and the scenes played on it."""
