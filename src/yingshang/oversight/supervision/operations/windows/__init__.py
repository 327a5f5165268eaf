"""Deeds of units that look at themselves: window self-checks and problem lists."""
