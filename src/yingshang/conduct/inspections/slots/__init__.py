"""What this package puts on shared pages."""

from yingshang.conduct.inspections.slots.asking import survey_frames
from yingshang.conduct.inspections.slots.office import to_do, unsourced

__all__ = ["survey_frames", "to_do", "unsourced"]
