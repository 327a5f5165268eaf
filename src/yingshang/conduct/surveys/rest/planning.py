"""Before asking, over the API: the rolls, and a frame as it would be."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.rest.seen import refuse_strangers
from yingshang.kernel import access, clock
from yingshang.kernel.web import rest

router = rest.Router()

Key = Annotated[str, Field(max_length=80)]


class RollAttributeOut(Schema):
    """What a roll knows of each party. is_group: it can make clusters."""

    key: str
    title: str
    is_group: bool


class RollOut(Schema):
    """A list of parties that can be asked."""

    code: str
    title: str
    hint: str
    kinds: list[str]
    takes_days: bool
    attributes: list[RollAttributeOut]


class FrameIn(rest.Bounded):
    """Which frame: a roll, kinds of parties, what makes strata and clusters, the days of a roll that takes them."""

    roll: Key = "parties.register"
    kinds: Annotated[list[Key], Field(min_length=1, max_length=10)]
    layered_by: Key = rules.KIND
    grouped_by: Key = ""
    dealt_from: date | None = None
    dealt_to: date | None = None
    skip_asked: bool = False


class FramePartOut(Schema):
    """A stratum or a cluster of a frame. stratum: of a cluster."""

    key: str
    title: str
    population: int
    stratum: str


class FrameOut(Schema):
    """A frame as it would be now. left_out: reason → parties."""

    population: int
    strata: list[FramePartOut]
    clusters: list[FramePartOut]
    left_out: dict[str, int]


@router.get("/rolls", response=rest.answers(list[RollOut]))
def rolls(request: rest.ActorRequest) -> Any:
    """List the rolls that can be asked, and what strata and clusters each can make."""
    refuse_strangers(request.actor)
    return [
        {
            "code": one.code,
            "title": one.title,
            "hint": one.hint,
            "kinds": [str(kind) for kind in one.kinds],
            "takes_days": one.takes_days,
            "attributes": [
                {"key": key, "title": each.title, "is_group": each.is_group}
                for key, each in queries.attributes(one).items()
            ],
        }
        for one in queries.rolls()
    ]


@router.post("/questionnaires/{code}/frame", response=rest.answers(FrameOut))
def frame(request: rest.ActorRequest, code: rest.Code, body: FrameIn) -> Any:
    """Return the frame as it would be now; nothing is stored."""
    one = queries.questionnaire(code)
    if access.may(request.actor, "surveys.sample", one.unit) is not None:
        access.permit(request.actor, "surveys.run", one.unit)
    on = clock.today()
    asked = rules.FrameAsked(**body.dict() | {"kinds": tuple(body.kinds)})
    found = queries.laid_out(asked, questionnaire=one, terms=queries.terms_on(on), on=on)
    return {
        "population": found.population,
        "strata": [_part(each) for each in found.strata],
        "clusters": [_part(each) for each in found.clusters],
        "left_out": found.left_out,
    }


def _part(one: queries.Part) -> dict[str, Any]:
    return {"key": one.key, "title": one.title, "population": one.population, "stratum": one.stratum}
