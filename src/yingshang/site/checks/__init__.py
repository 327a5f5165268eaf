"""Checks of what no linter knows: documents, locks, migrations. Each is a module that exits 1 with what it found."""
