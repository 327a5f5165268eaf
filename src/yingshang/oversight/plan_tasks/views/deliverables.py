"""The register of what the plan orders to set up: to officials all of it, to the public what is in force."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.forms import RegisterForm
from yingshang.oversight.plan_tasks.models import Deliverable
from yingshang.oversight.plan_tasks.queries import DeliverableRow


def register(request: ActorRequest, code: str) -> HttpResponse:
    """Show the register with its filters; whoever is no official sees what is in force and public."""
    edition = queries.edition_in_force(code)
    is_official = access.may(request.actor, "plan_tasks.see_register") is None
    rows = queries.deliverable_rows(queries.deliverables_of(code), clock.today())
    if not is_official:
        rows = [row for row in rows if queries.is_open_to_all(row)]
    owners = sorted({(row.owner_code, row.owner_name) for row in rows if row.owner_code}, key=lambda pair: pair[1])
    form = RegisterForm(request.GET or None, owners=owners)
    shown = [row for row in rows if _fits(row, form.cleaned_data)] if form.is_valid() else rows
    name = f"{edition.plan.title}配套制度台账"
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(sheet_columns() if is_official else public_columns(), shown, name=name))
    listing = table(screen_columns() if is_official else public_columns(), shown, request=request, name=name)
    context = {
        "edition": edition,
        "listing": listing,
        "form": form,
        "is_official": is_official,
        "counts": queries.register_counts(rows),
        "red": sum(row.lamp == "red" for row in rows),
        "may_confirm": access.may(request.actor, "plan_tasks.confirm_deliverables") is None,
        "waiting": queries.suggestions_of(code).count() if is_official else 0,
    }
    return render(request, "plan_tasks/deliverables.html", context)


def one(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show one row of the register: the words that order it, its document, whether anything ran, its history."""
    today = clock.today()
    found = queries.deliverable(code, number)
    (row,) = queries.deliverable_rows([found], today)
    is_official = access.may(request.actor, "plan_tasks.see_register") is None
    if not is_official and (found.declined_at or not queries.is_open_to_all(row)):
        raise NotFound("这一项制度")
    kinds = queries.kinds_of(found)
    may_issue = access.may(request.actor, "plan_tasks.issue_deliverable", found) is None
    context = {
        "deliverable": found,
        "row": row,
        "edition": queries.edition_in_force(code),
        "is_official": is_official,
        "may_issue": may_issue and found.obligation is not None,
        "may_open": row.document_href and (row.is_public or request.actor.unit == row.owner_code),
        "may_confirm": access.may(request.actor, "plan_tasks.confirm_deliverables") is None,
        "runs": queries.runs_since(kinds, row.in_force_on) if kinds and row.in_force_on else 0,
        "history": _history(found, is_official),
    }
    return render(request, "plan_tasks/deliverable.html", context)


def _fits(row: DeliverableRow, wanted: dict[str, Any]) -> bool:
    return (
        wanted["task"].strip() in {"", row.task_number}
        and wanted["owner"] in {"", row.owner_code}
        and wanted["kind"] in {"", row.kind_code}
        and wanted["state"] in {"", row.standing.state.value}
        and wanted["lamp"] in {"", row.lamp}
    )


def _history(found: Deliverable, is_official: bool) -> list[dict[str, Any]]:
    """Return what happened to it, the latest first; the public sees what was issued as public, and stops."""
    rows = []
    if is_official:
        rows.append({"title": "列为建议", "at": found.suggested_at})
        if found.declined_at:
            rows.append({"title": "不列入台账", "at": found.declined_at, "text": found.decline_reason})
        if found.confirmed_at:
            rows.append({"title": "确认列入台账", "at": found.confirmed_at, "state": "done"})
    for each in found.enactments.all():
        if each.kind == each.Kind.STOPPED:
            rows.append({"title": "停用", "on": each.on, "who": each.unit.short_name, "text": each.reason})
        elif is_official or each.is_public:
            text = f"{each.document_no}，{each.in_force_on:%Y-%m-%d}起施行"
            rows.append({"title": "印发", "on": each.on, "who": each.unit.short_name, "text": text, "state": "done"})
    return rows[::-1]


def screen_columns() -> list[Column]:
    """Return the columns that officials see; the rest stands on each row's page and in the workbook."""
    return [
        Column(title=_("序号"), value="number", kind="number"),
        Column(title=_("任务"), value="task_number", kind="code"),
        Column(title=_("名称"), value="title", heads=True, href=lambda row: row.href),
        Column(title=_("类型"), value="kind"),
        Column(title=_("承担单位"), value="owner_name"),
        Column(title=_("文号"), value="document_no"),
        Column(title=_("施行日期"), value="in_force_on", kind="date"),
        Column(title=_("进展"), value="state"),
        Column(title=_("亮灯"), value="lamp", kind="lamp"),
    ]


def sheet_columns() -> list[Column]:
    """Return the columns of the register's workbook."""
    return [
        Column(title=_("序号"), value="number", kind="number", width=6),
        Column(title=_("任务"), value="task_number", kind="code", width=6),
        Column(title=_("名称"), value="title", heads=True, width=30),
        Column(title=_("原话"), value="words", width=50),
        Column(title=_("类型"), value="kind"),
        Column(title=_("承担单位"), value="owner_name", width=24),
        Column(title=_("任务图"), value="mission", kind="code"),
        Column(title=_("承载模块"), value="capability", kind="code"),
        Column(title=_("制定期限"), value="due_date", kind="date"),
        Column(title=_("文号"), value="document_no", width=24),
        Column(title=_("印发日期"), value="issued_on", kind="date"),
        Column(title=_("施行日期"), value="in_force_on", kind="date"),
        Column(title=_("最近运行"), value="last_run_on", kind="date"),
        Column(title=_("进展"), value="state"),
        Column(title=_("亮灯"), value="lamp", kind="lamp"),
        Column(title=_("说明"), value=lambda row: row.standing.why, width=40),
    ]


def public_columns() -> list[Column]:
    """Return the columns that everybody sees."""
    return [
        Column(title=_("名称"), value="title", heads=True, width=30, href=lambda row: row.href),
        Column(title=_("类型"), value="kind"),
        Column(title=_("制定单位"), value="owner_name", width=24),
        Column(title=_("文号"), value="document_no", width=24),
        Column(title=_("施行日期"), value="in_force_on", kind="date"),
        Column(title=_("进展"), value="state"),
        Column(title=_("文件"), value=lambda _row: _("打开"), href=lambda row: row.document_href, in_sheet=False),
    ]
