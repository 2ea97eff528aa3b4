"""The widgets panels share. They paint with QPalette roles, so one palette themes them all."""
