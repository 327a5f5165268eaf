"""The committed catalogue of event names: the sideways road between packages.

An unknown name stops the program at start; a known one whose teller is not
installed is reported as *not installed*.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

CATALOGUE = Path(__file__).with_name("events.yaml")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return event name → payload field → plain type (``int``, ``str``, ``bool``)."""
    text = CATALOGUE.read_text(encoding="utf-8")
    return {name: dict(fields or {}) for name, fields in (yaml.safe_load(text) or {}).items()}
