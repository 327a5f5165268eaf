"""Tables: items and their versions, who handles them, what they are checked against, practices to adopt."""

from yingshang.registers.catalogue.models.handling import Delegation, Transfer
from yingshang.registers.catalogue.models.item import Item, ItemVersion
from yingshang.registers.catalogue.models.practice import Adoption, Practice
from yingshang.registers.catalogue.models.reference import BasicItem, Code, ForbiddenWord, Implementer, NamedList

__all__ = [
    "Adoption",
    "BasicItem",
    "Code",
    "Delegation",
    "ForbiddenWord",
    "Implementer",
    "Item",
    "ItemVersion",
    "NamedList",
    "Practice",
    "Transfer",
]
