"""Say how far a stage is, ask to have it signed off (申请销号), sign it off or return it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import access, clock, documents, ledger, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Progress, Stage, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.operations.standing import go_on, hold
from yingshang.oversight.plan_tasks.operations.work_plan_locks import locked_stage
from yingshang.oversight.plan_tasks.rules import CARRY_OUT, goal_reached

Kind = Progress.Kind


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that shows something."""

    stream: BinaryIO
    name: str
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a unit says about a stage. items_done: places in the goal's list, from 0."""

    words: str = ""
    problem: str = ""
    value: Decimal | None = None
    reached_on: date | None = None
    items_done: Sequence[int] = ()
    upload: Upload | None = None


@transaction.atomic
def report_progress(*, stage_id: int, told: Told, by: Actor, on: date, at: datetime) -> Progress:
    """Add what a unit says of a stage in force. Where the stage names a measure, the platform fills the value.

    Raises NotFound, Refusal ``plan_tasks.stage_not_in_force``,
    ``plan_tasks.stage_signed_off``, ``plan_tasks.nothing_said``,
    ``plan_tasks.measured_by_platform``, what ``documents.keep`` refuses, and
    whatever the policy refuses. Records ``plan_tasks.progress_reported``.
    """
    stage = _in_force(stage_id)
    access.permit(by, "plan_tasks.report_progress", stage.edition.work_plan)
    _refuse_signed_off(stage)
    return _add(Kind.REPORTED, stage, _filled(stage, told, on), by=by, at=at, record="plan_tasks.progress_reported")


@transaction.atomic
def ask_sign_off(*, stage_id: int, told: Told, by: Actor, on: date, at: datetime) -> Progress:
    """Ask the bureau to confirm that a stage is done; meanwhile its clock stands.

    Raises what ``report_progress`` raises, and Refusal
    ``plan_tasks.already_asked``, ``plan_tasks.dependency_open``,
    ``plan_tasks.goal_not_reached``, ``plan_tasks.evidence_missing``.
    Records ``plan_tasks.sign_off_asked``.
    """
    stage = _in_force(stage_id)
    plan = stage.edition.work_plan
    access.permit(by, "plan_tasks.ask_sign_off", plan)
    _refuse_signed_off(stage)
    if queries.waits_for_sign_off(stage):
        raise Refusal("plan_tasks.already_asked", f"“{stage.title}”已经申请销号。", "请等待审核。")
    told = _filled(stage, told, on)
    _refuse_open_dependencies(stage)
    if not goal_reached(
        queries.goal_of(stage), value=told.value, reached_on=told.reached_on, items_done=told.items_done
    ):
        raise Refusal(
            "plan_tasks.goal_not_reached",
            f"所报的情况还没有达到目标：{stage.goal}。",
            "请先填报进展；确实要改目标的，请开始新的一版方案并写明理由。",
        )
    if not told.words.strip() and told.upload is None and not stage.measure:
        raise Refusal("plan_tasks.evidence_missing", "申请销号要有证明。", "请写明证明，或者上传证明文件。")
    asked = _add(Kind.ASKED, stage, told, by=by, at=at, record="plan_tasks.sign_off_asked")
    if stage.obligation is not None and stage.obligation.state == work.Obligation.State.OPEN:
        hold(stage.obligation, why="已申请销号，等待审核", on=on, at=at)
    return asked


@transaction.atomic
def sign_off_stage(*, stage_id: int, words: str = "", by: Actor, on: date, at: datetime) -> Progress:
    """Confirm that a stage is done (销号). It counts as done at the moment it was asked, not when it was looked at.

    When the last stage of a dated task's plan is signed off, the task itself
    is fulfilled. Raises NotFound, Refusal ``plan_tasks.not_asked``,
    ``plan_tasks.own_request``, and whatever the policy refuses. Records (strict)
    ``plan_tasks.stage_signed_off``.
    """
    stage, asked = _asked(stage_id, by)
    done = _add(Kind.SIGNED_OFF, stage, Told(words=words), by=by, at=at, record="plan_tasks.stage_signed_off")
    obligation = stage.obligation
    if obligation is not None and obligation.state == work.Obligation.State.OPEN:
        go_on(obligation, on=on, at=at)
        evidence = f"document:{asked.document.digest}" if asked.document else f"progress:{asked.pk}"
        work.fulfill(obligation_id=obligation.pk, by=SYSTEM, at=asked.at, evidence=evidence)
    _finish_task(stage.edition, at=asked.at)
    return done


@transaction.atomic
def return_sign_off(*, stage_id: int, reasons: str, by: Actor, on: date, at: datetime) -> Progress:
    """Return a stage that is not done as asked, with reasons; its date comes back as it was.

    Raises as ``sign_off_stage``, and Refusal ``plan_tasks.reasons_missing``.
    Records (strict) ``plan_tasks.sign_off_returned``.
    """
    stage, _ = _asked(stage_id, by)
    if not reasons.strip():
        raise Refusal("plan_tasks.reasons_missing", "退回要写明理由。", "请写明哪里要改、怎么改，再退回。")
    back = _add(Kind.RETURNED, stage, Told(words=reasons), by=by, at=at, record="plan_tasks.sign_off_returned")
    if stage.obligation is not None and stage.obligation.state == work.Obligation.State.OPEN:
        go_on(stage.obligation, on=on, at=at)
    return back


def _in_force(stage_id: int) -> Stage:
    stage = locked_stage(stage_id)
    if stage.edition.state != WorkPlanEdition.State.ACCEPTED or stage.edition.work_plan.ended_on is not None:
        raise Refusal("plan_tasks.stage_not_in_force", "这个阶段不在已备案的方案里。", "请在已备案的那一版方案上办理。")
    return stage


def _refuse_signed_off(stage: Stage) -> None:
    if Progress.objects.filter(line=stage.line, kind=Kind.SIGNED_OFF).exists():
        raise Refusal("plan_tasks.stage_signed_off", f"“{stage.title}”已经销号。", "不需要再办理。")


def _refuse_open_dependencies(stage: Stage) -> None:
    lines = [each.line for each in stage.follows.all()]
    done = set(Progress.objects.filter(line__in=lines, kind=Kind.SIGNED_OFF).values_list("line", flat=True))
    waiting = [each for each in stage.follows.order_by("place") if each.line not in done]
    if waiting:
        named = "、".join(f"“{each.title}”" for each in waiting)
        raise Refusal("plan_tasks.dependency_open", f"要先完成的阶段还没有销号：{named}。", "请先为那些阶段申请销号。")


def _filled(stage: Stage, told: Told, on: date) -> Told:
    """Return what is said, with the platform's own value where the stage names a measure."""
    if stage.measure:
        if told.value is not None:
            raise Refusal(
                "plan_tasks.measured_by_platform", "这个数值由平台从业务记录中取得，不用填写。", "请去掉数值后再提交。"
            )
        found = queries.measured_value(stage, on)
        words = "　".join(filter(None, [told.words.strip(), found.words]))
        return Told(words=words, problem=told.problem, value=found.value, upload=told.upload)
    has_words = told.words.strip() or told.problem.strip() or told.upload
    if not has_words and told.value is None and told.reached_on is None and not told.items_done:
        raise Refusal("plan_tasks.nothing_said", "还没有填写任何内容。", "请填写进展、数值或者存在的问题。")
    places = range(len(stage.items))
    return Told(
        words=told.words,
        problem=told.problem,
        value=told.value if stage.goal_kind == Stage.GoalKind.NUMBER else None,
        reached_on=told.reached_on if stage.goal_kind == Stage.GoalKind.DATE else None,
        items_done=sorted({each for each in told.items_done if each in places}),
        upload=told.upload,
    )


def _asked(stage_id: int, by: Actor) -> tuple[Stage, Progress]:
    """Return a stage that waits for sign-off, its plan locked, and what was asked."""
    stage = _in_force(stage_id)
    access.permit(by, "plan_tasks.decide_sign_off", stage.edition.work_plan)
    asked = queries.waits_for_sign_off(stage)
    if asked is None:
        raise Refusal(
            "plan_tasks.not_asked", f"“{stage.title}”现在没有等待审核的销号申请。", "请返回列表查看最新情况。"
        )
    if asked.by == by.person:
        raise Refusal("plan_tasks.own_request", "这次销号是您自己申请的。", "请由另一位审核人员办理。")
    return stage, asked


def _add(kind: Progress.Kind, stage: Stage, told: Told, *, by: Actor, at: datetime, record: str) -> Progress:
    kept = _keep(stage, told.upload, by=by, at=at) if told.upload else None
    added = Progress.objects.create(
        stage=stage,
        line=stage.line,
        kind=kind,
        value=told.value,
        is_measured=bool(stage.measure) and told.value is not None,
        reached_on=told.reached_on,
        items_done=list(told.items_done),
        words=told.words.strip()[:1000],
        problem=told.problem.strip()[:500],
        document=kept,
        at=at,
        by=by.person,
    )
    plan = stage.edition.work_plan
    ledger.record(
        record,
        subject=f"work_plan:{plan.pk}",
        by=by,
        at=at,
        facts={"title": queries.title_of(plan), "stage": stage.place, "unit": plan.holder.code},
    )
    return added


def _keep(stage: Stage, upload: Upload, *, by: Actor, at: datetime) -> documents.Document:
    """Keep the evidence, and deliver it to the units that sign off, which may not open it otherwise."""
    kept = documents.keep(
        upload.stream,
        name=upload.name,
        media_type=upload.media_type,
        subject=f"stage:{stage.line}",
        by=by,
        at=at,
    )
    for desk in queries.desk_units("plan_tasks.decide_sign_off", clock.beijing_date(at)):
        if desk.code != by.unit:
            documents.deliver(document_id=kept.pk, channel="platform", unit=desk.code, by=by, at=at)
    return kept


def _finish_task(edition: WorkPlanEdition, *, at: datetime) -> None:
    plan: WorkPlan = edition.work_plan
    if plan.obligation.kind != CARRY_OUT or plan.obligation.state != work.Obligation.State.OPEN:
        return
    lines = set(edition.stages.values_list("line", flat=True))
    done = set(Progress.objects.filter(line__in=lines, kind=Kind.SIGNED_OFF).values_list("line", flat=True))
    if lines <= done:
        evidence = f"work_plan:{plan.pk}:{edition.number}"
        work.fulfill(obligation_id=plan.obligation_id, by=SYSTEM, at=at, evidence=evidence)
