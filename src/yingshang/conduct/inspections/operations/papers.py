"""The papers of a visit: the notice before it, the report to the owner after it."""

from __future__ import annotations

import io
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Visit
from yingshang.kernel import access, audience, clock, documents, ledger, typesetting, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.kernel.typesetting import Code, Grid, Heading, Paragraph

SERIES = "inspection-notice"


@transaction.atomic
def issue_notice(*, public_id: UUID, address: str, by: Actor, at: datetime) -> documents.Document:
    """Make the notice of a visit with its number, keep it, and return it; made once, then the same one again.

    address: where the enterprise checks that the visit is real; printed as a
    QR code. Raises NotFound and what the policy refuses. Records
    ``inspections.notice_issued``.
    """
    visit = queries.visit_with(public_id, lock=True)
    access.permit(by, "inspections.inspect", visit)
    subject = f"visit:{visit.public_id}"
    if visit.notice_no:
        return documents.Document.objects.get(subject=subject, official_no=visit.notice_no)
    today = clock.beijing_date(at)
    visit.notice_no = work.next_number(SERIES, today.year)
    visit.save(update_fields=["notice_no"])
    kept = _keep(_notice(visit, address, at), visit, f"检查通知书{visit.notice_no}.pdf", by, at, visit.notice_no)
    ledger.record("inspections.notice_issued", subject=visit.in_ledger, by=by, at=at, facts={"no": visit.notice_no})
    return kept


@transaction.atomic
def issue_report(*, public_id: UUID, by: Actor, at: datetime) -> documents.Document:
    """Make one report of all units' points for the owner (一次检查、全面体检), keep and return it.

    Raises NotFound, what the policy refuses, Refusal ``inspections.no_result``.
    """
    visit = queries.visit_with(public_id, lock=True)
    access.permit(by, "inspections.inspect", visit)
    if not queries.outcomes_of(visit):
        raise Refusal("inspections.no_result", "还没有录入检查结果。", "请先录入结果，再制作报告。")
    return _keep(_report(visit, at), visit, "检查报告.pdf", by, at, "")


def _keep(paper: typesetting.Form, visit: Visit, name: str, by: Actor, at: datetime, number: str) -> documents.Document:
    party = str(visit.target.party.public_id) if visit.target.party else ""
    return documents.keep(
        io.BytesIO(typesetting.pdf(paper)),
        name=name,
        media_type="application/pdf",
        subject=f"visit:{visit.public_id}",
        by=by,
        at=at,
        audience=audience.Audience(unit=visit.lead_unit.code, party=party),
        official_no=number,
    )


def _head(visit: Visit) -> list[tuple[str, str]]:
    crew = queries.crew_of(visit)
    return [
        ("检查对象", visit.target.name),
        ("统一社会信用代码", visit.target.code),
        ("地址", visit.target.address),
        ("牵头单位", visit.lead_unit.name),
        ("检查类型", visit.get_kind_display()),
        ("执法人员", "；".join(f"{each.inspector.name}（{each.inspector.certificate_no}）" for each in crew)),
    ]


def _notice(visit: Visit, address: str, at: datetime) -> typesetting.Form:
    items = queries.items_of(visit)
    texts = queries.notice_texts_on(clock.beijing_date(at))
    units = {item.unit.pk: item.unit for item in items}
    caps = queries.caps_of(units.values(), visit.planned_on)
    counts = [
        [unit.short_name, str(queries.paid_visits(visit.target, unit, visit.planned_on.year)), _cap(caps[unit.pk])]
        for unit in units.values()
    ]
    days = f"{visit.planned_on:%Y年%m月%d日}" + (
        f"至{visit.planned_to:%m月%d日}" if visit.planned_to != visit.planned_on else ""
    )
    return typesetting.Form(
        title="行政检查通知书",
        number=visit.notice_no,
        fields=[*_head(visit), ("检查日期", days), ("怎么确定的", _why(visit))],
        body=[
            Heading("检查事项和依据"),
            Grid(["事项", "检查主体", "依据"], [[item.title, item.unit.short_name, item.basis] for item in items]),
            Heading("本年度检查次数（含本次）和上限"),
            Grid(["单位", "次数", "上限"], counts),
            *[Paragraph(text.words) for text in texts],
            Heading("核实这次检查"),
            Code(address),
        ],
        signatures=["执法人员", "企业签收"],
        note="演示" if visit.target.is_demo else "",
    )


def _report(visit: Visit, at: datetime) -> typesetting.Form:
    rows = [
        [item.title, answer.question, _said(answer.is_right), answer.remark]
        for item, answer in queries.answers_of(visit)
    ]
    outcomes = [[each.code, each.words, each.remark] for each in queries.outcomes_of(visit)]
    follow_ups = [
        [each.words, f"{each.obligation.due_date:%Y年%m月%d日}" if each.obligation.due_date else "—"]
        for each in queries.follow_ups_of(visit)
    ]
    return typesetting.Form(
        title="检查报告",
        number=visit.notice_no,
        fields=[*_head(visit), ("检查日期", f"{clock.beijing_date(visit.started_at or at):%Y年%m月%d日}")],
        body=[
            Heading("逐项情况"),
            Grid(["事项", "检查内容", "情况", "说明"], rows),
            Heading("检查结果"),
            Grid(["代码", "结果", "说明"], outcomes),
            *_table("后续处理", ["处理", "期限"], follow_ups),
        ],
        signatures=["执法人员", "企业签收"],
        note="演示" if visit.target.is_demo else "",
    )


def _table(heading: str, head: list[str], rows: list[list[str]]) -> list[typesetting.Block]:
    return [Heading(heading), Grid(head, rows)] if rows else []


def _cap(cap: int | None) -> str:
    return f"{cap}次" if cap is not None else "未公布"


def _why(visit: Visit) -> str:
    if visit.batch is not None:
        return f"第{visit.batch.serial}号公开摇号抽取"
    return f"{visit.permission.get_cause_display()}，经本机关负责人批准" if visit.permission else ""


def _said(is_right: bool | None) -> str:
    return {True: "符合", False: "不符合", None: "不适用"}[is_right]
