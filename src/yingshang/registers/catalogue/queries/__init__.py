"""Reads: what is published, who acts, what a content is checked against."""

from yingshang.registers.catalogue.queries.checking import form_faults, known_for
from yingshang.registers.catalogue.queries.measured import (
    average_compression,
    committed_share,
    items,
    materials_per_item,
    online_rate,
    practices_answered_rate,
    visits_per_item,
)
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
    "average_compression",
    "committed_share",
    "content_of",
    "form_faults",
    "in_force",
    "items",
    "known_for",
    "materials_for",
    "materials_per_item",
    "one_version",
    "online_rate",
    "practices_answered_rate",
    "published",
    "stopped",
    "version_of",
    "version_on",
    "visits_per_item",
]
