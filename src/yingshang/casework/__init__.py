"""Service cases: apply, accept, decide, deliver."""
