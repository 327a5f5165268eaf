"""Reads official plans: who leads, who is responsible, by when, under which text.

A grammar, not a pattern for one document. Blocks that a container reader made
go in, a plan/1 dictionary comes out; the printed text is never changed, repairs
happen on a shadow copy that knows the offset of every character.
"""

from yingshang.methods.plan_grammar.blocks import Block, Cell, Paragraph, Table, plain_text
from yingshang.methods.plan_grammar.plan import parse
from yingshang.methods.plan_grammar.schema import PLAN

__all__ = ["PLAN", "Block", "Cell", "Paragraph", "Table", "parse", "plain_text"]
