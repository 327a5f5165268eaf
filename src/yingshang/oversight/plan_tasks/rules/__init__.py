"""What the plan's text says, as pure functions."""

from yingshang.oversight.plan_tasks.rules.recipients import SIGN_FOR, parts_of, recipients_of
from yingshang.oversight.plan_tasks.rules.shares import (
    BY_DOCUMENT,
    CARRY_OUT,
    FIELD_OF_ROLE,
    NAME_UNITS,
    STRONGEST_FIRST,
    SUB_PLAN,
    Named,
    OpenQuestion,
    Resolved,
    Role,
    Share,
    named_in,
    names_of,
    place_at,
    questions_of,
    shares_of,
)

__all__ = [
    "BY_DOCUMENT",
    "CARRY_OUT",
    "FIELD_OF_ROLE",
    "NAME_UNITS",
    "SIGN_FOR",
    "STRONGEST_FIRST",
    "SUB_PLAN",
    "Named",
    "OpenQuestion",
    "Resolved",
    "Role",
    "Share",
    "named_in",
    "names_of",
    "parts_of",
    "place_at",
    "questions_of",
    "recipients_of",
    "shares_of",
]
