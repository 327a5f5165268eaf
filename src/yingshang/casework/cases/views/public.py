"""How a case stands, for whoever holds its receipt: no log-in, no name, the same answer to everything that is wrong."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yingshang.casework.cases import queries
from yingshang.casework.cases.forms.mine import StatusForm
from yingshang.kernel import clock, web
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import api as catalogue

PACE = web.Pace("cases.status")


@require_http_methods(["GET", "POST"])
def status(request: ActorRequest) -> HttpResponse:
    """Ask for number and code; show what happens to the case. Wrong numbers and wrong codes look and take the same."""
    if request.method == "GET":
        form = StatusForm(initial={"number": request.GET.get("number", "")[:40]})
        return render(request, "cases/public/status.html", {"form": form})
    form = StatusForm(request.POST)
    if not form.is_valid():
        return render(request, "cases/public/status.html", {"form": form}, status=422)
    number, secret = form.cleaned_data["number"], form.cleaned_data["secret"]
    # Right and wrong questions count alike, so that being stopped tells nothing.
    stopped = PACE.refused(request)
    if stopped is not None:
        return stopped
    PACE.count(request)
    try:
        found = queries.case_by_number(number, secret)
    except NotFound:
        form.add_error(None, _("办件编号和查询码对不上。请照回执核对；回执丢了，可以登录后在“我的办件”里查看。"))
        return render(request, "cases/public/status.html", {"form": form}, status=422)
    values = {
        "case": found,
        "title": catalogue.version(found.version_id).title,
        "state": queries.state_words(found),
        "lamp": queries.lamps_of([found], clock.today()).get(found.pk),
        "history": queries.history_of(found),
        "decision": getattr(found, "decision", None),
        "verdicts": queries.verdicts_of(found),
        "waits": bool(queries.corrections_wanted(found)) or bool(queries.supplies_wanted(found)),
    }
    return render(request, "cases/public/case.html", values)
