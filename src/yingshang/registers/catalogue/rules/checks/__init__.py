"""What keeps a content from being published: every fault at once, each with the rule that says so."""

from __future__ import annotations

from yingshang.registers.catalogue.rules.checks.completeness import completeness
from yingshang.registers.catalogue.rules.checks.known import BasicRow, Known, Word
from yingshang.registers.catalogue.rules.checks.materials import material_faults
from yingshang.registers.catalogue.rules.checks.powers import power_faults
from yingshang.registers.catalogue.rules.checks.running import running_faults
from yingshang.registers.catalogue.rules.checks.situations import situation_faults
from yingshang.registers.catalogue.rules.content import SECTIONS, Content, Fault

__all__ = ["BasicRow", "Known", "Word", "faults"]


def faults(content: Content, known: Known) -> list[Fault]:
    """Return everything that keeps a content from being published, in the order of its sections; empty: nothing."""
    found = [
        *completeness(content, known),
        *power_faults(content, known),
        *running_faults(content, known),
        *material_faults(content, known),
        *situation_faults(content),
    ]
    places = {section: place for place, section in enumerate(SECTIONS)}
    return sorted(found, key=lambda fault: places.get(fault.section, len(places)))
