"""What each paper says. A function returns None where the case has not come to what it would say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from yingshang.casework.cases.models import Case, CaseMaterial
from yingshang.casework.cases.queries.remedies import remedy_words
from yingshang.kernel import clock, work
from yingshang.kernel.typesetting import Block, Code, Form, Grid, Heading, Paragraph

MARKS = {
    "accepted": "受",
    "tolerant": "容受",
    "correction": "补",
    "declined": "不予受",
    "not_needed": "不受",
    "granted": "准",
    "refused": "不准",
    "letter": "函",
    "revoked": "撤",
    "delivery": "达",
}


def accepted(case: Case) -> Form | None:
    """受理通知书, also for a deemed acceptance (《行政许可法》第三十二条第二款)."""
    move = _move(case, "accept", "deem_accepted")
    if move is None:
        return None
    since = move.counts_as_of or clock.beijing_date(move.at)
    said = "收到申请后没有在期限内告知补正，依照《行政许可法》第三十二条，自收到之日起即为受理。"
    body: list[Block] = [
        Paragraph(f"您提出的“{case.version.title}”申请，材料齐全、符合法定形式，决定予以受理。"),
        *([Paragraph(said)] if move.do == "deem_accepted" else []),
        Paragraph(f"受理日：{_day(since)}。{_promise(case)}"),
    ]
    return _form(case, "accepted", "受理通知书", body, _on(move.at))


def tolerant(case: Case) -> Form | None:
    """容缺受理通知书: what is missing, until when, and what it means when it does not come."""
    move = _move(case, "accept_tolerantly")
    if move is None:
        return None
    owed = work.Obligation.objects.filter(dossier=case.dossier_id, kind="work.material").order_by("pk")
    rows = [
        [
            str(n),
            _what(duty),
            _day(duty.due_date) if duty.due_date else "另行告知",
        ]
        for n, duty in enumerate(owed, start=1)
    ]
    body: list[Block] = [
        Paragraph(f"您提出的“{case.version.title}”申请，基本条件具备、主要材料齐全，先行受理。还缺下列材料："),
        Grid(["序号", "材料", "最晚补交日"], rows),
        Paragraph("补交以前，本单位照常审查。逾期没有补交的，本件终止办理，您可以重新申请。"),
        Heading("申请人的承诺"),
        Paragraph(str(move.facts.get("promise", ""))),
        Paragraph(f"受理日：{_day(clock.beijing_date(move.at))}。{_promise(case)}"),
    ]
    return _form(case, "tolerant", "容缺受理通知书", body, _on(move.at), ["申请人", "经办人"])


def correction(case: Case) -> Form | None:
    """一次性补正告知书, as it was told."""
    notice = getattr(case, "correction_notice", None)
    return correction_paper(case, notice.defects, notice.told_at) if notice else None


def correction_paper(case: Case, defects: Sequence[Mapping[str, str]], at: datetime) -> Form:
    """Return the notice over some defects, also before it is told: its preview."""
    given = CaseMaterial.objects.filter(case=case).exclude(given=CaseMaterial.Given.LATER).order_by("pk")
    titles = dict(CaseMaterial.objects.filter(case=case).values_list("key", "title"))
    named = {each.get("material", "") for each in defects}
    fitting = dict.fromkeys(title for key, title in given.values_list("key", "title") if key not in named)
    rows = [
        [
            str(n),
            each.get("title") or titles.get(each.get("material", ""), "申请表"),
            each["what"],
            each.get("remedy", ""),
        ]
        for n, each in enumerate(defects, start=1)
    ]
    body: list[Block] = [
        Paragraph(f"您提出的“{case.version.title}”申请，需要补正下列内容。需要补正的都在这里，以后不再要求补正。"),
        Grid(["序号", "材料", "需要补正什么", "怎样补正"], rows),
        *([Paragraph(f"下列材料符合要求，不用再交：{'、'.join(fitting)}。")] if fitting else []),
        Paragraph("补齐以后，可以网上提交，也可以交到窗口。收到补正材料后，重新计算受理的期限。"),
    ]
    return _form(case, "correction", "一次性补正告知书", body, _on(at), ["签收人", "经办人"])


def declined(case: Case) -> Form | None:
    """不予受理决定书."""
    move = _move(case, "decline")
    if move is None:
        return None
    body = [Paragraph(f"您提出的“{case.version.title}”申请，决定不予受理。"), *_grounds(move.facts)]
    return _form(case, "declined", "不予受理决定书", body, _on(move.at))


def not_needed(case: Case) -> Form | None:
    """不受理告知书: nothing needs to be applied for."""
    move = _move(case, "not_needed")
    if move is None:
        return None
    body = [
        Paragraph(f"您提出的“{case.version.title}”申请，依法不需要办理，不予受理。"),
        *_grounds(dict(move.facts) | {"remedy": remedy_words(_on(move.at))}),
    ]
    return _form(case, "not_needed", "不受理告知书", body, _on(move.at))


def granted(case: Case) -> Form | None:
    """准予决定书."""
    decision = getattr(case, "decision", None)
    if decision is None or not decision.is_granted:
        return None
    body: list[Block] = [Paragraph(f"您提出的“{case.version.title}”申请，符合规定的条件，决定准予。")]
    if decision.on_commitment:
        body.append(Paragraph("本决定凭您签署的承诺书当场作出，事后依法核查；承诺不实的，撤销本决定。"))
    if decision.content:
        body += [Heading("准予的内容"), Paragraph(decision.content)]
    if decision.valid_from:
        until = _day(decision.valid_to) if decision.valid_to else "长期"
        body.append(Paragraph(f"有效期：{_day(decision.valid_from)}至{until}。"))
    return _form(case, "granted", "准予决定书", body, decision.decided_on, number=decision.document_no)


def refused(case: Case) -> Form | None:
    """不予决定书, with reasons and remedies (《行政许可法》第三十八条第二款)."""
    decision = getattr(case, "decision", None)
    if decision is None or decision.is_granted:
        return None
    body = [
        Paragraph(f"您提出的“{case.version.title}”申请，决定不予办理。"),
        *_grounds({"reason": decision.reason, "remedy": decision.remedy}),
    ]
    return _form(case, "refused", "不予决定书", body, decision.decided_on, number=decision.document_no)


def letter(case: Case) -> Form | None:
    """以函代证函."""
    row = getattr(case, "letter", None)
    if row is None:
        return None
    body = [
        Paragraph(row.text),
        Paragraph(f"本函有效期至{_day(row.valid_to)}。" if row.valid_to else "正式证照送达时，本函失效。"),
    ]
    return _form(case, "letter", f"关于“{case.version.title}”的函", body, _on(row.issued_at), number=row.official_no)


def revoked(case: Case) -> Form | None:
    """撤销决定书."""
    row = getattr(case, "revocation", None)
    if row is None:
        return None
    body = [
        Paragraph(f"本单位就“{case.version.title}”作出的准予决定，现予撤销。"),
        *_grounds({"reason": row.reason, "remedy": row.remedy}),
    ]
    return _form(case, "revoked", "撤销决定书", body, _on(row.revoked_at))


def delivery(case: Case) -> Form | None:
    """送达回证: what was delivered, how and when, with a line for whoever signs for it."""
    move = _move(case, "deliver")
    if move is None:
        return None
    how = {"window": "窗口领取", "post": "邮寄", "online": "网上送达"}.get(str(move.facts.get("how", "")), "其他方式")
    papers = case.office_papers.exclude(kind="delivery").order_by("pk")
    names = [paper.get_kind_display() for paper in papers] or [case.version.title]
    number = str(move.facts.get("tracking_no", ""))
    body: list[Block] = [
        Grid(["序号", "送达的文书"], [[str(n), name] for n, name in enumerate(names, start=1)]),
        Paragraph(
            f"送达方式：{how}{f'，单号{number}' if number else ''}。送达时间：{_day(clock.beijing_date(move.at))}。"
        ),
    ]
    return _form(case, "delivery", "送达回证", body, _on(move.at), ["受送达人", "送达人"])


def _form(
    case: Case,
    mark: str,
    title: str,
    body: Sequence[Block],
    on: date,
    signatures: Sequence[str] = ("经办人",),
    number: str = "",
) -> Form:
    consult = case.version.content.get("where", {}).get("consult", "") if isinstance(case.version.content, dict) else ""
    return Form(
        title=title,
        number=number or f"{case.number}-{MARKS[mark]}",
        fields=[
            ("申请人", case.applicant.display_name),
            ("事项", case.version.title),
            ("办件编号", case.number),
            ("收件日期", _day(clock.beijing_date(case.received_at))),
            ("承办单位", case.unit.name),
            *([("咨询电话", consult)] if consult else []),
            ("日期", _day(on)),
        ],
        body=[*body, *_where_to_look(case)],
        signatures=signatures,
        note="演示，不具有法律效力" if settings.YS_DEMO else "",
    )


def _where_to_look(case: Case) -> list[Block]:
    try:
        address = f"{settings.YS_PUBLIC_ADDRESS}{reverse('cases:status')}?number={case.number}"
    except NoReverseMatch:
        return []
    return [Paragraph("扫码查看办理进展，查询码在收件回执上："), Code(address)]


def _grounds(facts: Mapping[str, object]) -> list[Block]:
    blocks: list[Block] = []
    for key, label in (("reason", "理由"), ("remedy", "救济途径")):
        if facts.get(key):
            blocks += [Heading(label), Paragraph(str(facts[key]))]
    return blocks


def _what(duty: work.Obligation) -> str:
    return duty.title.rpartition("：")[2].removeprefix("补交")


def _promise(case: Case) -> str:
    due = case.due_date
    return f"本单位承诺最晚在{_day(due)}作出决定；依法不计入期限的环节另行告知。" if due and case.is_open else ""


def _move(case: Case, *names: str) -> work.Move | None:
    return work.Move.objects.filter(dossier=case.dossier_id, do__in=names).order_by("-pk").first()


def _on(at: datetime) -> date:
    return clock.beijing_date(at)


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
