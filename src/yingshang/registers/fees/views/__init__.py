"""Pages: translate, call one operation, translate."""
