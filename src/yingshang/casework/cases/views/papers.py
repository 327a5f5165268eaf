"""Papers for the applicant: the filled-in form, the receipt with its code. Printed on demand, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import Case, CaseMaterial
from yingshang.kernel import clock, forms, typesetting
from yingshang.registers.catalogue import api as catalogue

DEMO = "演示"


def as_pdf(paper: typesetting.Paper, name: str) -> HttpResponse:
    """Return a paper as a PDF that the browser shows."""
    answer = HttpResponse(typesetting.pdf(paper), content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    return answer


def application_paper(
    version: catalogue.Version, applicant: str, values: Mapping[str, Any], number: str = ""
) -> typesetting.Form:
    """Return the form of an item, filled in."""
    return forms.paper(
        version.content.form,
        values,
        title=str(version.content.form.get("title", "")) or f"{version.title}申请表",
        number=number,
        above=[("申请人", applicant)],
        note=DEMO if version.is_demo else "",
    )


def receipt_paper(
    case: Case, version: catalogue.Version, materials: list[CaseMaterial], address: str
) -> typesetting.Form:
    """Return the receipt (接件回执). address: of the status page, with the number."""
    committed = version.content.limits.committed
    return typesetting.Form(
        title="接件回执",
        number=case.number,
        fields=[
            ("事项", version.title),
            ("申请人", case.applicant.display_name),
            ("收到时间", f"{case.received_at.astimezone(clock.BEIJING):%Y年%m月%d日 %H:%M}"),
            ("承办单位", case.unit.name),
            ("查询码", queries.secret_of(case.number)),
            *([("承诺办理时限", f"受理后{limit_words(committed)}")] if committed else []),
            *([("咨询电话", version.content.where.consult)] if version.content.where.consult else []),
        ],
        body=[
            typesetting.Heading("收到的材料"),
            typesetting.Grid(
                ["序号", "材料", "方式"],
                [[str(i), one.title, one.get_given_display()] for i, one in enumerate(materials, start=1)]
                or [["", "无", ""]],
            ),
            typesetting.Heading("接下来"),
            typesetting.Paragraph(next_words(case, version)),
            typesetting.Heading("随时查进展"),
            typesetting.Paragraph("打开下面的网址，输入办件编号和查询码，不用登录。查询码请不要告诉别人。"),
            typesetting.Code(address),
        ],
        note=DEMO if version.is_demo else "",
    )


def limit_words(limit: Any) -> str:
    """Return a limit in words: 5个工作日."""
    unit = {"wd": "个工作日", "h": "小时", "m": "个月"}.get(limit.unit, "日")
    return f"{limit.days}{unit}"


def next_words(case: Case, version: catalogue.Version) -> str:
    """Return what happens next and by when, and what it means when nothing happens."""
    if version.kind == "filing":
        return "备案自收到之日起生效，不需要等待批准。材料还缺什么，会一次说清。"
    by_when = f"最晚{case.due_date:%Y年%m月%d日}" if case.due_date else "尽快"
    return (
        f"承办单位{by_when}告诉您是否受理；材料需要改的，会一次说清。"
        "过了这一天没有告诉您，从收到之日起就算受理（《行政许可法》第三十二条）。"
    )
