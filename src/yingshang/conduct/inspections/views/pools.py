"""The pool of targets: find one, see its classes, observations and visits, keep it right."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.forms.pools import (
    GradeForm,
    LeaveForm,
    ObserveForm,
    ReasonForm,
    TargetFilter,
    TargetForm,
)
from yingshang.conduct.inspections.models import Exemption, Target
from yingshang.conduct.inspections.views.asking import Asking, answer
from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out

VISITS_SHOWN = 30


@require_safe
def targets(request: ActorRequest) -> HttpResponse:
    """Show the pool of targets, by class, township, tag and name. Queries: fixed."""
    access.permit(request.actor, "inspections.see_office")
    today, titles = clock.today(), queries.tag_titles()
    form = TargetFilter(request.GET or None, townships=queries.townships(), tags=titles.items())
    wanted = dict(form.cleaned_data) if form.is_valid() else {}
    rows = queries.pool(today, **wanted | {"left": bool(wanted.get("left"))})
    columns = target_columns(titles)
    listing = table(columns, keyset(rows, request, order=("code",)), request=request, name="检查对象名录库")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(rows.iterator(chunk_size=2000)))
    counts = queries.pool_counts(today)
    said = "，".join(f"{grade}类{number}户" if grade else f"没有定类{number}户" for grade, number in counts.items())
    links = [
        (_("执法检查人员名录库"), reverse("inspections:inspectors")),
        (_("包容审慎观察名单"), reverse("inspections:observations")),
    ]
    if access.may(request.actor, "inspections.keep_pool") is None:
        links += [
            (_("加一家企业"), reverse("inspections:add_target")),
            (_("用表格入库和定类"), reverse("inspections:targets_in:upload")),
        ]
    context = {
        "heading": _("检查对象名录库"),
        "back": (_("工作台"), reverse("web:workbench")),
        "intro": [_("在库%(count)d户：%(said)s。") % {"count": sum(counts.values()), "said": said or _("还没有企业")}],
        "links": links,
        "form": form,
        "tables": [listing],
    }
    return render(request, "inspections/listing.html", context)


@require_safe
def target(request: ActorRequest, target_id: int) -> HttpResponse:
    """Show one target: its classes over time, observations, visits, and ties to whoever may know them."""
    access.permit(request.actor, "inspections.see_office")
    found, today = queries.target_with(target_id), clock.today()
    titles = queries.tag_titles()
    gradings = list(found.gradings.order_by("-on"))
    observed = list(queries.observations(today).filter(target=found))
    ties = queries.ties_open_to(request.actor, queries.ties_on(today).filter(target=found))
    context = {
        "target": found,
        "facts": _facts(found, titles),
        "grade": next((each for each in gradings if each.on <= today), None),
        "gradings": table(_grading_columns(), gradings),
        "observations": table(_observation_columns(), observed, empty=_("没有列入过。")),
        "visits": table(_visit_columns(), queries.visits_to(found)[:VISITS_SHOWN], empty=_("没有安排过检查。")),
        "ties": table(_tie_columns(), ties) if ties else None,
        "may_keep": access.may(request.actor, "inspections.keep_pool") is None and found.left_on is None,
        "may_ask": access.may(request.actor, "inspections.ask_permission") is None and found.left_on is None,
    }
    return render(request, "inspections/target.html", context)


def add(request: ActorRequest) -> HttpResponse:
    """Put one enterprise into the pool."""
    access.permit(request.actor, "inspections.keep_pool")
    form = TargetForm(request.POST or None, townships=queries.townships(), tags=queries.tag_titles().items())
    asking = Asking(
        heading=_("加一家企业"), button=_("入库"), back=(_("检查对象名录库"), reverse("inspections:targets"))
    )

    def do(given: dict[str, Any]) -> tuple[str, str]:
        made = operations.add_target(**given, by=request.actor, at=clock.now())
        return _("“%(name)s”已入库。") % {"name": made.name}, reverse("inspections:target", args=[made.pk])

    return answer(request, form, asking, do=do)


def grade(request: ActorRequest, target_id: int) -> HttpResponse:
    """Put a target into another class from today on."""
    found = queries.target_with(target_id)
    access.permit(request.actor, "inspections.keep_pool")
    asking = Asking(heading=_("调整风险类别"), button=_("从今天起定为这一类"), back=_back(found), caption=found.name)

    def do(given: dict[str, Any]) -> tuple[str, str]:
        operations.grade_target(target_id=found.pk, **given, by=request.actor, at=clock.now())
        return _("类别已调整，从今天起算。"), _back(found)[1]

    return answer(request, GradeForm(request.POST or None), asking, do=do)


def observe(request: ActorRequest, target_id: int) -> HttpResponse:
    """Put a new form of business under observation."""
    found = queries.target_with(target_id)
    access.permit(request.actor, "inspections.keep_pool")
    intro = [_("观察期内以指导为主，不列入日常抽查；涉及生命安全和公共利益的，可以提前结束。")]
    asking = Asking(
        heading=_("列入包容审慎观察名单"), button=_("列入"), back=_back(found), caption=found.name, intro=intro
    )

    def do(given: dict[str, Any]) -> tuple[str, str]:
        operations.observe_target(target_id=found.pk, **given, by=request.actor, at=clock.now())
        return _("已列入观察名单。"), _back(found)[1]

    return answer(request, ObserveForm(request.POST or None), asking, do=do)


def remove(request: ActorRequest, target_id: int) -> HttpResponse:
    """Take a target out of the pool; its history stays."""
    found = queries.target_with(target_id)
    access.permit(request.actor, "inspections.keep_pool")
    intro = [_("移出以后不再抽到；以前的类别和检查记录都保留。")]
    asking = Asking(heading=_("移出名录库"), button=_("移出"), back=_back(found), caption=found.name, intro=intro)

    def do(given: dict[str, Any]) -> tuple[str, str]:
        operations.remove_target(target_id=found.pk, **given, by=request.actor, at=clock.now())
        return _("已移出名录库。"), _back(found)[1]

    return answer(request, LeaveForm(request.POST or None), asking, do=do)


@require_safe
def observations(request: ActorRequest) -> HttpResponse:
    """Show who is or was under observation."""
    access.permit(request.actor, "inspections.see_office")
    rows = queries.observations(clock.today())
    listing = table(
        [
            Column(title=_("企业"), value="target.name", heads=True, width=30, href=lambda row: _address(row.target)),
            *_observation_columns(),
        ],
        keyset(rows, request, order=("-last",)),
        request=request,
        name="包容审慎观察名单",
        empty=_("名单上还没有企业。"),
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(rows))
    context = {
        "heading": _("包容审慎观察名单"),
        "back": (_("检查对象名录库"), reverse("inspections:targets")),
        "intro": [_("新业态新模式在观察期内以指导为主，不列入日常抽查。在企业的页面上列入。")],
        "tables": [listing],
    }
    return render(request, "inspections/listing.html", context)


def end_observation(request: ActorRequest, exemption_id: int) -> HttpResponse:
    """End an observation before its last day."""
    found = queries.observation_with(exemption_id)
    access.permit(request.actor, "inspections.keep_pool")
    asking = Asking(heading=_("提前结束观察期"), button=_("结束"), back=_back(found.target), caption=found.target.name)

    def do(given: dict[str, Any]) -> tuple[str, str]:
        operations.end_observation(exemption_id=exemption_id, **given, by=request.actor, at=clock.now())
        return _("观察期已结束。"), _back(found.target)[1]

    return answer(request, ReasonForm(request.POST or None), asking, do=do)


def target_columns(titles: dict[str, str]) -> list[Column]:
    """Return the columns of the pool; titles: what tags are called."""
    return [
        Column(title=_("统一社会信用代码"), value="code", kind="code", width=22),
        Column(title=_("名称"), value="name", heads=True, width=36, href=_address),
        Column(title=_("类型"), value="kind"),
        Column(title=_("行业"), value="industry"),
        Column(title=_("乡镇"), value="township.short_name"),
        Column(title=_("住所"), value="address", width=30),
        Column(title=_("标签"), value=lambda row: words_of(row.tags, titles)),
        Column(title=_("风险类别"), value=lambda row: f"{row.grade}类" if row.grade else _("没有定类")),
    ]


def words_of(codes: list[str], titles: dict[str, str]) -> str:
    """Return what tags or fields are called, in one line."""
    return "、".join(titles.get(code, code) for code in codes)


def _address(found: Target) -> str:
    return reverse("inspections:target", args=[found.pk])


def _back(found: Target) -> tuple[str, str]:
    return found.name, _address(found)


def _facts(found: Target, titles: dict[str, str]) -> list[dict[str, Any]]:
    facts = [
        (_("统一社会信用代码"), found.code),
        (_("类型"), found.kind or "—"),
        (_("行业"), found.industry or "—"),
        (_("乡镇"), found.township.short_name if found.township else "—"),
        (_("住所（经营场所）"), found.address or "—"),
        (_("标签"), words_of(found.tags, titles) or "—"),
        (_("入库日期"), _day(found.joined_on)),
    ]
    if found.left_on:
        facts.append((_("移出日期"), f"{_day(found.left_on)}（{found.left_because}）"))
    return [{"key": key, "value": value} for key, value in facts]


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}"


def _grading_columns() -> list[Column]:
    return [
        Column(title=_("类别"), value=lambda row: f"{row.grade}类", heads=True),
        Column(title=_("自"), value="on", kind="date"),
        Column(title=_("依据"), value="source"),
    ]


def _observation_columns() -> list[Column]:
    def stands(row: Any) -> str:
        if row.ended_on:
            return _("已提前结束：%(why)s") % {"why": row.ended_because}
        return _("观察中") if row.holds else _("已期满")

    def end(row: Exemption) -> str:
        return reverse("inspections:end_observation", args=[row.pk]) if getattr(row, "holds", False) else ""

    return [
        Column(title=_("理由"), value="reason", width=30),
        Column(title=_("依据"), value="basis", width=30),
        Column(title=_("起"), value="first", kind="date"),
        Column(title=_("止"), value="last", kind="date"),
        Column(title=_("列入单位"), value="unit.short_name"),
        Column(title=_("情况"), value=stands),
        Column(title=_("办理"), value=lambda row: _("提前结束") if row.holds else "", href=end, in_sheet=False),
    ]


def _visit_columns() -> list[Column]:
    return [
        Column(title=_("检查日期"), value="planned_on", kind="date", heads=True),
        Column(title=_("牵头单位"), value="lead_unit.short_name"),
        Column(title=_("种类"), value=lambda row: row.get_kind_display()),
        Column(title=_("事项"), value=lambda row: "、".join(item.title for item in row.items.all())),
        Column(title=_("进展"), value=lambda row: row.get_state_display()),
    ]


def _tie_columns() -> list[Column]:
    return [
        Column(title=_("检查人员"), value=lambda row: str(row.inspector), heads=True),
        Column(title=_("关系"), value=lambda row: row.get_kind_display()),
        Column(title=_("自"), value="since", kind="date"),
    ]
