"""Pages of self-checks and problem lists."""
