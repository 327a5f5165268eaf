"""Writes: one function per deed."""

from yingshang.registers.catalogue.operations.drafting import change_section, drop_version, start_item, start_version
from yingshang.registers.catalogue.operations.ending import end_item, forget_ended
from yingshang.registers.catalogue.operations.handling import Grant, delegate, recall, transfer_items
from yingshang.registers.catalogue.operations.loading import load
from yingshang.registers.catalogue.operations.practices import Tried, answer_practice, propose_practice
from yingshang.registers.catalogue.operations.publishing import publish_version
from yingshang.registers.catalogue.operations.reviewing import review_version, send_to_review
from yingshang.registers.catalogue.operations.taking_in import ItemRow, MaterialRow, take_in_items, take_in_materials
from yingshang.registers.catalogue.operations.trials import drop_trial, roll_out

__all__ = [
    "Grant",
    "ItemRow",
    "MaterialRow",
    "Tried",
    "answer_practice",
    "change_section",
    "delegate",
    "drop_trial",
    "drop_version",
    "end_item",
    "forget_ended",
    "load",
    "propose_practice",
    "publish_version",
    "recall",
    "review_version",
    "roll_out",
    "send_to_review",
    "start_item",
    "start_version",
    "take_in_items",
    "take_in_materials",
    "transfer_items",
]
