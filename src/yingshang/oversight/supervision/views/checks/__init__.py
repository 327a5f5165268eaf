"""Pages of supervision checks."""
