"""Texts that leave the studio as documents, and documents that come in as texts."""
