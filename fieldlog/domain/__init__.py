"""What is true: values and rules, the standard library only."""
