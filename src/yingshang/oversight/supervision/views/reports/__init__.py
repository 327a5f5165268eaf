"""Pages of problem reports: the reporter's, the public figures, the desk of bureau and unit."""
