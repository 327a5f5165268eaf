"""The embedded PostgreSQL under our own supervisor: binaries from the wheel, nothing else from it."""
