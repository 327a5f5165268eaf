"""Reads, each with a fixed number of queries."""

from yingshang.conduct.surveys.queries.estimates import Estimate, estimates, refuse_lonely, texts
from yingshang.conduct.surveys.queries.surveys import (
    LATEST_FIRST,
    FormBehind,
    Layer,
    draft_of,
    form_behind,
    frame_of,
    layers,
    newest_version,
    next_number,
    published,
    questionnaire,
    questionnaires_of,
    received_in,
    survey,
    surveys_of,
    terms_on,
)

__all__ = [
    "LATEST_FIRST",
    "Estimate",
    "FormBehind",
    "Layer",
    "draft_of",
    "estimates",
    "form_behind",
    "frame_of",
    "layers",
    "newest_version",
    "next_number",
    "published",
    "questionnaire",
    "questionnaires_of",
    "received_in",
    "refuse_lonely",
    "survey",
    "surveys_of",
    "terms_on",
    "texts",
]
