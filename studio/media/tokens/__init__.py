"""Music as a row of tokens, for networks that foretell the next one; `vocabulary` says what they are."""
