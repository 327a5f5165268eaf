"""What the audit administrator reads: grants, and looks at whole personal values."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access
from yingshang.kernel.administration.models import Look
from yingshang.kernel.administration.queries import access_log, said
from yingshang.kernel.web import ActorRequest, Column, keyset, table


@require_safe
def log(request: ActorRequest) -> HttpResponse:
    """Show recorded grants, or with ``?looks=1`` the looks at personal values, newest first."""
    access.permit(request.actor, "administration.read_access_log", None)
    is_looks = request.GET.get("looks") == "1"
    shown = _looks(request) if is_looks else _grants(request)
    return render(request, "administration/log.html", {"table": shown, "is_looks": is_looks})


def _grants(request: ActorRequest) -> object:
    columns = [
        Column(title=_("时间"), value="at", kind="moment"),
        Column(title=_("办了什么"), value=said, heads=True),
        Column(title=_("对象"), value="subject", kind="code"),
        Column(title=_("经办人代号"), value="actor", kind="code"),
        Column(title=_("存证编号"), value="pk", kind="code"),
    ]
    return table(columns, keyset(access_log(), request, order=["-at"]))


def _looks(request: ActorRequest) -> object:
    columns = [
        Column(title=_("时间"), value="at", kind="moment"),
        Column(title=_("谁的信息"), value="subject", kind="code", heads=True),
        Column(title=_("种类"), value="kind"),
        Column(title=_("查看人代号"), value="person", kind="code"),
        Column(title=_("单位"), value="unit", kind="code"),
        Column(title=_("事由"), value="purpose"),
    ]
    return table(columns, keyset(Look.objects.all(), request, order=["-at"]))
