"""From a task to visits: seal the draw, go to the ceremony, take over what was drawn, replace who cannot take part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.forms.batches import SealForm, SubstituteForm
from yingshang.conduct.inspections.models import Batch, Inspector
from yingshang.conduct.inspections.views.asking import Asking, answer
from yingshang.kernel import access, clock, draws
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.methods import draw as method

HAS_RESULT = (draws.State.DRAWN, draws.State.REVEALED)


def seal(request: ActorRequest, line_id: int) -> HttpResponse:
    """Seal the draw of a task."""
    line = queries.line_with(line_id)
    access.permit(request.actor, "inspections.draw", line.plan)
    form = SealForm(
        request.POST or None,
        offered=draws.invitations_open_to(line.plan.unit),
        initial={"visits_from": max(line.first, clock.today()), "visits_to": line.last},
    )
    asking = Asking(
        heading=_("为这项任务摇号"),
        button=_("封存方案，给出编号"),
        back=(str(line.plan), reverse("inspections:plan", args=[line.plan.pk])),
        caption=f"{line.place}. {line.title}",
        intro=[
            _("封存时，名录库按今天的样子固定下来：各类企业按计划的比例抽，观察期内和已达年度上限的企业写明理由排除。"),
            _("封存以后，谁也不能再改名单、比例和人员，也不能重抽；编号和作废的理由永远公开。"),
        ],
    )

    def do(given: dict[str, Any]) -> tuple[str, str]:
        made = operations.seal_batch(line_id=line.pk, **given, by=request.actor, at=clock.now())
        return _("方案已封存，编号第%(serial)s号。") % {"serial": made.serial}, _address(made)

    return answer(request, form, asking, do=do)


@require_safe
def batch(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Show where a batch stands: the ceremony ahead, or its visits and those that a rule kept out."""
    found = _mine(request, batch_id)
    draw = draws.draw_of(int(found.serial))
    standing = draws.standing_of(draw)
    context: dict[str, Any] = {
        "batch": found,
        "draw": draw,
        "standing": standing,
        "counts": "，".join(f"{grade}类{number}户" for grade, number in sorted(found.pool_counts.items())),
    }
    if standing.state in HAS_RESULT:
        rows = _rows(request, found)
        listing = table(_columns(found), rows, request=request, name=f"第{found.serial}号摇号的检查")
        if request.GET.get("format") == "xlsx":
            return xlsx_out(listing)
        context |= {
            "listing": listing,
            "waiting": sum(not row["visit"] and bool(row["team"]) for row in rows),
            "kept_out": [row for row in rows if not row["visit"] and row["why"]],
        }
    return render(request, "inspections/batch.html", context)


@require_POST
def take_over(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Turn what was drawn into visits."""
    done = operations.take_over(batch_id=batch_id, by=request.actor, at=clock.now())
    if done.planned:
        messages.success(request, _("已安排%(planned)d次检查。") % {"planned": done.planned})
    if done.stopped:
        said = _("%(stopped)d户没有安排，理由在下面，请办理替补。") % {"stopped": len(done.stopped)}
        messages.warning(request, said)
    if not done.planned and not done.stopped:
        messages.info(request, _("没有新的检查要安排。"))
    return redirect("inspections:batch", batch_id)


def substitute(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Replace a drawn target or inspector by the next ticket. ``?target=`` names whose visit it is."""
    found = _mine(request, batch_id)
    code = request.GET.get("target", "")
    one = next(
        (each for each in draws.result_of(serial=int(found.serial), by=request.actor) if each.target == code), None
    )
    if one is None:
        raise NotFound(_("这一项分派"))
    target = queries.targets_by_code([code]).get(code)
    name = target.name if target else code
    people = _people(one.team)
    form = SubstituteForm(
        request.POST or None,
        request.FILES or None,
        seats=[
            *((number, _("检查人员：%(who)s") % {"who": people.get(number, number)}) for number in one.team),
            (code, _("检查对象：%(name)s") % {"name": name}),
        ],
        reasons=queries.substitution_reasons().on(clock.today()),
    )
    asking = Asking(
        heading=_("办理替补"),
        button=_("由下一名替补"),
        back=_back(found),
        caption=name,
        intro=[_("替补不能挑人：按摇号时排好的先后，由下一名顶上。原因代码和材料的摘要立即公开，不写姓名。")],
        has_file=True,
    )

    def do(given: dict[str, Any]) -> tuple[str, str]:
        upload = given["evidence"]
        came = operations.substitute(
            batch_id=found.pk,
            role="target" if given["out"] == code else "inspector",
            target=code,
            out=given["out"],
            reason=given["reason"],
            evidence=operations.Evidence(upload.file, upload.name, upload.content_type or ""),
            by=request.actor,
            at=clock.now(),
        )
        said = _("已替补，顶上的是%(came)s。") % {"came": came} if came else _("没有可以顶替的了，这一户不再检查。")
        return said, _address(found)

    return answer(request, form, asking, do=do)


def _mine(request: ActorRequest, batch_id: int) -> Batch:
    found = queries.batch_with(batch_id)
    access.permit(request.actor, "inspections.draw", found.line.plan)
    return found


def _people(numbers: Any) -> dict[str, str]:
    rows = Inspector.objects.filter(certificate_no__in=list(numbers))
    return {each.certificate_no: str(each) for each in rows}


def _rows(request: ActorRequest, found: Batch) -> list[dict[str, Any]]:
    assigned = draws.result_of(serial=int(found.serial), by=request.actor)
    targets = queries.targets_by_code([one.target for one in assigned])
    visits = {each.target_id: each for each in found.visits.all()}
    stops = queries.stops_since(found)
    people = _people({number for one in assigned for number in one.team})

    def row(one: method.Assignment) -> dict[str, Any]:
        target = targets.get(one.target)
        visit = visits.get(target.pk) if target else None
        stop = stops.get(one.target)
        return {
            "code": one.target,
            "name": target.name if target else one.target,
            "stratum": one.stratum,
            "team": "、".join(people.get(number, number) for number in one.team),
            "visit": visit,
            "why": f"{stop.reason}（{stop.source}）" if stop and stop.source else stop.reason if stop else "",
        }

    return [row(one) for one in assigned]


def _columns(found: Batch) -> list[Column]:
    def stands(row: dict[str, Any]) -> str:
        if row["visit"]:
            return str(row["visit"].get_state_display())
        if not row["team"]:
            return _("没有配到人员")
        return row["why"] or _("等待接收")

    def replace(row: dict[str, Any]) -> str:
        visit = row["visit"]
        open_for = visit is None or visit.state == visit.State.PLANNED
        address = reverse("inspections:substitute", args=[found.pk])
        return f"{address}?target={row['code']}" if open_for and row["team"] else ""

    return [
        Column(title=_("类别"), value="stratum"),
        Column(title=_("检查对象"), value="name", heads=True, width=36),
        Column(title=_("统一社会信用代码"), value="code", kind="code", width=22),
        Column(title=_("检查人员（前面的主办）"), value="team", width=40),
        Column(title=_("检查日期"), value=lambda row: row["visit"].planned_on if row["visit"] else None, kind="date"),
        Column(title=_("情况"), value=stands, width=50),
        Column(title=_("替补"), value=lambda row: _("替补") if replace(row) else "", href=replace, in_sheet=False),
    ]


def _address(found: Batch) -> str:
    return reverse("inspections:batch", args=[found.pk])


def _back(found: Batch) -> tuple[str, str]:
    return _("第%(serial)s号摇号的检查") % {"serial": found.serial}, _address(found)
