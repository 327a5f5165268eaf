"""Pages: translate, call one deed, translate back."""
