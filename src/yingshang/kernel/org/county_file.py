"""The county that this installation serves, from its ``county.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from yingshang.kernel.org.schemas import COUNTY
from yingshang.methods import county_files


@dataclass(frozen=True)
class County:
    """Names and numbers of the county.

    code: code of its unit, the root of all units. level: the word that local
    documents put before a department (县、区、市). prefixes: what they put
    there or drop. origin: name of the ledger, as in its checkpoints.
    is_made_up: True for the county that tests use.
    """

    code: str
    name: str
    short_name: str
    full_name: str
    division_code: str
    time_zone: str
    origin: str
    hotline: str
    hotline_is_demo: bool
    level: str
    prefixes: tuple[str, ...]
    is_made_up: bool


def county() -> County:
    """Return the county of this installation. Raises DataProblem when its file does not fit."""
    return read_county(Path(settings.YS_COUNTIES_DIR) / settings.YS_COUNTY)


@cache
def read_county(folder: Path) -> County:
    """Return the county that a folder describes; read once for each folder."""
    data = dict(county_files.read(folder / "county.yaml", COUNTY).data)
    data.pop("schema")
    hotline = data.pop("hotline")
    return County(
        **{**data, "prefixes": tuple(data["prefixes"])}, hotline=hotline["number"], hotline_is_demo=hotline["demo"]
    )
