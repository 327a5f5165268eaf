"""Forms of the editor and of the deeds on items."""
