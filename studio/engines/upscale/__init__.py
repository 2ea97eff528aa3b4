"""Upscale engines: networks that enlarge or clean a picture."""
