"""The responsibility letter (责任书): made from the accepted edition, numbered, signed by the unit's head, sealed."""

from __future__ import annotations

import io
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from yingshang.kernel import access, documents, ledger, org, typesetting, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Letter, WorkPlanEdition
from yingshang.oversight.plan_tasks.operations.work_plan_locks import locked_edition
from yingshang.oversight.plan_tasks.rules import roadmap_svg

SERIES = "responsibility_letter"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def sign_letter(*, edition_id: int, by: Actor, on: date, at: datetime) -> Letter:
    """Sign the letter of an accepted edition: number it, keep it as PDF and DOCX, seal the PDF.

    Raises NotFound, Refusal ``plan_tasks.nothing_accepted``,
    ``plan_tasks.letter_signed``, whatever the policies of signing and sealing
    refuse, and Unavailable when the signing process does not answer: nothing is
    signed then. Records (strict) ``plan_tasks.letter_signed``.
    """
    edition = locked_edition(edition_id)
    plan = edition.work_plan
    access.permit(by, "plan_tasks.sign_letter", plan)
    if edition.state != WorkPlanEdition.State.ACCEPTED:
        raise Refusal("plan_tasks.nothing_accepted", "这一版方案没有备案，不能签责任书。", "请在备案以后签署。")
    if hasattr(edition, "letter"):
        raise Refusal("plan_tasks.letter_signed", f"责任书{edition.letter.number}已经签署。", "不需要再签。")
    number = work.next_number(SERIES, on.year)
    paper = letter_of(edition, number=number, signed_on=on, signer=by.name)
    subject, name = f"work_plan:{plan.pk}", f"{queries.title_of(plan)}责任书"
    plain = documents.keep(
        io.BytesIO(typesetting.pdf(paper)),
        name=f"{name}.pdf",
        media_type=PDF,
        subject=subject,
        by=by,
        at=at,
        official_no=number,
    )
    word = documents.keep(
        io.BytesIO(typesetting.docx(paper)), name=f"{name}.docx", media_type=WORD, subject=subject, by=by, at=at
    )
    sealed = documents.seal(plain.pk, by=by, at=at, reason=f"签署{name}")
    for desk in queries.desk_units("plan_tasks.decide_filing", on):
        if desk.code != by.unit:
            documents.deliver(document_id=sealed.pk, channel="platform", unit=desk.code, by=by, at=at)
    letter = Letter.objects.create(
        edition=edition,
        number=number,
        document=sealed,
        word_document=word,
        signed_by=by.person,
        signer_name=by.name[:60],
        signed_at=at,
    )
    owed = edition.letter_obligation
    if owed is not None and owed.state == work.Obligation.State.OPEN:
        work.fulfill(obligation_id=owed.pk, by=SYSTEM, at=at, evidence=f"document:{sealed.digest}")
    ledger.record(
        "plan_tasks.letter_signed",
        subject=subject,
        by=by,
        at=at,
        facts={"number": number, "unit": plan.holder.code, "edition": edition.number, "title": queries.title_of(plan)},
    )
    return letter


def letter_of(
    edition: WorkPlanEdition, *, number: str = "", signed_on: date | None = None, signer: str = ""
) -> typesetting.OfficialDocument:
    """Return the letter as a paper; without number and date it is the draft that the head reads before signing."""
    plan = edition.work_plan
    unit, county = plan.holder, org.county()
    stages = queries.stages_of(edition)
    plans = queries.stage_plans(stages)
    desks = queries.desk_units("plan_tasks.decide_filing", signed_on or edition.accepted_on or edition.started_on)
    desk = "、".join(each.short_name for each in desks) or "备案单位"
    rows = [
        (
            str(stage.place),
            stage.title,
            queries.goal_words(stage),
            f"{stage.starts_on:%Y-%m-%d}至{stage.finish_on:%Y-%m-%d}",
            stage.answers,
        )
        for stage in stages
    ]
    body: list[typesetting.Block] = [
        typesetting.Paragraph(
            f"为落实{plan.obligation.source or plan.plan.title}，{unit.name}"
            f"对{queries.title_of(plan)}（第{edition.number}版）作出如下承诺。"
        ),
        typesetting.Heading("目标"),
        typesetting.Paragraph(edition.aim or "按期完成下列各阶段的目标。"),
        typesetting.Heading("阶段任务、目标和完成时限"),
        typesetting.Grid(("序号", "阶段", "目标", "起止日期", "责任人"), rows, "时间表"),
        typesetting.Drawing(roadmap_svg(plans), "路线图"),
        typesetting.Heading("责任"),
        typesetting.Paragraph(
            f"{unit.name}主要负责人{signer}是第一责任人，对各阶段按期完成负责。"
            f"进展据实填报，完成后申请销号，接受{desk}的检查和考核。"
        ),
    ]
    return typesetting.OfficialDocument(
        issuer=unit.name,
        number=number,
        title=f"{queries.title_of(plan)}责任书",
        to=(),
        body=body,
        signed_by=unit.name,
        signed_on=signed_on,
        note="演示" if county.is_made_up or settings.YS_DEMO else "",
    )
