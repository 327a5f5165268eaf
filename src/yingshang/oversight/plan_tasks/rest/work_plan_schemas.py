"""What goes in and out of the API of units' own plans."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel.web import rest
from yingshang.oversight.plan_tasks.rules import GoalKind

Number = Annotated[Decimal, Field(max_digits=16, decimal_places=4)]
Short = Annotated[str, Field(max_length=80)]
Year = Annotated[int, Field(ge=2000, le=2200)]


class GoalIn(rest.Bounded):
    """What a stage is to reach; which parts are needed depends on ``kind``."""

    kind: GoalKind
    words: Annotated[str, Field(max_length=300)]
    source: Annotated[str, Field(max_length=200)] = ""
    baseline: Number | None = None
    target: Number | None = None
    unit: Annotated[str, Field(max_length=20)] = ""
    target_date: date | None = None
    items: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=100)] = []
    measure: rest.Code = ""


class StageIn(rest.Bounded):
    """One stage. ``follows``: places (from 1) of stages of the same body; used where all stages are put at once."""

    title: Short
    goal: GoalIn
    starts_on: date
    finish_on: date
    answers: Short
    follows: Annotated[list[rest.Count], Field(max_length=60)] = []


class StagesIn(rest.Bounded):
    """All stages of a draft, in order, and the version that was read."""

    stages: Annotated[list[StageIn], Field(max_length=60)]
    version: rest.Count | None = None


class VersionIn(rest.Bounded):
    """The version that was read; null asks for no comparison."""

    version: rest.Count | None = None


class ReasonsGivenIn(rest.Bounded):
    """Why."""

    reasons: Annotated[str, Field(max_length=1000)]


class AimIn(rest.Bounded):
    """What the plan as a whole is to reach."""

    aim: Annotated[str, Field(max_length=1000)]


class FollowsIn(rest.Bounded):
    """Ids of the stages that one depends on."""

    follows: Annotated[list[rest.Id], Field(max_length=60)]


class ToldIn(rest.Bounded):
    """How far a stage is. ``items_done``: places in the goal's list, from 0."""

    words: Annotated[str, Field(max_length=1000)] = ""
    problem: Annotated[str, Field(max_length=500)] = ""
    value: Number | None = None
    reached_on: date | None = None
    items_done: Annotated[list[rest.Count], Field(max_length=100)] = []


class WordsIn(rest.Bounded):
    """A remark."""

    words: Annotated[str, Field(max_length=1000)] = ""


class StageOut(Schema):
    """One stage as it stands today."""

    pk: int
    place: int
    title: str
    goal: str
    source: str
    starts_on: date
    finish_on: date
    answers: str
    follows: str
    state: str
    value: str
    problem: str
    lamp: str | None


class PlanOfUnitOut(Schema):
    """One plan of a unit."""

    pk: int
    title: str
    unit_code: str
    unit_name: str
    task: str
    state: str
    edition: int | None
    stages: int
    done: int
    due_date: date | None
    lamp: str | None


class FaultOut(Schema):
    """One line of the desk's check list."""

    title: str
    outcome: str
    words: str


class PlanDetailOut(Schema):
    """A plan with the edition shown: what is in hand for its unit, else what is in force."""

    id: int
    title: str
    unit: str
    edition_id: int | None
    edition: int | None
    state: str
    version: int | None
    aim: str
    change_reason: str
    letter_no: str
    stages: list[StageOut]
    checks: list[FaultOut]


class FilingOut(Schema):
    """One filing and what was decided."""

    id: int
    title: str
    unit: str
    edition: int
    round: int
    filed_at: datetime
    digest: str
    outcome: str
    reasons: str


class FilingDetailOut(FilingOut):
    """A filing with what was filed, word for word (work-plan/1)."""

    content: dict[str, Any]


class SaidOut(Schema):
    """One entry about a stage."""

    id: int
    kind: str
    value: Decimal | None
    is_measured: bool
    reached_on: date | None
    items_done: list[int]
    words: str
    problem: str
    document: str
    at: datetime


class AskedOut(SaidOut):
    """A request for sign-off that waits."""

    stage_id: int
    stage: str
    unit: str


class LetterOut(Schema):
    """Whether a letter is signed."""

    unit_code: str
    unit_name: str
    title: str
    accepted_on: date | None
    number: str
    signer: str
    signed_at: datetime | None
    state: str
    due_date: date | None


class TypingOut(Schema):
    """The typing of one month."""

    month: str
    hours: Decimal
    forms: int
    fields: int


class RoadmapOut(Schema):
    """The drawing as SVG text."""

    svg: str
