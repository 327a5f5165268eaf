"""Guides over the API: what is in force, one version in full, what a situation asks for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import Field

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.registers.catalogue import queries
from yingshang.registers.catalogue.queries.guides import Guide, guide_of, numbered
from yingshang.registers.catalogue.queries.versions import materials_for, version_of
from yingshang.registers.catalogue.rules.asking import counting, next_question
from yingshang.registers.catalogue.rules.content import plain
from yingshang.registers.catalogue.rules.wording import committed_words, reliefs

router = rest.Router()
PER_PAGE = 50
Chosen = Annotated[
    str, Query(max_length=600, pattern=r"^[a-z0-9:,\-]*$", description="问题:答案，用逗号隔开，如 business:canteen")
]


class GuideLineOut(Schema):
    """One guide in a list. days: the committed limit in words."""

    slug: str
    title: str
    unit: str
    kind: str
    number: int
    days: str
    visits: int
    is_demo: bool
    digest: str


class GuideFeeOut(Schema):
    """A charge as cited from the fee list; is_cited false: not in the list on this day, must not be taken."""

    code: str
    name: str
    standard: str
    exemption: str
    basis: str
    is_cited: bool


class GuideOut(Schema):
    """One published version in full; content as in item files, docs/capabilities/catalogue.md."""

    slug: str
    item_code: str
    number: int
    title: str
    unit: str
    zone: str
    is_in_force: bool
    newest: int | None
    effective_from: date
    effective_to: date | None
    digest: str
    is_demo: bool
    committed: str
    statutory: str
    fees: list[GuideFeeOut]
    content: dict[str, Any]


class AskedMaterialOut(Schema):
    """A material that applies. reliefs: may come later, be promised, or not be handed in at all."""

    key: str
    title: str
    required: bool
    source_kind: str
    issuer: str
    reliefs: list[str]
    standard: str


class SituationOut(Schema):
    """Where the answers lead: the next question, or, when none is left, what to hand in."""

    question: str
    question_title: str
    answers: dict[str, str] = Field(description="下一个问题的答案：代码和文字")
    materials: list[AskedMaterialOut]


@router.get("/guides", response=rest.answers(rest.PageOf[GuideLineOut]), summary="办事指南")
def guides(
    request: rest.ActorRequest,
    unit: rest.Code = "",
    applicant: rest.Code = "",
    life_event: rest.Code = "",
    after: rest.Mark = "",
) -> dict[str, Any]:
    """Return the guides in force by title: of a unit, for a kind of applicant (A.4), in a life event."""
    rows = queries.published(clock.today(), unit=unit, applicant=applicant, life_event=life_event)
    page = page_after(rows, after, order=("title", "pk"), per_page=PER_PAGE)
    return {"rows": [_line(version_of(row)) for row in page.rows], "next": page.next_mark}


@router.get("/guides/{slug}", response=rest.answers(GuideOut), summary="一份办事指南")
def guide(request: rest.ActorRequest, slug: rest.Code) -> dict[str, Any]:
    """Return the guide of the version in force."""
    today = clock.today()
    return _whole(guide_of(queries.version_on(slug, today), today))


@router.get("/guides/{slug}/editions/{number}", response=rest.answers(GuideOut), summary="办事指南的一版")
def edition(request: rest.ActorRequest, slug: rest.Code, number: rest.Count) -> dict[str, Any]:
    """Return one published version, in force or not."""
    return _whole(guide_of(numbered(slug, number), clock.today()))


@router.get("/guides/{slug}/situation", response=rest.answers(SituationOut), summary="按情形列材料")
def situation(request: rest.ActorRequest, slug: rest.Code, answers: Chosen = "") -> dict[str, Any]:
    """Return the next question of a situation, or the materials that apply once all are answered."""
    content = queries.version_on(slug, clock.today()).content
    given = dict(pair.partition(":")[::2] for pair in answers.split(",") if pair)
    kept = counting(content, given)
    if set(given) - set(kept):
        raise NotFound("这个问题或者答案")
    question = next_question(content, kept)
    shown = () if question else materials_for(content, kept)
    return {
        "question": question.key if question else "",
        "question_title": question.title if question else "",
        "answers": {each.key: each.title for each in question.answers} if question else {},
        "materials": [
            {
                "key": each.key,
                "title": each.title,
                "required": each.required,
                "source_kind": each.source_kind,
                "issuer": each.issuer,
                "reliefs": reliefs(content, each),
                "standard": each.standard,
            }
            for each in shown
        ],
    }


def _line(version: queries.Version) -> dict[str, Any]:
    content = version.content
    return {
        "slug": version.slug,
        "title": version.title,
        "unit": version.unit,
        "kind": version.kind,
        "number": version.number,
        "days": committed_words(content),
        "visits": content.where.visits,
        "is_demo": version.is_demo,
        "digest": version.digest,
    }


def _whole(guide: Guide) -> dict[str, Any]:
    version = guide.version
    fees = [
        {
            "code": line.code,
            "name": line.name,
            "standard": line.words,
            "exemption": line.exemption,
            "basis": line.basis,
            "is_cited": line.is_cited,
        }
        for line in guide.fees
    ]
    return {
        "slug": version.slug,
        "item_code": version.item_code,
        "number": version.number,
        "title": version.title,
        "unit": guide.unit,
        "zone": version.zone,
        "is_in_force": guide.is_in_force,
        "newest": guide.newest,
        "effective_from": version.effective_from,
        "effective_to": version.effective_to,
        "digest": version.digest,
        "is_demo": version.is_demo,
        "committed": guide.committed,
        "statutory": guide.statutory,
        "fees": fees,
        "content": plain(version.content),
    }
