"""The leading group and its special groups, for everybody: who sits there, what they do, how their tasks stand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.oversight.plan_tasks import queries


def groups(request: ActorRequest, code: str) -> HttpResponse:
    """List the groups with who leads them and how the tasks they look after stand."""
    edition = queries.edition_in_force(code)
    rows = queries.group_rows(queries.leading_groups(code), edition, clock.today())
    listing = table(_group_columns(code), rows, request=request, name=f"{edition.plan.title}领导小组和专项组")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    return render(request, "plan_tasks/groups.html", {"edition": edition, "listing": listing})


def one(request: ActorRequest, code: str, group: str) -> HttpResponse:
    """Show a group: members, duties, its tasks; to officials the members it had before."""
    edition = queries.edition_in_force(code)
    found = queries.leading_group(code, group)
    rows = queries.seat_rows(found.seats.all(), clock.today())
    may_keep = access.may(request.actor, "plan_tasks.keep_groups", found) is None
    shown = rows if request.actor.unit else [row for row in rows if not row.is_over]
    members = table(_seat_columns(may_keep), shown, request=request, name=f"{found.title}成员")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(members)
    tasks = queries.tasks_of_group(found, edition)
    context = {
        "edition": edition,
        "group": found,
        "duties": found.duties.splitlines(),
        "members": members,
        "tasks": table(_task_columns(code), tasks, name=f"{found.title}任务"),
        "owed": sum(task.owed for task in tasks),
        "fulfilled": sum(task.fulfilled for task in tasks),
        "may_keep": may_keep,
    }
    return render(request, "plan_tasks/group.html", context)


def _group_columns(code: str) -> list[Column]:
    return [
        Column(
            title=_("名称"),
            value="title",
            heads=True,
            width=30,
            href=lambda row: reverse("plan_tasks:group", args=[code, row.code]),
        ),
        Column(title=_("类别"), value="kind"),
        Column(title=_("组长"), value="leader", width=24),
        Column(title=_("成员数"), value="members", kind="number"),
        Column(title=_("任务数"), value="tasks", kind="number"),
        Column(title=_("应报"), value="owed", kind="number"),
        Column(title=_("已报"), value="fulfilled", kind="number"),
    ]


def _seat_columns(may_keep: bool) -> list[Column]:
    columns = [
        Column(title=_("组内职务"), value="role", heads=True),
        Column(title=_("单位"), value="unit_name", width=24),
        Column(title=_("岗位"), value="post"),
        Column(title=_("姓名"), value="names"),
        Column(title=_("任职日期"), value="since", kind="date"),
        Column(title=_("离任日期"), value="until", kind="date"),
        Column(title=_("依据"), value="source", width=24),
        Column(title=_("离任原因"), value="end_reason", width=24),
    ]
    if not may_keep:
        return columns
    return [
        *columns,
        Column(
            title=_("移交"),
            value=lambda row: "" if row.until else _("移交"),
            href=lambda row: "" if row.until else reverse("plan_tasks:hand_over_seat", args=[row.id]),
            in_sheet=False,
        ),
        Column(
            title=_("离任"),
            value=lambda row: "" if row.until else _("离任"),
            href=lambda row: "" if row.until else reverse("plan_tasks:unseat", args=[row.id]),
            in_sheet=False,
        ),
    ]


def _task_columns(code: str) -> list[Column]:
    return [
        Column(title=_("序号"), value="number", kind="code"),
        Column(
            title=_("任务"),
            value="summary",
            heads=True,
            href=lambda row: reverse("plan_tasks:task", args=[code, row.place]),
        ),
        Column(title=_("牵头单位"), value="leads"),
        Column(title=_("应报"), value="owed", kind="number"),
        Column(title=_("已报"), value="fulfilled", kind="number"),
    ]
