"""Deeds on supervision checks."""
