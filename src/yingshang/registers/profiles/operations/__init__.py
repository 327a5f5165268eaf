"""The deeds: read for a purpose, hold, object, answer, take from a registry, hand out one's own data."""

from yingshang.registers.profiles.operations.asking_registry import take_from_registry
from yingshang.registers.profiles.operations.exporting import as_paper, export_own
from yingshang.registers.profiles.operations.holding import hold, identify
from yingshang.registers.profiles.operations.loading import load
from yingshang.registers.profiles.operations.objecting import Laid, answer, ask_correction, ask_who, lay_open
from yingshang.registers.profiles.operations.reading import read, read_all

__all__ = [
    "Laid",
    "answer",
    "as_paper",
    "ask_correction",
    "ask_who",
    "export_own",
    "hold",
    "identify",
    "lay_open",
    "load",
    "read",
    "read_all",
    "take_from_registry",
]
