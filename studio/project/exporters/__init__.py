"""One module per outside format; each embeds the recipe."""
