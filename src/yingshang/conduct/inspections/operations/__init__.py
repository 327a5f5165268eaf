"""Writes: one function per deed."""

from yingshang.conduct.inspections.operations.loading import load
from yingshang.conduct.inspections.operations.scheduling import keep_attempt, plan_visit

__all__ = ["keep_attempt", "load", "plan_visit"]
