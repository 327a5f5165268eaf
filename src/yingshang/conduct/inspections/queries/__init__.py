"""Reads, each with a fixed number of queries."""

from yingshang.conduct.inspections.queries.merging import Proposal, proposals_on, span_of
from yingshang.conduct.inspections.queries.pools import (
    grades_on,
    inspectors_on,
    targets_on,
    tied_to,
    ties_on,
    under_observation,
)
from yingshang.conduct.inspections.queries.settled import (
    ITEM_LIST,
    bounds_on,
    cap_on,
    crew_least_on,
    published_items,
    tag_titles,
)
from yingshang.conduct.inspections.queries.visits import (
    Point,
    at_their_cap,
    crew_of,
    disclosure_of,
    faults_of,
    items_of,
    outcomes_of,
    paid_visits,
    points_of,
    visit_with,
)

__all__ = [
    "ITEM_LIST",
    "Point",
    "Proposal",
    "at_their_cap",
    "bounds_on",
    "cap_on",
    "crew_least_on",
    "crew_of",
    "disclosure_of",
    "faults_of",
    "grades_on",
    "inspectors_on",
    "items_of",
    "outcomes_of",
    "paid_visits",
    "points_of",
    "proposals_on",
    "published_items",
    "span_of",
    "tag_titles",
    "targets_on",
    "tied_to",
    "ties_on",
    "under_observation",
    "visit_with",
]
