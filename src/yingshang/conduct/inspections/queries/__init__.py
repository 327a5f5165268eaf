"""Reads, each with a fixed number of queries."""

from yingshang.conduct.inspections.queries.pools import (
    grades_on,
    inspectors_on,
    targets_on,
    ties_on,
    under_observation,
)
from yingshang.conduct.inspections.queries.settled import ITEM_LIST, bounds_on, cap_on, crew_least_on, published_items
from yingshang.conduct.inspections.queries.visits import at_their_cap, paid_visits

__all__ = [
    "ITEM_LIST",
    "at_their_cap",
    "bounds_on",
    "cap_on",
    "crew_least_on",
    "grades_on",
    "inspectors_on",
    "paid_visits",
    "published_items",
    "targets_on",
    "ties_on",
    "under_observation",
]
