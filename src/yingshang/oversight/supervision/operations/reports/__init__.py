"""Deeds on public problem reports."""
