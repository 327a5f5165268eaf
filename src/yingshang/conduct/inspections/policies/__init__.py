"""Who may do what; importing the package registers every policy."""

from yingshang.conduct.inspections.policies import office

__all__ = ["office"]
