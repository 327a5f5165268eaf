"""What this package puts on shared pages."""

from yingshang.conduct.inspections.slots.office import to_do, unsourced

__all__ = ["to_do", "unsourced"]
