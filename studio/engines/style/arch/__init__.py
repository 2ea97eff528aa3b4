"""Network definitions of other people's models, each with its licence beside it."""
