"""What the texts say about supervision, as plain functions."""
