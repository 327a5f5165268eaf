"""Template tags: ``{% load ys %}``."""
