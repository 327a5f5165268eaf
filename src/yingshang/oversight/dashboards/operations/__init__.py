"""Writes: one function per deed."""

from yingshang.oversight.dashboards.operations.calling import note_call
from yingshang.oversight.dashboards.operations.county import load

__all__ = ["load", "note_call"]
