"""Issue a paper: look whether what it says was done, print it, keep it for the applicant and the unit."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, CasePaper
from yingshang.casework.cases.operations.papers import wording
from yingshang.casework.cases.operations.submitting import audience_of_files
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, documents, ledger, typesetting
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor

Kind = CasePaper.Kind
WORDINGS: Mapping[str, Callable[[Case], typesetting.Form | None]] = {
    Kind.ACCEPTED: wording.accepted,
    Kind.TOLERANT: wording.tolerant,
    Kind.CORRECTION: wording.correction,
    Kind.DECLINED: wording.declined,
    Kind.NOT_NEEDED: wording.not_needed,
    Kind.GRANTED: wording.granted,
    Kind.REFUSED: wording.refused,
    Kind.LETTER: wording.letter,
    Kind.REVOKED: wording.revoked,
    Kind.DELIVERY: wording.delivery,
}


def issue_paper(*, case_id: int, kind: str, by: Actor, at: datetime) -> CasePaper:
    """Issue a paper (出具文书) and return it; one that was issued before is returned as it is.

    kind: of ``CasePaper.Kind``. Raises NotFound, what the policy refuses,
    Refusal ``cases.no_paper_yet`` where what it would say was not done.
    Records ``documents.kept`` and ``cases.paper_issued``.
    """
    case = found(case_id)
    access.permit(by, "cases.work_desk", case.unit)
    before = CasePaper.objects.filter(case=case, kind=kind).select_related("document").first()
    if before is not None:
        return before
    content = typesetting.pdf(paper_of(case, kind))
    return _keep(case, Kind(kind), content, by=by, at=at)


def paper_of(case: Case, kind: str) -> typesetting.Form:
    """Return a paper of a case as it would be issued. Raises Refusal ``cases.no_paper_yet``."""
    paper = WORDINGS[kind](case) if kind in WORDINGS else None
    if paper is None:
        raise Refusal(
            "cases.no_paper_yet",
            "这份文书要说的事还没有办理，不能出具。",
            "请先在办件页面办理，再出具文书。",
        )
    return paper


@transaction.atomic
def _keep(case: Case, kind: Kind, content: bytes, *, by: Actor, at: datetime) -> CasePaper:
    # The case is locked so that two clicks issue one paper; the second finds the first one's.
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    before = CasePaper.objects.filter(case=case, kind=kind).select_related("document").first()
    if before is not None:
        return before
    document = documents.keep(
        io.BytesIO(content),
        name=f"{kind.label}{case.number}.pdf",
        media_type="application/pdf",
        subject=f"dossier:{case.dossier_id}",
        by=by,
        at=at,
        audience=audience_of_files(case.applicant, case.unit.code),
    )
    paper = CasePaper.objects.create(case=case, kind=kind, document=document, issued_at=at, issued_by=by.person)
    ledger.record("cases.paper_issued", subject=f"case:{case.pk}", by=by, at=at, facts={"paper": kind.label})
    return paper
