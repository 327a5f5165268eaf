"""Template filters of fees."""
