"""Tests, laid out like studio/."""
