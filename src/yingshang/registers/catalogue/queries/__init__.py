"""Reads: what is published, who acts, what a content is checked against."""

from yingshang.registers.catalogue.queries.checking import form_faults, known_for
from yingshang.registers.catalogue.queries.versions import (
    Version,
    acting_body,
    acting_unit,
    content_of,
    in_force,
    materials_for,
    one_version,
    published,
    stopped,
    version_of,
    version_on,
)

__all__ = [
    "Version",
    "acting_body",
    "acting_unit",
    "content_of",
    "form_faults",
    "in_force",
    "known_for",
    "materials_for",
    "one_version",
    "published",
    "stopped",
    "version_of",
    "version_on",
]
