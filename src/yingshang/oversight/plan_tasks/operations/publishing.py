"""Publish a confirmed reading as an edition of a plan, and open what units owe."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yingshang.kernel import access, ledger, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import (
    Assignment,
    Edition,
    Passage,
    Plan,
    Question,
    Reading,
    Section,
    Task,
)
from yingshang.oversight.plan_tasks.operations.announcing import announce
from yingshang.oversight.plan_tasks.operations.delivering import deliver_edition
from yingshang.oversight.plan_tasks.operations.duties import settle
from yingshang.oversight.plan_tasks.operations.locking import closed, locked
from yingshang.oversight.plan_tasks.operations.reading import resolve_names
from yingshang.oversight.plan_tasks.rules import Resolved, named_in, names_of


@transaction.atomic
def publish_edition(*, reading_id: int, plan_code: str, by: Actor, on: date, at: datetime) -> Edition:
    """Publish a confirmed reading; every unit that owes something gets its first obligation.

    plan_code: a known plan gets its next edition, an unknown one its first.
    on: the Beijing date on which groups are expanded and clocks start.
    Obligations that the earlier edition opened and this one still asks for
    go on; those it asks for no more are cancelled with that reason.
    Raises NotFound, Refusal ``plan_tasks.not_confirmed``, and whatever the
    policy refuses. Records ``plan_tasks.edition_published`` (strict).
    """
    reading = locked(reading_id)
    access.permit(by, "plan_tasks.publish_edition", reading)
    if reading.state == Reading.State.WAITING:
        raise Refusal("plan_tasks.not_confirmed", "这份方案还没有确认，不能发布。", "请先核对并确认。")
    if reading.state != Reading.State.CONFIRMED:
        raise closed(reading)
    plan, before = _plan_of(plan_code, reading, on)
    edition = _edition_of(plan, before, reading, by, on)
    _write_tasks(edition, reading, on)
    reading.state = Reading.State.PUBLISHED
    reading.save(update_fields=["state"])
    opened = settle(edition, before=before, by=by, on=on, at=at)
    deliver_edition(edition, before=before, by=by, on=on, at=at)
    announce(edition, before, by=by, at=at)
    ledger.record(
        "plan_tasks.edition_published",
        subject=f"plan:{plan.code}",
        by=by,
        at=at,
        facts={"plan": plan.code, "edition": edition.number, "digest": edition.digest, "duties": opened},
    )
    return edition


def _plan_of(code: str, reading: Reading, on: date) -> tuple[Plan, Edition | None]:
    title = reading.result["doc"]["title"] or reading.result["doc"]["notice_title"] or reading.file_name
    plan, _ = Plan.objects.select_for_update().get_or_create(code=code, defaults={"title": title})
    before = plan.editions.filter(superseded_on__isnull=True).first()
    if before is not None:
        before.superseded_on = on
        before.save(update_fields=["superseded_on"])
    return plan, before


def _edition_of(plan: Plan, before: Edition | None, reading: Reading, by: Actor, on: date) -> Edition:
    doc = reading.result["doc"]
    canonical = json.dumps(reading.result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Edition.objects.create(
        plan=plan,
        number=before.number + 1 if before else 1,
        reading=reading,
        notice_title=doc["notice_title"] or "",
        document_no=doc["doc_number"] or "",
        issuer="、".join(doc["issuer"] or []),
        issue_date=doc["issue_date"],
        digest=hashlib.sha256(canonical.encode()).hexdigest(),
        published_on=on,
        published_by=by.person,
    )


def _write_tasks(edition: Edition, reading: Reading, on: date) -> None:
    """Write sections, tasks, assignments and passages. Queries: fixed, whatever the number of tasks."""
    result = reading.result
    resolved = {**resolve_names(names_of(result), on), **_answered(reading)}
    units = {unit.code: unit for unit in org.Unit.objects.all()}
    groups = {group.code: group for group in org.Group.objects.all()}
    sections = Section.objects.bulk_create(
        Section(
            edition=edition,
            place=place,
            label=found["label"] or "",
            title=found["title"] or "",
            overall_lead=found["overall_lead"],
        )
        for place, found in enumerate(result["sections"], 1)
    )
    for section in sections:
        section.overall_leads.set(
            units[resolved[name].code] for name in section.overall_lead if resolved[name].kind == "unit"
        )
    by_title = {section.title: section for section in sections}
    tasks = Task.objects.bulk_create(
        _task(edition, by_title, place, each) for place, each in enumerate(result["tasks"], 1)
    )
    pairs = list(zip(tasks, result["tasks"], strict=True))
    Assignment.objects.bulk_create(
        Assignment(
            task=task,
            place=place,
            role=named.role,
            printed=named.printed,
            unit=units.get(resolved[named.printed].code) if resolved[named.printed].kind == "unit" else None,
            group=groups.get(resolved[named.printed].code) if resolved[named.printed].kind == "group" else None,
            is_lead_by_convention=named.is_lead_by_convention,
        )
        for task, each in pairs
        for place, named in enumerate(named_in(each), 1)
    )
    Passage.objects.bulk_create(passage for task, each in pairs for passage in _passages(task, each))


def _answered(reading: Reading) -> dict[str, Resolved]:
    """Return what people decided about names: the unit they chose, or nobody."""
    answers = reading.questions.filter(answer__in=[Question.Answer.UNIT, Question.Answer.NOBODY]).select_related("unit")
    return {each.printed: Resolved("unit", each.unit.code) if each.unit else Resolved("unknown") for each in answers}


def _task(edition: Edition, sections: dict[str, Section], place: int, found: dict[str, Any]) -> Task:
    path = found["section_path"]
    return Task(
        edition=edition,
        section=next((sections[title] for title in reversed(path) if title in sections), None),
        place=place,
        number=found["number"] or "",
        heading="　".join(path)[:600],
        text=found["text"],
        start=found["source"]["start"],
        end=found["source"]["end"],
        is_open_list=found["open_list"],
    )


def _passages(task: Task, found: dict[str, Any]) -> list[Passage]:
    kind = Passage.Kind
    measures = [(kind.MEASURE, each["text"], each["start"], each["end"], "", None) for each in found["measures"]]
    citations = [(kind.CITATION, each["text"], each["start"], each["end"], "", None) for each in found["citations"]]
    deadlines = [(kind.DEADLINE, each["raw"], None, None, each["kind"], each["date"]) for each in found["deadlines"]]
    return [
        Passage(task=task, place=place, kind=of, text=text, start=start, end=end, deadline_kind=how, due_date=due)
        for place, (of, text, start, end, how, due) in enumerate([*measures, *citations, *deadlines], 1)
    ]
