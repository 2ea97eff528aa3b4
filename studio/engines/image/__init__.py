"""Engines of the Image panel."""
