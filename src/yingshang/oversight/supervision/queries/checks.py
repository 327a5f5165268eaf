"""Reads of supervision checks; every one begins with what the actor may know of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from yingshang.kernel import documents, org
from yingshang.kernel.documents import Document
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import (
    Check,
    CheckMember,
    CheckPlan,
    ConclusionObjection,
    Finding,
    RectificationAnswer,
)
from yingshang.oversight.supervision.policies.checks import RUN, seen_checks, watches_checks
from yingshang.oversight.supervision.queries.county import holders_of
from yingshang.oversight.supervision.rules import checks as rules

LATEST_FIRST = ("-planned_on", "-pk")


def checks_running(actor: Actor) -> QuerySet[Check]:
    """Return the checks that an actor may know of, with how many findings each has and how many are closed."""
    closed = Count("findings", filter=Q(findings__state=rules.CLOSED))
    rows = seen_checks(actor).select_related("plan", "unit")
    return rows.annotate(found=Count("findings"), closed=closed)


def check_seen(check_id: Any, actor: Actor) -> Check:
    """Return a check that the actor may know of, with team, findings and answers. Raises NotFound. Queries: 4."""
    answers = Prefetch("answers", RectificationAnswer.objects.select_related("judging").order_by("pk"))
    findings = Finding.objects.select_related("duty__clock__limit").prefetch_related(answers).order_by("place")
    members = CheckMember.objects.select_related("unit").order_by("pk")
    rows = checks_running(actor).prefetch_related(Prefetch("findings", findings), Prefetch("members", members))
    found = rows.filter(pk=check_id).first()
    if found is None:
        raise NotFound("这次检查")
    return found


def finding_seen(finding_id: Any, actor: Actor) -> Finding:
    """Return a finding of a check that the actor may know of. Raises NotFound."""
    rows = Finding.objects.select_related("of__unit", "of__plan", "duty__clock__limit")
    found = rows.filter(pk=finding_id, of__in=seen_checks(actor).values("pk")).first()
    if found is None:
        raise NotFound("这个问题")
    return found


def plan_seen(plan_id: Any, actor: Actor) -> CheckPlan:
    """Return a plan for whoever watches checks. Raises NotFound."""
    found = CheckPlan.objects.filter(pk=plan_id).first() if watches_checks(actor) else None
    if found is None:
        raise NotFound("这个督查方案")
    return found


def plans_to_approve(actor: Actor) -> list[CheckPlan]:
    """Return the plans that wait for approval; none for whoever does not watch checks, or whose unit one is about."""
    if not watches_checks(actor):
        return []
    waiting = CheckPlan.objects.filter(approved_at=None).exclude(checks__unit__code=actor.unit)
    return list(waiting.order_by("planned_at"))


def finding_subject(finding: Finding) -> str:
    """Return under what the evidence of a finding is kept."""
    return f"finding:{finding.pk}"


def answer_subject(answer: RectificationAnswer) -> str:
    """Return under what the evidence of an answer is kept."""
    return f"rectification:{answer.pk}"


def papers_of(check: Check, actor: Actor) -> dict[str, list[Document]]:
    """Return what the actor may open of a check's evidence, by its subject. Queries: 2."""
    subjects = [finding_subject(each) for each in check.findings.all()]
    subjects += [answer_subject(answer) for each in check.findings.all() for answer in each.answers.all()]
    found: dict[str, list[Document]] = {}
    for paper in documents.openable(actor).filter(subject__in=subjects).order_by("kept_at", "pk"):
        found.setdefault(paper.subject, []).append(paper)
    return found


def who_judges(check: Check, on: date) -> list[str]:
    """Return the pseudonyms of the team and of those in the bureau who judge what is put right."""
    return sorted({member.person for member in check.members.all()} | set(holders_of(RUN, on)))


def people_for_teams(on: date) -> list[tuple[org.Person, org.Unit]]:
    """Return who may be put on a team: whoever holds a post on the day, with the first of their units. Queries: 1."""
    rows = org.Appointment.objects.on(on).filter(post__unit__counts_only=False)
    seen: dict[int, tuple[org.Person, org.Unit]] = {}
    for each in rows.select_related("person", "post__unit").order_by("post__unit__path", "person_id"):
        seen.setdefault(each.person_id, (each.person, each.post.unit))
    return list(seen.values())


def objection_of(check: Check) -> ConclusionObjection | None:
    """Return what the unit asked to have reviewed, or None. Queries: 1."""
    return ConclusionObjection.objects.filter(of=check).first()
