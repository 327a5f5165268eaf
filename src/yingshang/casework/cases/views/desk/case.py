"""One case at the desk: the papers beside the checklist, the clocks explained, what may be done; its papers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Case, CaseMaterial, CasePaper
from yingshang.casework.cases.views.desk.deeds import DEEDS
from yingshang.casework.cases.views.desk.standing import case_of, keys_on
from yingshang.kernel import access, clock, documents, forms, procedures, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import api as catalogue

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
PDF = "application/pdf"


@require_safe
def case(request: ActorRequest, number: str) -> HttpResponse:
    """Show a case with all that is known of it and what may be done. Queries: fixed."""
    one, on = case_of(request, number), clock.today()
    version = catalogue.version(one.version_id)
    codes = queries.official_codes([one])[one.pk]
    words = queries.code_words_on(on)
    rows = queries.checklist(one, version)
    open_deeds = queries.possible_deeds(one, request.actor)
    issued = {paper.kind: paper for paper in CasePaper.objects.filter(case=one).select_related("document")}
    values = {
        "case": one,
        "version": version,
        "state": procedures.frozen(one.dossier.procedure).title_of(one.state) if one.dossier.procedure else one.state,
        "code": words.get(int(codes[-1]), str(int(codes[-1]))) if codes else "",
        "applicant": access.mask(request.actor, "name", one.applicant.display_name),
        "checklist": rows,
        "viewer": _viewer(request, rows),
        "answers": forms.rows(version.content.form, one.answers) if version.content.form else [],
        "clocks": queries.clocks_explained(one, on),
        "history": queries.history(one),
        "deeds": [(name, _title(name), refusal) for name, refusal in open_deeds.items()],
        "allowed": [name for name, refusal in open_deeds.items() if refusal is None],
        "papers": [(kind, label, issued.get(kind)) for kind, label in _due_papers(one, issued)],
        "may_issue": access.may(request.actor, "cases.work_desk", one.unit) is None,
        "promises": list(one.commitments.order_by("pk")),
        "keys": keys_on(request),
    }
    return render(request, "cases/desk/case.html", values)


@require_safe
def look(request: ActorRequest, number: str, document_id: UUID, page: int) -> HttpResponse:
    """Send one page of a PDF of a case as a picture, so that it can be read beside the checklist."""
    one = case_of(request, number)
    paper = CaseMaterial.objects.filter(case=one, document=document_id).select_related("document").first()
    if paper is None or paper.document is None or paper.document.media_type != PDF:
        raise NotFound(_("这一页"))
    picture = documents.page_picture(paper.document, page, request.actor)
    answer = HttpResponse(picture, content_type="image/png")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def issue(request: ActorRequest, number: str, kind: str) -> HttpResponse:
    """Issue a paper that the case has come to."""
    one = case_of(request, number)
    paper = operations.issue_paper(case_id=one.pk, kind=kind, by=request.actor, at=clock.now())
    messages.success(request, _("已出具%(paper)s。") % {"paper": paper.get_kind_display()})
    return redirect("cases:desk_case", number)


def _title(name: str) -> str:
    return str(DEEDS[name].title) if name in DEEDS else _("一次性告知补正")


def _viewer(request: ActorRequest, rows: list[queries.CheckRow]) -> dict[str, object]:
    """Return what the viewer shows: the paper asked for, else the first one; the page asked for, else the first."""
    papers = [paper for row in rows for paper in row.papers if paper.document is not None]
    wanted = request.GET.get("look", "")
    shown = next((paper for paper in papers if str(paper.document_id) == wanted), papers[0] if papers else None)
    if shown is None or shown.document is None:
        return {"papers": []}
    document = shown.document
    may_open = access.may(request.actor, "documents.open", document) is None
    pages = documents.page_count(document, request.actor) if may_open and document.media_type == PDF else 0
    asked = request.GET.get("page", "")
    page = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < len("9999999") else 1
    return {
        "papers": papers,
        "shown": shown,
        "is_picture": document.media_type in PICTURES,
        "is_pdf": pages > 0,
        "page": page,
        "pages": pages,
        "may_open": may_open,
    }


def _due_papers(one: Case, issued: dict[str, CasePaper]) -> list[tuple[str, str]]:
    """Return kind and title of the papers that were issued, and of those that a case has come to."""
    come_to = set(work.moves_of(one.dossier).values_list("do", flat=True))
    kinds = [kind for kind, moves in MOVES_OF.items() if come_to & moves]
    decision = getattr(one, "decision", None)
    if decision is not None:
        kinds.append("granted" if decision.is_granted else "refused")
    if hasattr(one, "letter"):
        kinds.append("letter")
    labels = dict(CasePaper.Kind.choices)
    return [(kind, labels[kind]) for kind in labels if kind in kinds or kind in issued]


MOVES_OF = {
    "accepted": {"accept", "deem_accepted"},
    "tolerant": {"accept_tolerantly"},
    "correction": {"ask_to_correct"},
    "declined": {"decline"},
    "not_needed": {"not_needed"},
    "revoked": {"revoke"},
    "delivery": {"deliver"},
}
