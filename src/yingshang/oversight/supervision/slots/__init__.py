"""What this package puts on shared pages."""

from yingshang.oversight.supervision.slots.calls import drafted_letters
from yingshang.oversight.supervision.slots.sources import unsourced
from yingshang.oversight.supervision.slots.workbench import to_do

__all__ = ["drafted_letters", "to_do", "unsourced"]
