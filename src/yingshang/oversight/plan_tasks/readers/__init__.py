"""Document readers: a container in, one plain text with its paragraphs and tables out.

All offsets of an imported plan count characters of that text. No database and
no Django here: anybody can read a notice with them.
"""

from yingshang.oversight.plan_tasks.readers.opening import read
from yingshang.oversight.plan_tasks.readers.source import Source, Unreadable

__all__ = ["Source", "Unreadable", "read"]
