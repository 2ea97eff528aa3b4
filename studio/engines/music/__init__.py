"""Engines that compose."""
