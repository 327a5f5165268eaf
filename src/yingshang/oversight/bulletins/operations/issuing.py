"""Issuing: number, papers, frozen measures, publication, all at once or not at all."""

from __future__ import annotations

import io
from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock, disclosure, documents, ledger, measures, registry, typesetting, work
from yingshang.kernel.audience import PUBLIC
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.bulletins import queries
from yingshang.oversight.bulletins.models import Bulletin, Outline
from yingshang.oversight.bulletins.operations.locking import locked, must_be
from yingshang.oversight.bulletins.operations.paper import paper_of
from yingshang.oversight.bulletins.operations.taking import digest_of, numbers_of
from yingshang.oversight.bulletins.queries.measured import units_measured

SERIES = "bulletin"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def issue(*, bulletin_id: int, by: Actor, at: datetime) -> Bulletin:
    """Issue an approved bulletin and return it: it gets its number, its PDF and DOCX, and is public.

    The numbers must still be those that were reviewed. Measures are frozen for
    its month, unless they were before.
    Raises NotFound, whatever the policies of issuing, freezing and publishing
    refuse, Refusal ``bulletins.not_now`` and ``bulletins.numbers_moved``.
    Records ``bulletins.issued``, ``measures.frozen``, ``documents.kept`` and
    ``disclosure.published``.
    """
    bulletin = locked(bulletin_id)
    access.permit(by, "bulletins.issue")
    must_be(bulletin, Bulletin.State.APPROVED)
    outline = queries.outline_on(bulletin.month)
    assert outline is not None and bulletin.taking is not None  # it was drafted by one
    if digest_of(numbers_of(bulletin.month, outline)) != bulletin.taking.digest:
        raise Refusal(
            "bulletins.numbers_moved",
            "审核以后，记录有了更正，通报的数字和现在的记录不一致。",
            "请退回起草，重新取数，再审核一次。",
        )
    on = clock.beijing_date(at)
    _freeze(bulletin, outline, by, at)
    bulletin.number = work.next_number(SERIES, on.year)
    bulletin.issued_on, bulletin.issued_by, bulletin.state = on, by.person, Bulletin.State.ISSUED
    paper = paper_of(bulletin, queries.figures_shown(bulletin))
    bulletin.pdf = _kept(bulletin, typesetting.pdf(paper), PDF, by, at)
    bulletin.docx = _kept(bulletin, typesetting.docx(paper), DOCX, by, at)
    bulletin.version += 1
    bulletin.save()
    disclosure.publish(
        subject=f"bulletin:{bulletin.pk}",
        kind="bulletin",
        title=bulletin.title,
        fields={
            "title": bulletin.title,
            "document_no": bulletin.number,
            "issuer": bulletin.unit.name,
            "issued_on": on.isoformat(),
            "corrects": bulletin.corrects.number if bulletin.corrects else "",
            "digest": bulletin.taking.digest,
        },
        unit=bulletin.unit.code,
        by=by,
        at=at,
    )
    facts = {"number": bulletin.number, "digest": bulletin.taking.digest, "pdf": bulletin.pdf.digest}
    ledger.record("bulletins.issued", subject=f"bulletin:{bulletin.pk}", by=by, at=at, facts=facts)
    return bulletin


def _freeze(bulletin: Bulletin, outline: Outline, by: Actor, at: datetime) -> None:
    period = measures.month(bulletin.month.year, bulletin.month.month)
    codes = units_measured()
    for name in outline.measures:
        if name in registry.measures():
            done = measures.FrozenValue.objects.filter(measure=name, period=period.code, corrects=None)
            frozen = set(done.values_list("unit__code", flat=True))
            if missing := [code for code in codes if code not in frozen]:
                measures.freeze(name, units=missing, periods=[period], by=by, at=at)


def _kept(bulletin: Bulletin, content: bytes, media_type: str, by: Actor, at: datetime) -> documents.Document:
    return documents.keep(
        io.BytesIO(content),
        name=f"{bulletin.number}{'.pdf' if media_type == PDF else '.docx'}",
        media_type=media_type,
        subject=f"bulletin:{bulletin.pk}",
        by=by,
        at=at,
        audience=PUBLIC,
    )
