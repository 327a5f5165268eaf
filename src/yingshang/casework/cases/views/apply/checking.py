"""Look everything through, hand it in, see the receipt; and the same form on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Channel
from yingshang.casework.cases.queries import Course
from yingshang.casework.cases.views.apply.drafts import address_of, around, newer_of, on_a_draft
from yingshang.casework.cases.views.papers import application_paper, as_pdf
from yingshang.kernel import clock, forms
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.fees import api as fees

CHECK = "?then=check"


@require_http_methods(["GET", "POST"])
@on_a_draft
def check(request: ActorRequest, course: Course) -> HttpResponse:
    """Show every answer with the way to change it; hand in."""
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            case = operations.hand_in(
                draft=course.draft.public_id,
                declared="declared" in request.POST,
                promised="promised" in request.POST,
                channel=channel_of(request),
                by=request.actor,
                at=clock.now(),
            )
            return redirect("cases:mine_received", case.number)
        except Refusal as refusal:
            errors = [(f"{refusal.reason}{refusal.remedy}", "declared" if refusal.code == "cases.not_declared" else "")]
    values = {
        **around(course, "check"),
        "errors": errors,
        "situation": _situation(course),
        "pages": [(page, _rows(course, page)) for page in course.pages],
        "materials": _materials(course),
        "charges": charges_of(course.version, course.draft.situation),
        "newer": newer_of(course),
        "missing": [(one.title, address_of(course, one.key)) for one in course.places if not one.is_done],
    }
    return render(request, "cases/apply/check.html", values, status=422 if errors else 200)


@require_GET
def paper(request: ActorRequest, public_id: Any) -> HttpResponse:
    """Print the form as it is filled in, also when the item takes no applications any more."""
    draft = queries.draft_of(request.actor, public_id)
    course = queries.course_of(draft, on=clock.today())
    return as_pdf(application_paper(course.version, draft.applicant.display_name, course.values), course.version.title)


def channel_of(request: ActorRequest) -> str:
    """Return by what the applicant came, as far as the browser says."""
    return Channel.MOBILE if "Mobi" in request.headers.get("User-Agent", "") else Channel.COMPUTER


def charges_of(version: catalogue.Version, situation: dict[str, str]) -> list[str]:
    """Return in words what the fee list lets be charged in this situation; what it does not bear nobody may charge."""
    found: list[str] = []
    for one in catalogue.fees_for(version, situation):
        try:
            row = fees.check(one.row, on=clock.today())
        except Refusal:
            continue
        amount = fees.yuan(row.per_unit_fen) if row.per_unit_fen is not None else row.standard
        found.append(f"{row.name}：{amount}" + (f"（每{row.per}）" if row.per and row.per_unit_fen is not None else ""))
    return found


def _situation(course: Course) -> list[dict[str, str]]:
    shown = []
    for one in course.questions:
        chosen = course.draft.situation.get(one.key)
        words = next((answer.title for answer in one.answers if answer.key == chosen), _("还没有回答"))
        shown.append({"key": one.title, "value": words, "change": address_of(course, f"question:{one.key}") + CHECK})
    return shown


def _rows(course: Course, page: forms.PageOfForm) -> list[dict[str, str]]:
    change = address_of(course, f"page:{page.number}") + CHECK
    sources = {one.title: course.usable[one.name].source for one in page.fields if one.name in course.usable}
    return [
        {"key": label, "value": shown or "—", "source": _("来源：%(source)s") % {"source": sources[label]}}
        if label in sources
        else {"key": label, "value": shown or _("未填"), "change": change}
        for label, shown in forms.rows(course.schema, course.values, page=page)
    ]


def _materials(course: Course) -> list[dict[str, str]]:
    return [
        {"key": one.material.title, "value": one.words or _("还没有选择怎样提交")}
        | ({"change": address_of(course, f"material:{one.material.key}") + CHECK} if one.is_asked else {})
        for one in course.materials
    ]
