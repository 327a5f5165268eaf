"""The choices that the editor's fields offer for one version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yingshang.registers.catalogue.forms.parts import Choices, Offered
from yingshang.registers.catalogue.queries.offering import Reference


def offered_for(content: Mapping[str, Any], reference: Reference, before: int | None = None) -> Offered:
    """Return the choices for a content.

    before: the place of the question being edited; only earlier ones may decide whether it is asked.
    """
    questions = content.get("situations", [])
    earlier = questions if before is None else questions[:before]
    bases = [(basis["key"], basis["text"]) for basis in content.get("basics", {}).get("bases", [])]
    return Offered(
        {
            **reference.codes,
            "kind": reference.codes.get("kind_words", []),
            "units": reference.units,
            "posts": reference.posts,
            "certificates": reference.certificates,
            "fees": reference.fees,
            "bases": bases,
            "answers": _answers(questions),
            "earlier": _answers(earlier),
            "time": [("wd", _("工作日")), ("d", _("日")), ("h", _("小时")), ("m", _("个月"))],
            "commitment": [
                ("none", _("不实行")),
                ("certificates", _("证明事项告知承诺：个别材料可以承诺代替")),
                ("license", _("许可告知承诺：承诺后当场决定，事后核查")),
            ],
            "source_kind": [
                ("self", _("申请人自己写")),
                ("issued", _("别的单位出具")),
                ("shared", _("部门之间核验，不用交")),
                ("generated", _("由申请表生成")),
            ],
            "paid_by": [("agency", _("行政机关")), ("applicant", _("申请人"))],
            "field_kinds": FIELD_KINDS,
            "held": HELD,
        }
    )


def _answers(questions: list[dict[str, Any]]) -> Choices:
    return [
        (f"{question['key']}:{answer['key']}", f"{question['title']} {answer['title']}")
        for question in questions
        for answer in question.get("answers", [])
    ]


FIELD_KINDS = [
    ("text", "一行文字"),
    ("long", "几行文字"),
    ("integer", "整数"),
    ("number", "数字（可以有小数）"),
    ("date", "日期"),
    ("yes", "是或者否"),
    ("choice", "选一个答案"),
    ("choices", "选几个答案"),
    ("credit-code", "统一社会信用代码"),
    ("id-number", "居民身份证号码"),
    ("mobile", "手机号"),
    ("area", "行政区划"),
]

HELD = [
    ("person.name", "个人：姓名"),
    ("person.id_number", "个人：身份证号码"),
    ("person.mobile", "个人：手机号"),
    ("person.address", "个人：住址"),
    ("enterprise.name", "企业：名称"),
    ("enterprise.credit_code", "企业：统一社会信用代码"),
    ("enterprise.address", "企业：住所"),
    ("enterprise.legal_representative", "企业：法定代表人"),
    ("enterprise.mobile", "企业：联系电话"),
    ("enterprise.industry", "企业：行业"),
    ("enterprise.opened_on", "企业：成立日期"),
]
