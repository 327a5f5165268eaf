"""The year's plan: to its unit from the draft on, to everybody once it is published."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.forms.plans import DecisionForm, DraftForm
from yingshang.conduct.inspections.forms.pools import SureForm
from yingshang.conduct.inspections.models import Plan, PlanLine
from yingshang.conduct.inspections.rules.grading import GRADES
from yingshang.conduct.inspections.views.asking import Asking, answer
from yingshang.conduct.inspections.views.pools import words_of
from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out


@require_safe
def plans(request: ActorRequest) -> HttpResponse:
    """Show the plans of one's own unit, drafts too."""
    access.permit(request.actor, "inspections.see_office")
    rows = queries.plans_of(request.actor.unit)
    columns = [column for column in plan_columns() if column.title != _("单位")]
    page = keyset(rows, request, order=("-year", "-version"))
    listing = table(columns, page, request=request, name="本单位抽查计划", empty=_("本单位还没有抽查计划。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(rows))
    may_draft = access.may(request.actor, "inspections.draft_plan", None) is None
    links = [(_("可以合并的检查"), reverse("inspections:merging"))]
    context = {
        "heading": _("本单位抽查计划"),
        "back": (_("工作台"), reverse("web:workbench")),
        "links": [(_("拟订或者变更一年的计划"), reverse("inspections:draft_plan")), *links] if may_draft else links,
        "tables": [listing],
    }
    return render(request, "inspections/listing.html", context)


@require_safe
def plan(request: ActorRequest, plan_id: int) -> HttpResponse:
    """Show one plan with its tasks, versions, and what whoever looks may do next. Queries: fixed."""
    found = queries.plan_with(plan_id)
    actor = request.actor
    if access.may(actor, "inspections.see_plan", found) is not None:
        raise NotFound(_("这份抽查计划"))
    lines = queries.lines_of(found)
    items, titles = _item_names(), queries.tag_titles()
    is_own = actor.unit == found.unit.code
    listing = table(task_columns(items, titles), lines, request=request, name=str(found))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    context = {
        "plan": found,
        "lines": [_shown(line, items, titles) for line in lines],
        "listing": listing,
        "versions": list(queries.versions_of(found)),
        "is_own": is_own,
        "may_draft": is_own
        and found.state == Plan.State.DRAFT
        and access.may(actor, "inspections.draft_plan", found) is None,
        "may_decide": found.state == Plan.State.SUBMITTED
        and access.may(actor, "inspections.approve_plan", found) is None,
        "may_publish": found.state == Plan.State.APPROVED
        and access.may(actor, "inspections.publish_plan", found) is None,
        "may_draw": found.state == Plan.State.PUBLISHED and access.may(actor, "inspections.draw", found) is None,
        "may_change": found.state == Plan.State.PUBLISHED
        and is_own
        and access.may(actor, "inspections.draft_plan", found) is None,
    }
    return render(request, "inspections/plan.html", context)


def draft(request: ActorRequest) -> HttpResponse:
    """Begin the plan of a year, or its next version with the reason."""
    access.permit(request.actor, "inspections.draft_plan")
    year = request.GET.get("year", "")
    initial = {"year": int(year) if year.isdecimal() and len(year) == 4 else clock.today().year}
    form = DraftForm(request.POST or None, initial=initial)
    back = (_("本单位抽查计划"), reverse("inspections:unit_plans"))
    intro = [_("变更已公示的计划，是拟订新的一版：先照抄现行的任务，再修改，经批准后公示，旧版保留。")]
    asking = Asking(heading=_("拟订抽查计划"), button=_("开始拟订"), back=back, intro=intro)

    def do(given: dict[str, Any]) -> tuple[str, str]:
        made = operations.draft_plan(**given, by=request.actor, at=clock.now())
        return _("第%(version)d版草稿已建好，请加任务。") % {"version": made.version}, _address(made)

    return answer(request, form, asking, do=do)


def submit(request: ActorRequest, plan_id: int) -> HttpResponse:
    """Check every answer once more, then hand the plan to the head."""
    found = queries.plan_with(plan_id)
    access.permit(request.actor, "inspections.draft_plan", found)
    items, titles = _item_names(), queries.tag_titles()
    facts: list[dict[str, Any]] = []
    for line in queries.lines_of(found):
        said = _shown(line, items, titles)
        change = reverse("inspections:change_line", args=[line.pk])
        facts += [
            {"key": f"{line.place}. {fact['key']}", "value": fact["value"], "change": change} for fact in said["facts"]
        ]
    asking = Asking(
        heading=_("核对后报批"),
        button=_("报主要负责人审批"),
        back=_back(found),
        caption=str(found),
        intro=[_("请逐项核对。要改的点“修改”。报批以后，退回之前不能再改。")],
        facts=facts,
    )

    def do(_given: dict[str, Any]) -> tuple[str, str]:
        operations.submit_plan(plan_id=plan_id, by=request.actor, at=clock.now())
        return _("已报主要负责人审批。"), _address(found)

    return answer(request, SureForm(request.POST if request.method == "POST" else None), asking, do=do)


def decide(request: ActorRequest, plan_id: int) -> HttpResponse:
    """Approve the plan, or give it back."""
    found = queries.plan_with(plan_id)
    access.permit(request.actor, "inspections.approve_plan", found)
    items, titles = _item_names(), queries.tag_titles()
    facts = [
        {"key": f"{line.place}. {line.title}", "value": _in_one_line(line, items, titles)}
        for line in queries.lines_of(found)
    ]
    asking = Asking(heading=_("审批抽查计划"), button=_("确定"), back=_back(found), caption=str(found), facts=facts)

    def do(given: dict[str, Any]) -> tuple[str, str]:
        operations.decide_plan(plan_id=plan_id, **given, by=request.actor, at=clock.now())
        return (_("已批准，请公示岗公示。") if given["approve"] else _("已退回。")), _address(found)

    return answer(request, DecisionForm(request.POST or None), asking, do=do)


def publish(request: ActorRequest, plan_id: int) -> HttpResponse:
    """Publish an approved plan."""
    found = queries.plan_with(plan_id)
    access.permit(request.actor, "inspections.publish_plan", found)
    intro = [_("公示以后人人可看，只能按公示的任务抽取；同一年的旧版自动被代替并保留。")]
    asking = Asking(heading=_("公示抽查计划"), button=_("公示"), back=_back(found), caption=str(found), intro=intro)

    def do(_given: dict[str, Any]) -> tuple[str, str]:
        operations.publish_plan(plan_id=plan_id, by=request.actor, at=clock.now())
        return _("计划已公示。"), _address(found)

    return answer(request, SureForm(request.POST if request.method == "POST" else None), asking, do=do)


def plan_columns() -> list[Column]:
    """Return the columns of a list of plans."""
    return [
        Column(title=_("年度"), value="year", kind="number"),
        Column(title=_("单位"), value="unit.short_name", width=24),
        Column(title=_("计划"), value=lambda row: str(row), heads=True, width=40, href=_address),
        Column(title=_("任务数"), value="tasks", kind="number"),
        Column(title=_("情况"), value=lambda row: row.get_state_display()),
        Column(title=_("批准日期"), value="approved_on", kind="date"),
        Column(title=_("公示日期"), value="published_on", kind="date"),
        Column(title=_("变更理由"), value="changed_because", width=30),
    ]


def task_columns(items: dict[str, str], titles: dict[str, str]) -> list[Column]:
    """Return the columns of a plan's tasks for the workbook."""
    return [
        Column(title=_("序号"), value="place", kind="number"),
        Column(title=_("任务名称"), value="title", heads=True, width=30),
        Column(title=_("抽查事项"), value=lambda row: words_of(row.items, items), width=50),
        Column(title=_("对象范围"), value=lambda row: words_of(row.tags, titles) or _("全部")),
        *(_ratio_column(grade) for grade in GRADES),
        Column(title=_("开始日期"), value="first", kind="date"),
        Column(title=_("结束日期"), value="last", kind="date"),
        Column(title=_("抽取次数"), value="times", kind="number"),
        Column(title=_("联合部门"), value=_joint, width=30),
        Column(title=_("上级部署文件"), value="ordered_from_above", width=30),
    ]


def _ratio_column(grade: str) -> Column:
    return Column(title=f"{grade}类比例", value=lambda row: row.ratios.get(grade, ""), kind="code")


def _item_names() -> dict[str, str]:
    return {code: row.values["name"] for code, row in queries.published_items(clock.today()).items()}


def _joint(line: PlanLine) -> str:
    return "、".join(unit.short_name for unit in line.joint_units.all())


def _shown(line: PlanLine, items: dict[str, str], titles: dict[str, str]) -> dict[str, Any]:
    facts = [
        (_("任务名称"), line.title),
        (_("抽查事项"), words_of(line.items, items)),
        (_("对象范围"), words_of(line.tags, titles) or _("全部检查对象")),
        (_("抽取比例"), "，".join(f"{grade}类 {text}" for grade, text in sorted(line.ratios.items()))),
        (_("起止日期"), f"{line.first:%Y-%m-%d}—{line.last:%Y-%m-%d}"),
        (_("一年抽几次"), _("%(times)d次") % {"times": line.times}),
        (_("联合部门"), _joint(line) or _("不联合")),
    ]
    if line.ordered_from_above:
        facts.append((_("上级部署文件"), line.ordered_from_above))
    return {
        "line": line,
        "facts": [{"key": key, "value": value} for key, value in facts],
        "batches": list(line.batches.all()),
    }


def _in_one_line(line: PlanLine, items: dict[str, str], titles: dict[str, str]) -> str:
    return "；".join(f"{fact['key']}：{fact['value']}" for fact in _shown(line, items, titles)["facts"][1:])


def _address(found: Plan) -> str:
    return reverse("inspections:plan", args=[found.pk])


def _back(found: Plan) -> tuple[str, str]:
    return str(found), _address(found)
