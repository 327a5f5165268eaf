"""The deeds: read for a purpose, hold, object, answer, take from a registry, hand out one's own data."""

from yingshang.registers.profiles.operations.holding import hold, identify
from yingshang.registers.profiles.operations.loading import load
from yingshang.registers.profiles.operations.reading import read, read_all

__all__ = ["hold", "identify", "load", "read", "read_all"]
