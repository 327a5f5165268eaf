"""The county whose site this is: its names and telephone numbers, read once from its folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


@dataclass(frozen=True)
class Place:
    """What the frame of every page says about the county."""

    name: str
    site_name: str
    seal: str
    hotline: str
    hotline_dial: str
    responsible: str


@cache
def place() -> Place:
    """Return the county of ``settings.YS_COUNTY``; what its file leaves out has a plain default."""
    file = Path(settings.YS_COUNTIES_DIR) / settings.YS_COUNTY / "county.yaml"
    facts: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    name = str(facts.get("name", "本县"))
    hotline = str((facts.get("hotline") or {}).get("number", "12345"))
    return Place(
        name=name,
        site_name=str(facts.get("site_name", f"{name}营商环境平台")),
        seal=str(facts.get("seal", "营商")),
        hotline=hotline,
        hotline_dial=re.sub(r"[^0-9+]", "", hotline),
        responsible=str(facts.get("responsible", f"{name}营商环境建设监督局")),
    )
