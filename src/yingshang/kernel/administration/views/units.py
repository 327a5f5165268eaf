"""Pages of units, for the system administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.kernel import access, clock, org
from yingshang.kernel.administration import operations
from yingshang.kernel.administration.forms import CloseUnit, FoundUnit, Membership, OnDay, OpenPost, RenameUnit
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out


@require_safe
def units(request: ActorRequest) -> HttpResponse:
    """List all units, closed ones included."""
    access.permit(request.actor, "administration.keep_units", None)
    columns = [
        Column(
            title=_("简称"),
            value="short_name",
            heads=True,
            href=lambda unit: reverse("administration:unit", args=[unit.code]),
        ),
        Column(title=_("代码"), value="code", kind="code"),
        Column(title=_("全称"), value="name", width=40),
        Column(title=_("类别"), value="get_kind_display"),
        Column(title=_("设立"), value="valid_from", kind="date"),
        Column(title=_("撤销或并入"), value="valid_to", kind="date"),
        Column(
            title=_("说明"), value=lambda unit: _("全称为推定，待确认") if unit.is_presumed else unit.note, width=40
        ),
    ]
    shown = table(columns, org.Unit.objects.order_by("path"), request=request, name=_("单位"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(shown)
    return render(request, "administration/units.html", {"table": shown, "groups": org.Group.objects.all()})


@require_safe
def unit(request: ActorRequest, code: str) -> HttpResponse:
    """Show a unit with its names, posts and members, and what can be done to it."""
    shown, today = org.unit(code), clock.today()
    access.permit(request.actor, "administration.keep_units", shown)
    context = {
        "unit": shown,
        "stands": shown.holds(today),
        "names": org.UnitName.objects.filter(unit=shown),
        "aliases": org.UnitAlias.objects.filter(unit=shown),
        "posts": [(post, post.valid_to is None) for post in org.Post.objects.filter(unit=shown)],
        "open_post": OpenPost(auto_id="post_%s", unit=shown, day=today, initial={"on": today}),
        "membership": Membership(auto_id="group_%s", initial={"on": today}),
        "groups": [group for group in org.Group.objects.all() if shown in org.candidates_on(group.code, today)],
        "today": today,
        "rename": RenameUnit(
            auto_id="rename_%s", initial={"name": shown.name, "short_name": shown.short_name, "on": today}
        ),
        "close": CloseUnit(auto_id="close_%s", unit=shown, day=today, initial={"on": today}),
    }
    return render(request, "administration/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: ActorRequest) -> HttpResponse:
    """Found a unit."""
    actor, today = request.actor, clock.today()
    access.permit(actor, "administration.keep_units", None)
    form = FoundUnit(request.POST or None, day=today, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"parent": form.cleaned_data["parent"].code}
        made = operations.found_unit(**given, by=actor)
        messages.success(request, _("已设立%(unit)s。") % {"unit": made.short_name})
        return redirect("administration:unit", made.code)
    return render(request, "administration/form.html", {"form": form, "title": _("设立单位"), "button": _("设立")})


@require_POST
def rename(request: ActorRequest, code: str) -> HttpResponse:
    """Rename a unit."""
    form = RenameUnit(request.POST)
    if form.is_valid():
        operations.rename_unit(code=code, **form.cleaned_data, by=request.actor)
        messages.success(request, _("已更名。"))
        return redirect("administration:unit", code)
    return render(request, "administration/form.html", {"form": form, "title": _("单位更名"), "button": _("更名")})


@require_POST
def close(request: ActorRequest, code: str) -> HttpResponse:
    """Merge a unit into another, or abolish it."""
    actor = request.actor
    form = CloseUnit(request.POST, unit=org.unit(code), day=clock.today())
    if form.is_valid():
        into, on = form.cleaned_data["into"], form.cleaned_data["on"]
        if into is None:
            operations.abolish_unit(code=code, on=on, by=actor)
        else:
            operations.merge_units(codes=[code], into=into.code, on=on, by=actor)
        messages.success(request, _("已办理。"))
        return redirect("administration:unit", code)
    title = _("合并或撤销单位")
    return render(request, "administration/form.html", {"form": form, "title": title, "button": _("办理")})


@require_POST
def membership(request: ActorRequest, code: str) -> HttpResponse:
    """Put a unit into a group, or out of it."""
    form = Membership(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        deed = operations.join_group if given["deed"] == "join" else operations.leave_group
        deed(group=given["group"].code, unit=code, on=given["on"], source=given["source"], by=request.actor)
        messages.success(request, _("已办理。"))
        return redirect("administration:unit", code)
    title = _("列入或退出单位组")
    return render(request, "administration/form.html", {"form": form, "title": title, "button": _("办理")})


@require_POST
def open_post(request: ActorRequest, code: str) -> HttpResponse:
    """Open a post in a unit."""
    form = OpenPost(request.POST, unit=org.unit(code), day=clock.today())
    if form.is_valid():
        operations.open_post(unit=code, **form.cleaned_data, by=request.actor)
        messages.success(request, _("已设置岗位。"))
        return redirect("administration:unit", code)
    return render(request, "administration/form.html", {"form": form, "title": _("设置岗位"), "button": _("设置")})


@require_POST
def close_post(request: ActorRequest, number: int) -> HttpResponse:
    """Close a post; those who hold it no longer do."""
    form = OnDay(request.POST)
    if form.is_valid():
        on = form.cleaned_data["on"]
        post = operations.close_post(post_id=number, on=on, by=request.actor)
        messages.success(request, _("已撤销岗位。"))
        return redirect("administration:unit", post.unit.code)
    return render(request, "administration/form.html", {"form": form, "title": _("撤销岗位"), "button": _("撤销")})
