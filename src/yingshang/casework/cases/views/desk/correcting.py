"""The correction notice: everything that is wrong, material by material, seen as a PDF before it is told, once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.forms.correction import DefectRow, defect_rows, defects
from yingshang.casework.cases.models import Case, CaseMaterial
from yingshang.casework.cases.views.desk.doing import guards, issue_after, key_in, version_in
from yingshang.casework.cases.views.desk.standing import case_of
from yingshang.kernel import access, clock, typesetting
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import api as catalogue

DEED = "correction"


@require_http_methods(["GET", "POST"])
def correction(request: ActorRequest, number: str) -> HttpResponse:
    """Ask for the defects, tell them once, issue the notice."""
    one = case_of(request, number)
    rows = _rows(one, request)
    if request.method != "POST":
        _refuse_what_is_closed(one, request)
        return _page(request, one, rows)
    try:
        operations.ask_to_correct(
            case_id=one.pk,
            defects=defects(rows, clock.today()),
            by=request.actor,
            at=clock.now(),
            expected_version=version_in(request),
            retry_key=key_in(request),
        )
    except Stale:
        return _page(request, case_of(request, number), rows, overtaken=True, status=409)
    except Refusal as refusal:
        return _page(request, one, rows, refusal=refusal, status=409)
    issue_after(request, one, DEED)
    messages.success(request, _("已一次性告知补正，申请人会收到通知。"))
    return redirect("cases:desk_case", number)


@require_POST
def preview(request: ActorRequest, number: str) -> HttpResponse:
    """Show the notice as it would be issued; nothing is told and nothing is kept."""
    one = case_of(request, number)
    access.permit(request.actor, "cases.ask_to_correct", one)
    rows = _rows(one, request)
    if not defects(rows, clock.today()):
        refusal = Refusal(
            "cases.defects_missing",
            "补正通知要一次写明需要补正的全部内容。",
            "请逐项写明缺什么、怎样补；之后不能再次要求补正。",
        )
        return _page(request, one, rows, refusal=refusal, status=409)
    paper = operations.correction_paper(one, defects(rows, clock.today()), clock.now())
    answer = HttpResponse(typesetting.pdf(paper), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="preview.pdf"'
    return answer


def _rows(one: Case, request: ActorRequest) -> list[DefectRow]:
    version = catalogue.version(one.version_id)
    noted = CaseMaterial.objects.filter(case=one, verdict=CaseMaterial.Verdict.DEFECT).order_by("pk")
    return defect_rows(
        catalogue.materials_for(version, one.situation),
        request.POST,
        dict(noted.values_list("key", "remark")),
        clock.today(),
    )


def _refuse_what_is_closed(one: Case, request: ActorRequest) -> None:
    open_deeds = queries.possible_deeds(one, request.actor)
    if DEED not in open_deeds:
        who, what = queries.first_of(one)
        raise Refusal(
            "cases.not_now",
            f"办件{one.number}现在不能要求补正，最近一次办理是{who}的“{what}”。",
            "请回到办件页面，看现在可以办理什么。",
        )
    refusal = open_deeds[DEED]
    if refusal is not None:
        raise refusal


def _page(
    request: ActorRequest,
    one: Case,
    rows: list[DefectRow],
    *,
    overtaken: bool = False,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    values: dict[str, Any] = {
        "case": one,
        "rows": rows,
        "refusal": refusal,
        "overtaken": overtaken,
        "is_filing": one.version.kind == "filing",
        **guards(request, one),
    }
    if overtaken:
        values["who"], values["what"] = queries.first_of(one)
    return render(request, "cases/desk/correction.html", values, status=status)
