"""Pictures, sound and scores between bytes, arrays and text. Pure functions."""
