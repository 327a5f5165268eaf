"""Who may do what; importing the package registers every policy."""

from yingshang.conduct.inspections.policies import field, office

__all__ = ["field", "office"]
