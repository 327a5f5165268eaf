"""Bring units, groups, posts and demo people from a county folder into the database, again and again."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction

from yingshang.kernel.org.county_file import read_county
from yingshang.kernel.org.loading.groups import load_groups
from yingshang.kernel.org.loading.people import load_people
from yingshang.kernel.org.loading.posts import load_posts
from yingshang.kernel.org.loading.units import load_units
from yingshang.kernel.org.schemas import PEOPLE, POSTS, UNITS
from yingshang.methods import county_files

__all__ = ["load"]


@transaction.atomic
def load(folder: Path) -> None:
    """Load a county's units.yaml and posts.yaml, and its people.yaml in demo mode.

    Idempotent: what stands in the files is made or corrected; what was added
    through the pages (appointments, delegations, mergers) stays. Nothing is
    stored if one row does not fit. Raises county_files.DataProblem with file
    and line.
    """
    county = read_county(folder)
    units = county_files.read(folder / "units.yaml", UNITS)
    load_units(units, root=county.code)
    load_groups(units)
    load_posts(county_files.read(folder / "posts.yaml", POSTS))
    if settings.YS_DEMO and (folder / "people.yaml").exists():
        load_people(county_files.read(folder / "people.yaml", PEOPLE))
