"""Training of the starter models: data, losses, loops, export, cards."""
