"""Atelier, an offline creative studio."""

__version__ = "0.1.0"
