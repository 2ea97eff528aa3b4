"""Many files at once: which, whether they are whole, what is done already, and what came of it."""
