"""Model files: found, looked into, verified, brought in. Data, never code."""
