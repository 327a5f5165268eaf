"""Reads, each with a fixed number of queries."""

from yingshang.oversight.supervision.queries.authority import authorities, authority_on
from yingshang.oversight.supervision.queries.candidates import Watch, watch, watched
from yingshang.oversight.supervision.queries.county import check_rules, rules_of_county
from yingshang.oversight.supervision.queries.ladders import ladder_on
from yingshang.oversight.supervision.queries.reports import (
    WAITING_FIRST,
    PublicFigures,
    ReportCount,
    contact_subject_of,
    counts_by_unit,
    evidence_subject_of,
    keepers_of_contacts,
    photos_of,
    public_figures,
    report_behind,
    report_seen,
    reports_running,
    reports_unanswered,
    reports_waiting,
    steps_of,
    subject_of,
    told_subject_of,
    units_to_name,
    year_until,
)

__all__ = [
    "WAITING_FIRST",
    "PublicFigures",
    "ReportCount",
    "Watch",
    "authorities",
    "authority_on",
    "check_rules",
    "contact_subject_of",
    "counts_by_unit",
    "evidence_subject_of",
    "keepers_of_contacts",
    "ladder_on",
    "photos_of",
    "public_figures",
    "report_behind",
    "report_seen",
    "reports_running",
    "reports_unanswered",
    "reports_waiting",
    "rules_of_county",
    "steps_of",
    "subject_of",
    "told_subject_of",
    "units_to_name",
    "watch",
    "watched",
    "year_until",
]
