"""What the texts say about inspections, as plain functions over plain values."""
