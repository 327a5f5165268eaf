"""A grammar of official plans: which tasks, which units in which role, by when, and where each thing stands.

Made for notices nobody here has seen: labels, verbs, tables and unit lines,
brackets of every kind, lists that stay open. ``parse`` returns plan/1.
"""

from yingshang.methods.plan_grammar.blocks import Block, Cell, Paragraph, Table, lines_of
from yingshang.methods.plan_grammar.reading import parse

__all__ = ["Block", "Cell", "Paragraph", "Table", "lines_of", "parse"]
