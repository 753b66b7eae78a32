"""What the official sees and touches: the only package that speaks Qt."""
