"""The pages of this package: home, workbench, faces, standings, layout and language, components."""
