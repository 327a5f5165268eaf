"""The chapters of the story, in order. Adding one adds one line here."""

from __future__ import annotations

from collections.abc import Sequence

from yingshang.site.story import draws_and_inspections, plan_at_work, service_cases
from yingshang.site.story.scene import Chapter

CHAPTERS: Sequence[Chapter] = [
    plan_at_work.CHAPTER,
    draws_and_inspections.CHAPTER,
    service_cases.LICENSE,
    service_cases.DEEMED,
]
