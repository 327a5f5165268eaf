"""Pages: the desk of those who write and publish items, and what everybody may compare."""
