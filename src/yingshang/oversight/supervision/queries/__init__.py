"""Reads, each with a fixed number of queries."""

from yingshang.oversight.supervision.queries.authority import authorities, authority_on

__all__ = ["authorities", "authority_on"]
