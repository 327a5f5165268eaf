"""What everybody may ask: items in force, one version whole, what applies in a situation, versions compared."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.catalogue.models import ItemVersion
from yingshang.registers.catalogue.queries import county, published
from yingshang.registers.catalogue.queries import desk as queries
from yingshang.registers.catalogue.queries.versions import content_of
from yingshang.registers.catalogue.rules.content import plain, read
from yingshang.registers.catalogue.rules.differences import differences, effort

router = rest.Router()


class ServiceItemOut(Schema):
    """One item in force, and what it asks of people. compression: 0 to 1."""

    slug: str
    item_code: str
    title: str
    kind: str
    unit: str
    version: int
    reform_class: str
    effective_from: date
    committed: str
    compression: float | None
    steps: int
    materials: int
    visits: int
    is_online_to_the_end: bool


class ServiceItemVersionOut(Schema):
    """One version whole, in the shape of an item file; ``digest`` is the SHA-256 of ``content``."""

    id: int
    slug: str
    item_code: str
    title: str
    kind: str
    unit: str
    zone: str
    version: int
    procedure: str
    digest: str
    effective_from: date
    effective_to: date | None
    content: dict[str, Any]


class MaterialOut(Schema):
    """A material that applies."""

    key: str
    title: str
    required: bool
    source_kind: str
    tolerable_days: int | None
    commit_allowed: bool


class TakesOut(Schema):
    """Whether new applications are taken; if not, why and where to go."""

    takes: bool
    reason: str
    remedy: str


class GapOut(Schema):
    """Where implementation list and basic catalogue disagree."""

    kind: str
    code: str
    title: str
    unit: str
    slug: str
    words: str


class DifferenceOut(Schema):
    """One change between two versions."""

    section: str
    kind: str
    words: str
    before: str
    after: str
    basis: str
    is_burden: bool


class VersionOut(Schema):
    """One published version in a history."""

    id: int
    version: int
    zone: str
    effective_from: date | None
    effective_to: date | None
    changed_because: str
    steps: int
    materials: int
    visits: int
    committed: str


@router.get("/items", response=rest.answers(rest.PageOf[ServiceItemOut]), summary="生效的事项")
def items(
    request: rest.ActorRequest,
    unit: rest.Code = "",
    kind: rest.Code = "",
    applicant: rest.Code = "",
    life_event: rest.Code = "",
    after: rest.Mark = "",
) -> Any:
    """List the items in force, by title."""
    rows = published(clock.today(), unit=unit, kind=kind, applicant=applicant, life_event=life_event)
    return rest.page_of(page_after(rows, after, order=("title", "pk")), _item)


@router.get("/gaps", response=rest.answers(list[GapOut]), summary="实施清单和基本目录比对")
def gaps(request: rest.ActorRequest) -> Any:
    """List where the implementation list disagrees with the basic catalogue."""
    return [GapOut(**vars(gap)) for gap in county.gaps_on(clock.today())]


@router.get("/items/{item}", response=rest.answers(ServiceItemVersionOut), summary="一个事项的现行版本")
def one_item(request: rest.ActorRequest, item: rest.Code, zone: rest.Code = "") -> Any:
    """Return the version in force today. item: slug or 实施编码; zone: the code of a zone where one is tried."""
    return _whole(catalogue.version_on(item, clock.today(), zone or None))


@router.get("/items/{item}/takes", response=rest.answers(TakesOut), summary="现在收不收新的申请")
def takes(request: rest.ActorRequest, item: rest.Code) -> Any:
    """Say whether new applications are taken today."""
    refusal = catalogue.takes_new_cases(item, clock.today())
    if refusal is None:
        return {"takes": True, "reason": "", "remedy": ""}
    return {"takes": False, "reason": refusal.reason, "remedy": refusal.remedy}


@router.get("/items/{item}/materials", response=rest.answers(list[MaterialOut]), summary="某种情形下要交的材料")
def materials(
    request: rest.ActorRequest,
    item: rest.Code,
    answer: Annotated[list[rest.Code], Query(max_length=12)] = [],  # noqa: B006  the framework copies it
) -> Any:
    """List what applies. answer: ``question:answer``, once for each question."""
    version = catalogue.version_on(item, clock.today())
    answers = dict(each.partition(":")[::2] for each in answer)
    found = catalogue.materials_for(version, answers)
    names = MaterialOut.model_fields
    return [{name: getattr(material, name) for name in names} for material in found]


@router.get("/items/{item}/versions", response=rest.answers(list[VersionOut]), summary="公布过的版本")
def versions(request: rest.ActorRequest, item: rest.Code) -> Any:
    """List the published versions of an item, newest first, with what each asks of people."""
    return [_version(row) for row in queries.public_versions_of(county.public_item(item))]


@router.get("/items/{item}/differences", response=rest.answers(list[DifferenceOut]), summary="两个版本的差别")
def compared(
    request: rest.ActorRequest,
    item: rest.Code,
    first: Annotated[int, Field(ge=1, le=10_000)],
    second: Annotated[int, Field(ge=1, le=10_000)],
) -> Any:
    """List what the second version changes in the first; each added condition names its basis."""
    found = {row.number: row for row in queries.public_versions_of(county.public_item(item))}
    if first not in found or second not in found:
        raise NotFound("这两个版本")
    told = differences(read(found[first].content), read(found[second].content))
    return [DifferenceOut(**vars(each)) for each in told]


def _item(row: ItemVersion) -> ServiceItemOut:
    told = effort(content_of(row))
    assert row.effective_from is not None  # published rows are dated
    return ServiceItemOut(
        slug=row.item.slug,
        item_code=row.item.code,
        title=row.title,
        kind=row.kind,
        unit=row.item.unit.code,
        version=row.number,
        reform_class=row.reform_class,
        effective_from=row.effective_from,
        **vars(told),
    )


def _whole(version: catalogue.Version) -> dict[str, Any]:
    names = ("slug", "item_code", "title", "kind", "unit", "zone", "digest", "effective_from", "effective_to")
    return {
        **{name: getattr(version, name) for name in names},
        "id": version.pk,
        "version": version.number,
        "procedure": version.procedure.procedure_id,
        "content": plain(version.content),
    }


def _version(row: ItemVersion) -> dict[str, Any]:
    told = effort(content_of(row))
    return {
        "id": row.pk,
        "version": row.number,
        "zone": row.zone.code if row.zone else "",
        "effective_from": row.effective_from,
        "effective_to": row.effective_to,
        "changed_because": row.changed_because,
        "steps": told.steps,
        "materials": told.materials,
        "visits": told.visits,
        "committed": told.committed,
    }
