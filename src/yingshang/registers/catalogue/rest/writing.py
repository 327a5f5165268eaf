"""Writing, reviewing and publishing over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel import access, clock
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.models import ItemVersion
from yingshang.registers.catalogue.queries import desk as queries

router = rest.Router()

Line = Annotated[str, Field(min_length=1, max_length=200)]
Reason = Annotated[str, Field(min_length=1, max_length=400)]


class DraftVersionOut(Schema):
    """A version in any state. ``revision`` is what ``change`` expects."""

    id: int
    slug: str
    item_code: str
    version: int
    title: str
    state: str
    zone: str
    revision: int
    changed_because: str
    review_note: str
    effective_from: date | None


class WholeDraftOut(DraftVersionOut):
    """A version with its content."""

    content: dict[str, Any]


class ItemFaultOut(Schema):
    """One place that keeps a version from being published."""

    path: str
    code: str
    what: str
    remedy: str
    rule: str


class NewItemIn(rest.Bounded):
    """A new item."""

    slug: Annotated[str, Field(max_length=50)]
    title: Line
    kind: Annotated[str, Field(max_length=20)]
    basic: Annotated[str, Field(max_length=12)] = ""
    code: Annotated[str, Field(max_length=60)] = ""


class NewVersionIn(rest.Bounded):
    """A new version of an item."""

    changed_because: Reason
    zone: Annotated[str, Field(max_length=40)] = ""


class SectionIn(rest.Bounded):
    """Another value for one section of a draft, in the shape of an item file."""

    value: Annotated[list[Any] | dict[str, Any], Field(max_length=500)]
    revision: Annotated[int, Field(ge=1, le=1_000_000)]


class ItemReviewIn(rest.Bounded):
    """Agree, or give back with a note."""

    agree: bool
    note: Annotated[str, Field(max_length=400)] = ""


class ItemFromIn(rest.Bounded):
    """From which day."""

    effective_from: date


class RollOutIn(ItemFromIn):
    """From which day, and why."""

    reason: Reason


class TrialReasonIn(rest.Bounded):
    """Why."""

    reason: Reason


class ItemEndIn(rest.Bounded):
    """When and why an item ends, and where people go."""

    ended_on: date
    because: Reason
    by_text: Annotated[str, Field(max_length=200)] = ""
    go_to: Annotated[str, Field(min_length=1, max_length=300)]


class EndedOut(Schema):
    """The item with its end."""

    slug: str
    ended_on: date


@router.get("/drafts", response=rest.answers(rest.PageOf[DraftVersionOut]), summary="正在办理的版本")
def drafts(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List what is being written, reviewed or waits for publication in one's own unit."""
    access.permit(request.actor, "catalogue.see_drafts")
    return rest.page_of(page_after(queries.in_hand_of(request.actor.unit), after, order=("-pk",)), _draft)


@router.post("/drafts", response=rest.answers(DraftVersionOut, status=201), summary="新建事项")
def start_item(request: rest.ActorRequest, given: NewItemIn) -> Any:
    """Begin an item of one's own unit."""
    made = operations.start_item(**given.model_dump(), by=request.actor, at=clock.now())
    return rest.Status(201, _draft(made))


@router.post("/items/{slug}/drafts", response=rest.answers(DraftVersionOut, status=201), summary="起草新的一版")
def start_version(request: rest.ActorRequest, slug: rest.Code, given: NewVersionIn) -> Any:
    """Begin the next version of an item."""
    made = operations.start_version(slug=slug, **given.model_dump(), by=request.actor, at=clock.now())
    return rest.Status(201, _draft(made))


@router.post("/items/{slug}/end", response=rest.answers(EndedOut), summary="停办")
def end_item(request: rest.ActorRequest, slug: rest.Code, given: ItemEndIn) -> Any:
    """Take no new applications from a day on."""
    item = operations.end_item(slug=slug, **given.model_dump(), by=request.actor, at=clock.now())
    return {"slug": item.slug, "ended_on": item.ended_on}


@router.get("/versions/{version_id}", response=rest.answers(WholeDraftOut), summary="一个版本")
def one_version(request: rest.ActorRequest, version_id: rest.Id) -> Any:
    """Return a version with its content to the people who keep its item."""
    version = queries.version_for(request.actor, version_id)
    return {**_draft(version).dict(), "content": version.content}


@router.get("/versions/{version_id}/faults", response=rest.answers(list[ItemFaultOut]), summary="检查")
def faults(request: rest.ActorRequest, version_id: rest.Id) -> Any:
    """List everything that keeps a version from being published today."""
    version = queries.version_for(request.actor, version_id)
    found = queries.faults_of_draft(version, clock.today()) if version.published_at is None else []
    return [ItemFaultOut(**vars(fault)) for fault in found]


@router.put("/versions/{version_id}/sections/{section}", response=rest.answers(DraftVersionOut), summary="改一部分")
def change(request: rest.ActorRequest, version_id: rest.Id, section: rest.Code, given: SectionIn) -> Any:
    """Put another value in one section of a draft; 409 when somebody changed it since."""
    changed = operations.change_section(
        version_id=version_id,
        section=section,
        value=given.value,
        revision=given.revision,
        by=request.actor,
        at=clock.now(),
    )
    return _draft(changed)


@router.post("/versions/{version_id}/send", response=rest.answers(DraftVersionOut), summary="交审核")
def send(request: rest.ActorRequest, version_id: rest.Id) -> Any:
    """Hand a draft to a second person."""
    return _draft(operations.send_to_review(version_id=version_id, by=request.actor, at=clock.now()))


@router.post("/versions/{version_id}/review", response=rest.answers(DraftVersionOut), summary="审核")
def review(request: rest.ActorRequest, version_id: rest.Id, given: ItemReviewIn) -> Any:
    """Agree to a version, or give it back."""
    deed = operations.review_version(version_id=version_id, **given.model_dump(), by=request.actor, at=clock.now())
    return _draft(deed)


@router.post("/versions/{version_id}/publish", response=rest.answers(DraftVersionOut), summary="发布")
def publish(request: rest.ActorRequest, version_id: rest.Id, given: ItemFromIn) -> Any:
    """Publish a reviewed version; the refusal names every fault."""
    deed = operations.publish_version(
        version_id=version_id, effective_from=given.effective_from, by=request.actor, at=clock.now()
    )
    return _draft(deed)


@router.post("/versions/{version_id}/drop", response=rest.answers(DraftVersionOut), summary="放弃一版")
def drop(request: rest.ActorRequest, version_id: rest.Id) -> Any:
    """Give up a version that is not published."""
    return _draft(operations.drop_version(version_id=version_id, by=request.actor, at=clock.now()))


@router.post("/versions/{version_id}/roll-out", response=rest.answers(DraftVersionOut), summary="推广到全县")
def roll_out(request: rest.ActorRequest, version_id: rest.Id, given: RollOutIn) -> Any:
    """Let what was tried in a zone hold in the whole county."""
    deed = operations.roll_out(version_id=version_id, **given.model_dump(), by=request.actor, at=clock.now())
    return _draft(deed)


@router.post("/versions/{version_id}/drop-trial", response=rest.answers(DraftVersionOut), summary="停止试行")
def drop_trial(request: rest.ActorRequest, version_id: rest.Id, given: TrialReasonIn) -> Any:
    """Stop a trial today."""
    deed = operations.drop_trial(version_id=version_id, reason=given.reason, by=request.actor, at=clock.now())
    return _draft(deed)


def _draft(row: ItemVersion) -> DraftVersionOut:
    return DraftVersionOut(
        id=row.pk,
        slug=row.item.slug,
        item_code=row.item.code,
        version=row.number,
        title=row.title,
        state=row.state,
        zone=row.zone.code if row.zone else "",
        revision=row.revision,
        changed_because=row.changed_because,
        review_note=row.review_note,
        effective_from=row.effective_from,
    )
