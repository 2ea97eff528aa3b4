"""Inference; the only package that imports model libraries."""
