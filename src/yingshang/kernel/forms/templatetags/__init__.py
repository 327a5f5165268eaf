"""The tag that draws a form."""
