"""What the studio is about: values and protocols. Standard library and numpy types only."""
