"""The deeds, one function per deed."""

from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse, end_authority, enter_authority

__all__ = ["authority_or_refuse", "end_authority", "enter_authority"]
