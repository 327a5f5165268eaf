"""Several cases in one go: only what needs no grounds of its own, each in its own transaction, each with its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.forms.desk import ManyForm
from yingshang.casework.cases.models import Case
from yingshang.casework.cases.views.desk.standing import need_desk
from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.web import ActorRequest

MOST_AT_ONCE = 50


@dataclass(frozen=True, kw_only=True)
class ManyDeed:
    """One deed for many cases. state: of ``queries.desk.STANDS``. run: one case, in its own transaction."""

    title: str | Lazy
    state: str
    paper: str
    run: Callable[[Case, ActorRequest, Mapping[str, Any]], Any]


MANY: Mapping[str, ManyDeed] = {
    "accept": ManyDeed(
        title=gettext_lazy("批量受理"),
        state="submitted",
        paper="accepted",
        run=lambda case, request, _data: operations.accept(case_id=case.pk, by=request.actor, at=clock.now()),
    ),
    "deliver": ManyDeed(
        title=gettext_lazy("批量送达"),
        state="granted",
        paper="delivery",
        run=lambda case, request, data: operations.deliver(
            case_id=case.pk, how=data["how"], by=request.actor, at=clock.now()
        ),
    ),
}
"""Never a refusal, a correction or a decision: each of these needs grounds of its own."""


@require_http_methods(["GET", "POST"])
def many(request: ActorRequest, deed: str) -> HttpResponse:
    """Choose cases, look once more at what will be done, do it, list what became of each."""
    need_desk(request)
    if deed not in MANY:
        raise NotFound(_("这项批量办理"))
    wanted, on = MANY[deed], clock.today()
    cases = queries.sought(queries.desk_of(request.actor), {"state": wanted.state}, request.actor, on)
    page = list(cases.filter(unit__code=request.actor.unit).order_by("due_order", "pk")[:MOST_AT_ONCE])
    rows = queries.desk_rows(page, request.actor, on)
    form = ManyForm(request.POST or None, rows=rows, asks_how=deed == "deliver")
    values: dict[str, Any] = {"deed": deed, "title": wanted.title, "rows": rows, "form": form, "most": MOST_AT_ONCE}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cases/desk/many.html", values, status=422 if form.is_bound else 200)
    chosen = [case for case in page if case.number in form.cleaned_data["numbers"]]
    values["chosen"] = [row for row in rows if row.number in form.cleaned_data["numbers"]]
    if not request.POST.get("sure"):
        return render(request, "cases/desk/many_preview.html", values)
    operations.note_together(
        deed=str(wanted.title),
        cases=[case.pk for case in chosen],
        reason=form.cleaned_data["reason"],
        by=request.actor,
        at=clock.now(),
    )
    values["results"] = [(case, _done(case, wanted, request, form.cleaned_data)) for case in chosen]
    values["done"] = sum(1 for _case, refusal in values["results"] if refusal is None)
    return render(request, "cases/desk/many_done.html", values)


def _done(case: Case, wanted: ManyDeed, request: ActorRequest, data: Mapping[str, Any]) -> Refusal | Stale | None:
    """Do it to one case and issue its paper; return why it was not done, or None."""
    try:
        wanted.run(case, request, data)
        operations.issue_paper(case_id=case.pk, kind=wanted.paper, by=request.actor, at=clock.now())
    except (Refusal, Stale) as refusal:
        return refusal
    return None
