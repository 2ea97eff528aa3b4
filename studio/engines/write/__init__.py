"""Language models, in the engine process only."""
