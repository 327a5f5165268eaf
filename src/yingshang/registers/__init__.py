"""Reference records that others look up."""
