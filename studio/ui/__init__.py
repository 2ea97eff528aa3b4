"""The window and the widgets that panels share."""
