"""Style transfer engines."""
