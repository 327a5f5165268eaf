"""What units and parties do: projects, inspections, complaints and the rest."""
