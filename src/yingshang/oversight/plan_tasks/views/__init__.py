"""Pages of the plan: for everybody, for those who review a notice, and for a unit."""
