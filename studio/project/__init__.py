"""The document: one crash-safe file that holds everything made and how."""
