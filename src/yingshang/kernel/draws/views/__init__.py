"""Pages of draws: public ones first, then those of hosts, witnesses and invited ones."""
