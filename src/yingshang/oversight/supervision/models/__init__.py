"""Tables of supervision: facts and constraints, no deeds."""

from yingshang.oversight.supervision.models.authority import Authority

__all__ = ["Authority"]
