"""Make the PDF and DOCX of an issued letter, keep them, deliver them, seal them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock, documents, ledger, typesetting
from yingshang.kernel.audience import Audience
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision.models import Climb, Letter
from yingshang.oversight.supervision.queries.limits import limit_in_words
from yingshang.oversight.supervision.rules.wording import day_words, lateness_words

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def render_letter(*, letter_id: int, by: Actor, at: datetime) -> Letter:
    """Make the papers of an issued letter from its frozen wording, keep them and deliver the PDF; return the letter.

    Done once: the second time nothing happens. Raises NotFound, whatever the
    policy refuses and ``supervision.letter_not_out``. Records
    ``documents.kept``, ``documents.delivered``.
    """
    rows = Letter.objects.select_for_update(of=("self",))
    letter = rows.select_related("unit", "bearer", "issuer", "authority", "ladder", "duty").filter(pk=letter_id).first()
    if letter is None:
        raise NotFound("这份文书")
    access.permit(by, "supervision.render_letter", letter)
    if letter.state != Letter.State.ISSUED:
        raise Refusal("supervision.letter_not_out", "这份文书还没有发出。", "请先完成审批。")
    if letter.pdf_id is not None:
        return letter
    paper = paper_of(letter)
    keeper = replace(SYSTEM, unit=letter.issuer.code)
    subject, readers = f"letter:{letter.pk}", Audience(unit=letter.issuer.code)
    letter.pdf = documents.keep(
        io.BytesIO(typesetting.pdf(paper)),
        name=f"{letter.get_kind_display()}{letter.no}.pdf",
        media_type=PDF,
        subject=subject,
        by=keeper,
        at=at,
        audience=readers,
        official_no=letter.no or "",
    )
    letter.docx = documents.keep(
        io.BytesIO(typesetting.docx(paper)),
        name=f"{letter.get_kind_display()}{letter.no}.docx",
        media_type=DOCX,
        subject=subject,
        by=keeper,
        at=at,
        audience=readers,
    )
    letter.save(update_fields=["pdf", "docx"])
    for kept in (letter.pdf, letter.docx):
        documents.deliver(document_id=kept.pk, channel="platform", unit=letter.bearer.code, by=keeper, at=at)
    return letter


def render_waiting(*, limit: int, at: datetime) -> int:
    """Render issued letters that have no papers yet, the oldest first; return how many. Each commits by itself."""
    waiting = Letter.objects.filter(state=Letter.State.ISSUED, pdf=None).order_by("pk").values_list("pk", flat=True)
    done = 0
    for letter_id in list(waiting[:limit]):
        render_letter(letter_id=letter_id, by=SYSTEM, at=at)
        done += 1
    return done


@transaction.atomic
def seal_letter(*, letter_id: int, by: Actor, at: datetime) -> Letter:
    """Put the electronic seal on a letter's PDF, deliver the sealed one, and return the letter.

    Raises NotFound, whatever the policies refuse, ``supervision.letter_not_out``;
    Unavailable when the signing process does not answer. Records
    ``supervision.letter_sealed`` and what ``documents.seal`` records.
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("bearer", "pdf").filter(pk=letter_id).first()
    if letter is None:
        raise NotFound("这份文书")
    access.permit(by, "supervision.seal_letter", letter)
    if letter.pdf_id is None:
        raise Refusal("supervision.letter_not_out", "这份文书还没有生成 PDF。", "请稍后再试。")
    sealed = documents.seal(letter.pdf_id, by=by, at=at, reason=f"{letter.get_kind_display()}{letter.no}")
    documents.deliver(document_id=sealed.pk, channel="platform", unit=letter.bearer.code, by=by, at=at)
    ledger.record("supervision.letter_sealed", subject=f"letter:{letter.pk}", by=by, at=at, facts={"no": letter.no})
    return letter


def paper_of(letter: Letter) -> typesetting.OfficialDocument:
    """Return a letter as an official document: the wording as issued, its lines, its limit, the right to object."""
    blocks: list[typesetting.Block] = [typesetting.Paragraph(letter.opening), _lines(letter)]
    if letter.meets_at is not None:
        at = letter.meets_at.astimezone(clock.BEIJING)
        when = f"{day_words(at.date())}{at:%H时%M分}"
        blocks.append(typesetting.Paragraph(f"约谈时间：{when}。约谈地点：{letter.meets_in}。"))
    demand = letter.demand
    if letter.duty is not None and letter.duty.due_date is not None:
        demand += f"（答复期限：{day_words(letter.duty.due_date)}。）"
    blocks.append(typesetting.Paragraph(demand))
    if letter.kind != Letter.Kind.CORRECTION and letter.issued_on is not None:
        limit = clock.limit_on("SUP.OBJECT", letter.issued_on)
        days = limit_in_words(limit.code, letter.issued_on)
        right = f"对本文书有异议的，可以自收到之日起{days}内申请复核（{limit.source}）。"
        blocks.append(typesetting.Paragraph(right))
    return typesetting.OfficialDocument(
        issuer=letter.issuer.name,
        number=letter.no or "",
        title=letter.title,
        to=[letter.bearer.name],
        body=blocks,
        signed_by=letter.issuer.name,
        signed_on=letter.issued_on,
        note="演示" if letter.authority.is_demo else "",
    )


def _lines(letter: Letter) -> typesetting.Grid:
    if letter.kind == Letter.Kind.CORRECTION:
        wrong = Climb.objects.filter(corrected_in=letter).select_related("letter").order_by("line")
        rows = [[row.title, row.letter.no or "", row.struck_reason] for row in wrong]
        return typesetting.Grid(["事项", "原文书", "更正原因"], rows)
    lines = letter.climbs.order_by("line")
    rows = [
        [
            row.title,
            row.ground,
            day_words(row.due_date),
            _standing(row),
        ]
        for row in lines
    ]
    return typesetting.Grid(["事项", "依据", "办结期限", "发文时的情况"], rows)


def _standing(row: Climb) -> str:
    """Say how a line stood; that a lamp lit it need not be said twice."""
    stood = lateness_words(row.color, row.days_late)
    return stood if row.rule.startswith("lamp_is_") else f"{stood}；{row.why}"
