"""Draws for machines: everything public for everybody, every deed for those who may."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.draws import assigning, dice, ending, gathering, inviting, planning, running, sealing
from yingshang.kernel.draws.models import Draw, Step
from yingshang.kernel.draws.publishing import published
from yingshang.kernel.draws.queries import draw_of, draws
from yingshang.kernel.draws.standing import Standing, standing_of, standings_of
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.methods import draw as method

router = rest.Router()

Serial = Annotated[int, Field(ge=1, le=2**31 - 1, description="编号")]
Hex = Annotated[str, Field(max_length=200, pattern=r"^[0-9a-fA-F]*$")]
Digest = Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]


class DrawOut(Schema):
    """One draw as everybody may see it."""

    serial: int
    title: str
    purpose: str
    unit: str
    state: str = Field(description="sealed、gathering、ready、drawn、revealed、void")
    missing: list[str] = Field(description="还缺的随机数来源")
    digest: str
    head: str
    committed_at: datetime
    beacon_at: datetime | None


class StepOut(Schema):
    """One step; ``content`` is null while it is sealed."""

    number: int
    does: str
    source: str
    content: dict[str, Any] | None
    digest: str
    at: datetime
    entry: UUID


class DrawDetailOut(DrawOut):
    """A draw with its commitment and its steps."""

    commitment: dict[str, Any]
    steps: list[StepOut]


class AssignmentOut(Schema):
    """Who visits whom."""

    stratum: str
    target: str
    team: list[str]


class StratumIn(rest.Bounded):
    """A class: a ratio, or a count."""

    name: Name
    num: Whole = 0
    den: Whole = 0
    count: Whole = 0
    field: Annotated[str, Field(max_length=40)] = ""


class PlanIn(rest.Bounded):
    """A plan to seal; rows as in the sheets of the page."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    strata: Annotated[list[StratumIn], Field(max_length=100)]
    targets: Annotated[list[Annotated[list[str], Field(min_length=2, max_length=3)]], Field(max_length=50_000)]
    inspectors: Annotated[list[Annotated[list[str], Field(min_length=2, max_length=3)]], Field(max_length=5_000)] = []
    conflicts: Annotated[list[Annotated[list[str], Field(min_length=2, max_length=2)]], Field(max_length=50_000)] = []
    different_units: bool = False
    dice: bool = True
    beacon_at: rest.Moment | None = None
    invitations: Annotated[list[rest.Id], Field(max_length=20)] = []


class DieIn(rest.Bounded):
    """One die; ``take`` counts the entries of its place."""

    place: Whole
    digit: Whole
    take: Annotated[int, Field(ge=1, le=1000)] = 1


class DigitsIn(rest.Bounded):
    """Twenty digits."""

    digits: Annotated[str, Field(max_length=40)]


class BeaconIn(rest.Bounded):
    """The signature of the round that the rule names."""

    signature: Hex
    previous: Hex = ""


class ValueIn(rest.Bounded):
    """What an invited one discloses; without a value, that it did not."""

    name: Name
    value: Annotated[str, Field(max_length=64)] = ""


class InvitationIn(rest.Bounded):
    """Whom to invite: a unit or a party."""

    unit: rest.Code = ""
    party: rest.Code = ""
    name: Annotated[str, Field(max_length=40)] = ""


class InvitationOut(Schema):
    """An invitation and whether it is answered."""

    id: int
    name: str
    is_pledged: bool


class PledgeIn(rest.Bounded):
    """The digest of one's value."""

    commitment: Digest


class SubstituteIn(rest.Bounded):
    """Who is skipped, why, and the digest of what shows it."""

    role: Annotated[str, Field(pattern=r"^(target|inspector)$", max_length=10)]
    target: Name
    out: Name
    reason: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", max_length=40)]
    evidence: Digest


class VoidIn(rest.Bounded):
    """Why it counts for nothing."""

    reason: rest.Code
    note: Annotated[str, Field(max_length=300)] = ""


@router.get("/", response=rest.answers(rest.PageOf[DrawOut]), summary="摇号登记")
def register(request: rest.ActorRequest, after: rest.Mark = "") -> dict[str, Any]:
    """Return every draw, newest first, void and unfinished ones too."""
    page = page_after(draws(), after, order=("-serial",))
    standings = standings_of(page.rows)
    return rest.page_of(page, lambda draw: _drawn(draw, standings[draw.serial]))


@router.post("/", response=rest.answers(DrawOut, status=201), summary="封存方案")
def seal(request: rest.ActorRequest, body: PlanIn) -> Any:
    """Seal a plan."""
    sealing.host_of(request.actor)
    plan = planning.plan_from(
        title=body.title,
        strata=[method.Stratum(**one.dict()) for one in body.strata],
        targets=body.targets,
        inspectors=body.inspectors,
        conflicts=body.conflicts,
        different_units=body.different_units,
    )
    draw = sealing.seal_plan(
        plan=plan,
        purpose=planning.BY_HAND,
        title=body.title,
        dice=body.dice,
        beacon_at=body.beacon_at,
        invitations=body.invitations,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, _now(draw.serial))


@router.post("/invitations", response=rest.answers(InvitationOut, status=201), summary="邀请一方提供随机数")
def invite(request: rest.ActorRequest, body: InvitationIn) -> Any:
    """Invite a unit or a party."""
    made = inviting.invite(unit=body.unit, party=body.party, name=body.name, by=request.actor, at=clock.now())
    return rest.Status(201, {"id": made.pk, "name": made.name, "is_pledged": False})


@router.post("/invitations/{invitation_id}/pledge", response=rest.answers(InvitationOut), summary="提交随机数承诺")
def pledge(request: rest.ActorRequest, invitation_id: rest.Id, body: PledgeIn) -> Any:
    """Hand in the digest of one's value."""
    made = inviting.pledge(invitation_id=invitation_id, commitment=body.commitment, by=request.actor, at=clock.now())
    return {"id": made.invitation_id, "name": made.invitation.name, "is_pledged": True}


@router.get("/{serial}", response=rest.answers(DrawDetailOut), summary="一次摇号")
def one(request: rest.ActorRequest, serial: Serial) -> dict[str, Any]:
    """Return one draw with its steps."""
    draw = draw_of(serial)
    steps = [_stepped(step) for step in draw.steps.all()]
    return _drawn(draw, standing_of(draw)) | {"commitment": draw.commitment, "steps": steps}


@router.get("/{serial}/file", response=rest.answers(dict[str, Any]), summary="公布文件draw/1")
def file(request: rest.ActorRequest, serial: Serial) -> Any:
    """Return the published file of a draw, byte for byte what verifiers read."""
    return HttpResponse(published(serial), content_type="application/json; charset=utf-8")


@router.post("/{serial}/die", response=rest.answers(DrawOut), summary="录入一颗骰子")
def throw(request: rest.ActorRequest, serial: Serial, body: DieIn) -> Any:
    """Enter or correct one die."""
    dice.throw_die(serial=serial, place=body.place, digit=body.digit, take=body.take, by=request.actor, at=clock.now())
    return _now(serial)


@router.post("/{serial}/dice", response=rest.answers(DrawOut), summary="录入二十颗骰子")
def throw_all(request: rest.ActorRequest, serial: Serial, body: DigitsIn) -> Any:
    """Enter all dice; the witness still confirms."""
    dice.add_dice(serial=serial, digits=body.digits, by=request.actor, at=clock.now())
    return _now(serial)


@router.post("/{serial}/confirmation", response=rest.answers(DrawOut), summary="见证人确认骰子")
def confirm(request: rest.ActorRequest, serial: Serial, body: DigitsIn) -> Any:
    """Confirm the dice as the witness."""
    dice.confirm_dice(serial=serial, digits=body.digits, by=request.actor, at=clock.now())
    return _now(serial)


@router.post("/{serial}/beacon", response=rest.answers(DrawOut), summary="提交公共信标")
def give_beacon(request: rest.ActorRequest, serial: Serial, body: BeaconIn) -> Any:
    """Bring the signature of the beacon."""
    gathering.add_beacon(
        serial=serial, signature=body.signature, previous=body.previous, by=request.actor, at=clock.now()
    )
    return _now(serial)


@router.post("/{serial}/value", response=rest.answers(DrawOut), summary="受邀方揭示随机数")
def disclose(request: rest.ActorRequest, serial: Serial, body: ValueIn) -> Any:
    """Disclose a pledged value; or, as the host and in time, put on record that none came."""
    if body.value:
        gathering.add_reveal(serial=serial, name=body.name, value=body.value, by=request.actor, at=clock.now())
    else:
        gathering.add_refusal(serial=serial, name=body.name, by=request.actor, at=clock.now())
    return _now(serial)


@router.post("/{serial}/run", response=rest.answers(DrawOut), summary="抽取")
def run(request: rest.ActorRequest, serial: Serial) -> Any:
    """Draw."""
    running.run(serial=serial, by=request.actor, at=clock.now())
    return _now(serial)


@router.get("/{serial}/result", response=rest.answers(list[AssignmentOut]), summary="抽取结果")
def result(request: rest.ActorRequest, serial: Serial) -> Any:
    """Return who visits whom, for the hosting unit; for everybody the file says it once it is revealed."""
    return assigning.result_of(serial=serial, by=request.actor)


@router.post("/{serial}/substitutions", response=rest.answers(DrawOut), summary="替补")
def substitute(request: rest.ActorRequest, serial: Serial, body: SubstituteIn) -> Any:
    """Skip somebody; the next ticket takes the place."""
    assigning.substitute(serial=serial, by=request.actor, at=clock.now(), **body.dict())
    return _now(serial)


@router.post("/{serial}/reveal", response=rest.answers(DrawOut), summary="公布")
def reveal(request: rest.ActorRequest, serial: Serial) -> Any:
    """Publish plan, code and result."""
    ending.reveal(serial=serial, by=request.actor, at=clock.now())
    return _now(serial)


@router.post("/{serial}/void", response=rest.answers(DrawOut), summary="作废")
def void(request: rest.ActorRequest, serial: Serial, body: VoidIn) -> Any:
    """Void a draw with a public reason."""
    ending.void(serial=serial, reason=body.reason, note=body.note, by=request.actor, at=clock.now())
    return _now(serial)


def _now(serial: int) -> dict[str, Any]:
    draw = draw_of(serial)
    return _drawn(draw, standing_of(draw))


def _drawn(draw: Draw, standing: Standing) -> dict[str, Any]:
    return {
        "serial": draw.serial,
        "title": draw.title,
        "purpose": draw.purpose,
        "unit": draw.unit.code,
        "state": standing.state,
        "missing": list(standing.missing),
        "digest": draw.digest,
        "head": draw.head,
        "committed_at": draw.committed_at,
        "beacon_at": draw.beacon_at,
    }


def _stepped(step: Step) -> dict[str, Any]:
    return {
        "number": step.number,
        "does": step.does,
        "source": step.source,
        "content": step.content,
        "digest": step.digest,
        "at": step.at,
        "entry": step.entry_id,
    }
