"""When a visit may not be planned or may not begin: each stop with its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yingshang.kernel.errors import Refusal

ENTERPRISE_INSPECTION_NOTICE = "国办发〔2024〕54号"
PLAN_ITEM_4 = "木环组发〔2019〕1号 第4项"
PENALTY_LAW_42 = "《行政处罚法》第四十二条"
PENALTY_LAW_43 = "《行政处罚法》第四十三条"


@dataclass(frozen=True)
class Certificate:
    """What decides whether an inspector may go: the number, the days it holds, since when it is suspended."""

    no: str
    name: str
    unit: str
    valid_from: date
    valid_to: date
    suspended_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the certificate is valid on a day: inside its dates and not suspended by then."""
        suspended = self.suspended_on is not None and self.suspended_on <= day
        return self.valid_from <= day <= self.valid_to and not suspended


def items_published(wanted: Sequence[str], published: frozenset[str]) -> Refusal | None:
    """Refuse items that are not on the published list on the day: not published, not inspected."""
    missing = [code for code in wanted if code not in published]
    if wanted and not missing:
        return None
    said = f"“{'、'.join(missing)}”不在公布的检查事项清单上。" if missing else "没有写明检查事项。"
    return Refusal(
        "inspections.item_not_published",
        f"{said}没有公布的事项，一律不得检查。",
        "请只选清单上的事项；确需增加的，先修订并公布清单。",
        source=f"{ENTERPRISE_INSPECTION_NOTICE}；{PLAN_ITEM_4}",
    )


def room_under_cap(paid: int, cap: int | None, unit_name: str, year: int) -> Refusal | None:
    """Refuse a visit above the yearly cap.

    paid: visits of the year that count, planned ones included. cap: None
    where neither the unit nor the county has published one, which refuses as well.
    """
    if cap is None:
        return Refusal(
            "inspections.no_cap_published",
            f"{unit_name}还没有公布对同一企业的年度检查频次上限。",
            "请先公布频次上限，再安排检查。",
            source=ENTERPRISE_INSPECTION_NOTICE,
        )
    if paid < cap:
        return None
    return Refusal(
        "inspections.cap_reached",
        f"{unit_name}{year}年对这家企业的检查已经安排{paid}次，达到上限{cap}次。",
        "本年不再安排日常检查；有投诉举报、转办交办线索或者上级部署的，按个案或专项检查报批。",
        source=ENTERPRISE_INSPECTION_NOTICE,
    )


def crew_complete(crew: Sequence[Certificate], least: int, on: date) -> Refusal | None:
    """Refuse a crew smaller than the law's least, or one with a certificate that does not hold on the day."""
    if len({each.no for each in crew}) < least:
        return Refusal(
            "inspections.crew_too_small",
            f"持证检查人员不足{least}人。",
            f"请由{least}名以上持证执法人员一起检查；人员有变动的，先办理替补。",
            source=PENALTY_LAW_42,
        )
    expired = next((each for each in crew if not each.holds_on(on)), None)
    if expired is None:
        return None
    return Refusal(
        "inspections.certificate_not_valid",
        f"{expired.name}的执法证（{expired.no}）{on:%Y年%m月%d日}无效或被暂扣。",
        "请先办理替补，由持有有效执法证的人员检查。",
        source=PENALTY_LAW_42,
    )


def nobody_tied(crew: Sequence[str], tied: frozenset[str]) -> Refusal | None:
    """Refuse a crew with somebody who must keep away; says that it is so, never why.

    crew, tied: certificate numbers.
    """
    if not tied & set(crew):
        return None
    return Refusal(
        "inspections.inspector_must_withdraw",
        "检查人员中有人与这家企业有应当回避的关系。",
        "请办理回避，由下一名抽到的人员替补。",
        source=PENALTY_LAW_43,
    )


def approved(kind: str, state: str, is_emergency: bool) -> Refusal | None:
    """Refuse a single-case or special check that the head has not approved; an emergency is approved afterwards.

    kind: ``routine``, ``case`` or ``special``. state: of the permission, empty without one.
    """
    if kind == "routine" or state == "granted" or (state == "asked" and is_emergency):
        return None
    said = "没有批准" if state == "refused" else "还没有经本机关负责人批准"
    return Refusal(
        "inspections.not_approved",
        f"这次检查{said}。",
        "请先报本机关负责人批准；情况紧急的，可以注明后先检查，再在规定时间内补办。",
        source=ENTERPRISE_INSPECTION_NOTICE,
    )


def scanned(has_scan: bool) -> Refusal | None:
    """Refuse to go on without the scan of the enterprise's code."""
    if has_scan:
        return None
    return Refusal(
        "inspections.scan_first",
        "还没有扫企业的码。不扫码，不得开始检查。",
        "请在企业门口扫“企业码”；扫不出来的，可以输入码下面的编号。",
        source=ENTERPRISE_INSPECTION_NOTICE,
    )


def right_door(read: str, code: str) -> Refusal | None:
    """Refuse a scan that names another enterprise.

    read: the text of the code: a credit code, or an address that ends in one.
    """
    if read.strip().upper().rstrip("/").endswith(code):
        return None
    return Refusal(
        "inspections.another_enterprise",
        "扫到的不是这次要检查的企业。",
        "请核对检查通知书上的企业；企业搬迁或者码贴错的，先中止这次检查并报告。",
        source=ENTERPRISE_INSPECTION_NOTICE,
    )


def on_its_days(today: date, first: date, last: date) -> Refusal | None:
    """Refuse a visit outside the days that were approved for it."""
    if first <= today <= last:
        return None
    return Refusal(
        "inspections.not_on_this_day",
        f"这次检查安排在{first:%Y年%m月%d日}{'' if first == last else f'至{last:%m月%d日}'}。",
        "请在安排的日期内检查；需要改期的，重新报批。",
        source=ENTERPRISE_INSPECTION_NOTICE,
    )


WORDS = {
    "inspections.item_not_published": "检查的事项没有公布",
    "inspections.cap_reached": "达到年度频次上限",
    "inspections.no_cap_published": "没有公布年度频次上限",
    "inspections.crew_too_small": "持证人员不够",
    "inspections.certificate_not_valid": "执法证过期或者被暂扣",
    "inspections.inspector_must_withdraw": "检查人员应当回避",
    "inspections.not_approved": "没有经过批准",
    "inspections.scan_first": "没有扫码",
    "inspections.another_enterprise": "走错了企业",
    "inspections.not_on_this_day": "不在安排的日期",
    "inspections.stopped_by_a_person": "被工作人员中止",
}
"""Code of a refusal → what the rule is called where stops are counted."""
