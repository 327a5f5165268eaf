"""Writes: one function per deed."""

from yingshang.registers.catalogue.operations.drafting import change_section, drop_version, start_item, start_version
from yingshang.registers.catalogue.operations.loading import load
from yingshang.registers.catalogue.operations.publishing import publish_version
from yingshang.registers.catalogue.operations.reviewing import review_version, send_to_review

__all__ = [
    "change_section",
    "drop_version",
    "load",
    "publish_version",
    "review_version",
    "send_to_review",
    "start_item",
    "start_version",
]
