"""Writes: one function per deed."""

from yingshang.conduct.inspections.operations.loading import load

__all__ = ["load"]
