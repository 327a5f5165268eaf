"""The bureau's desk: drafts, wording, review, issue, correction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import access, clock, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, keyset, table, xlsx_out
from yingshang.oversight.bulletins import operations, queries
from yingshang.oversight.bulletins.forms import MonthChoice, Reason, Wording
from yingshang.oversight.bulletins.models import Bulletin
from yingshang.oversight.bulletins.views.public import LATEST_FIRST, shown
from yingshang.oversight.bulletins.views.tables import bulletin_columns

MONTHS_OFFERED = 13
State = Bulletin.State

DEEDS: dict[str, tuple[Callable[..., Bulletin], str, Promise]] = {
    "take": (operations.take_again, "bulletins.edit", gettext_lazy("重新取数")),
    "submit": (operations.submit, "bulletins.edit", gettext_lazy("送审")),
    "approve": (operations.approve, "bulletins.review", gettext_lazy("审核通过")),
    "send-back": (operations.send_back, "bulletins.review", gettext_lazy("退回修改")),
    "issue": (operations.issue, "bulletins.issue", gettext_lazy("印发")),
    "correct": (operations.correct, "bulletins.edit", gettext_lazy("办理更正")),
}
"""What may be done to a bulletin from its page: the deed, its action, its button."""

DEEDS_IN = {
    State.DRAFT: ("submit", "take"),
    State.SUBMITTED: ("approve", "send-back"),
    State.APPROVED: ("issue", "send-back"),
    State.ISSUED: ("correct",),
}
WITH_REASON = frozenset({"send-back", "correct"})


@require_http_methods(["GET", "POST"])
def drafts(request: ActorRequest) -> HttpResponse:
    """List every bulletin with its state; a form sent in drafts one."""
    access.permit(request.actor, "bulletins.see_drafts")
    form = MonthChoice(request.POST or None, months=_months())
    if request.method == "POST" and form.is_valid():
        month = date.fromisoformat(form.cleaned_data["month"])
        made = operations.draft(month=month, by=request.actor, at=clock.now())
        return redirect("bulletins:draft", made.pk)
    page = keyset(queries.bulletins(), request, order=LATEST_FIRST)
    listed = table(bulletin_columns("draft"), page, request=request, name=_("通报"), empty=_("还没有起草过通报。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed.with_rows(queries.bulletins()))
    may_edit = access.may(request.actor, "bulletins.edit") is None
    return render(request, "bulletins/drafts.html", {"listing": listed, "form": form if may_edit else None})


def draft(request: ActorRequest, bulletin_id: int) -> HttpResponse:
    """Show one bulletin as it will be printed, with what may be done to it now. Queries: fixed."""
    access.permit(request.actor, "bulletins.see_drafts")
    bulletin = queries.bulletin(bulletin_id)
    context = shown(bulletin, queries.figures_shown(bulletin), request.actor)
    deeds = [_button(name, bulletin, request) for name in DEEDS_IN[State(bulletin.state)]]
    may_edit = bulletin.state == State.DRAFT and access.may(request.actor, "bulletins.edit") is None
    return render(request, "bulletins/draft.html", context | {"deeds": deeds, "may_edit": may_edit})


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, bulletin_id: int) -> HttpResponse:
    """Word a draft."""
    access.permit(request.actor, "bulletins.edit")
    bulletin = queries.bulletin(bulletin_id)
    if bulletin.state != State.DRAFT:
        return redirect("bulletins:draft", bulletin.pk)
    given = {"title": bulletin.title, "text": bulletin.text, "version": bulletin.version}
    form = Wording(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        operations.edit(bulletin_id=bulletin.pk, by=request.actor, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("bulletins:draft", bulletin.pk)
    places = list(queries.values_of(queries.figures_shown(bulletin)))
    return render(request, "bulletins/edit.html", {"bulletin": bulletin, "form": form, "places": places})


@require_POST
def do(request: ActorRequest, bulletin_id: int, deed: str) -> HttpResponse:
    """Carry out one deed on a bulletin and show what became of it."""
    if deed not in DEEDS:
        raise NotFound("这项办理")
    operation, _action, title = DEEDS[deed]
    parts: dict[str, Any] = {"bulletin_id": bulletin_id, "by": request.actor, "at": clock.now()}
    if deed in WITH_REASON:
        parts["reason"] = request.POST.get("reason", "")[:400]
    made = operation(**parts)
    messages.success(request, f"{title}：《{made.title}》")
    return redirect("bulletins:draft", made.pk)


def _button(name: str, bulletin: Bulletin, request: ActorRequest) -> dict[str, Any]:
    _deed, action, title = DEEDS[name]
    refusal = access.may(request.actor, action, bulletin if action == "bulletins.review" else None)
    if name == "correct" and hasattr(bulletin, "corrected_by"):
        return {}
    form = Reason(auto_id=f"{name}-%s") if name in WITH_REASON and refusal is None else None
    return {"name": name, "title": title, "refusal": refusal, "form": form}


def _months() -> list[date]:
    """Return the months that may still be drafted, the latest first."""
    over = work.months_before(clock.today(), MONTHS_OFFERED)[:-1]
    drafted = set(Bulletin.objects.filter(corrects=None).values_list("month", flat=True))
    return [month for month in reversed(over) if month not in drafted]
