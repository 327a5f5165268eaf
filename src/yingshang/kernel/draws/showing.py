"""What the public pages show of a draw, in words: what happened, what it waits for, how the dice lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import clock, org
from yingshang.kernel.draws.gathering import party_has_until
from yingshang.kernel.draws.models import Draw, Step, Throw
from yingshang.kernel.draws.queries import dice_of, rule_of, seats_of
from yingshang.kernel.draws.reasons import void_reasons
from yingshang.kernel.draws.standing import Standing, State, standing_of
from yingshang.methods import draw as method

SECTIONS = {
    "purpose": "检查事由",
    "strata": "分类和比例",
    "targets": "检查对象名录",
    "exclusions": "排除名单",
    "inspectors": "检查人员名录",
    "conflicts": "回避关系",
    "pairs": "配对规则",
    "role": "抽取的是对象还是人员",
}


@dataclass(frozen=True)
class Die:
    """One die: its place, the digit that counts (None before it is entered), and digits that were corrected."""

    place: int
    digit: int | None
    corrected: tuple[int, ...]
    takes: int


@dataclass(frozen=True)
class Ceremony:
    """A ceremony as everybody sees it now.

    next_die: the first place without a digit, 0 when all are in. digits: all
    twenty once they are entered. parties: (name, what it did). waits_until: until
    when invited ones may still disclose. root, size: of the result, once drawn.
    """

    draw: Draw
    standing: Standing
    dice: tuple[Die, ...]
    next_die: int
    digits: str
    is_dice_confirmed: bool
    parties: tuple[tuple[str, str], ...]
    beacon: str
    waits_until: datetime | None
    root: str
    size: int

    @property
    def entry_id(self) -> UUID:
        """The ledger entry of the commitment."""
        return next(iter(self.draw.steps.all())).entry_id

    @property
    def digits_in_fives(self) -> str:
        """The digits as a witness reads them out."""
        return " ".join(self.digits[place : place + 5] for place in range(0, len(self.digits), 5))

    @property
    def is_open(self) -> bool:
        """Whether it takes randomness now."""
        return self.standing.state == State.GATHERING


def ceremony_of(draw: Draw, at: datetime) -> Ceremony:
    """Return the ceremony of a draw as it stands at a moment. Queries: at most 5."""
    entered = dice_of(draw) if "dice" in draw.sources else {}
    places = range(1, method.DICE + 1) if "dice" in draw.sources else ()
    dice = tuple(_die(place, entered.get(place, [])) for place in places)
    given = {step.source: step for step in draw.steps.all() if step.source}
    result = next((step.content for step in draw.steps.all() if step.does == Step.Does.DRAWN), None)
    return Ceremony(
        draw=draw,
        standing=standing_of(draw),
        dice=dice,
        next_die=next((die.place for die in dice if die.digit is None), 0),
        digits="".join(str(die.digit) for die in dice) if len(entered) == method.DICE else "",
        is_dice_confirmed="dice" in given,
        parties=tuple((seat.pledge.invitation.name, _disclosed(given.get(seat.pledge.invitation.source)))
                      for seat in seats_of(draw)),
        beacon=_beacon(draw, given.get("drand"), at),
        root=result["root"] if result else "",
        size=result["size"] if result else 0,
        waits_until=party_has_until(draw) if any(s.startswith("party:") for s in draw.sources) else None,
    )  # fmt: skip


def timeline_of(draw: Draw) -> list[dict[str, Any]]:
    """Return what happened, first to last, each with its ledger entry, for ``{% timeline %}``. Queries: 1."""
    steps = list(Step.objects.filter(draw=draw).select_related("entry").defer("entry__content").order_by("number"))
    names = dict(
        org.Unit.objects.filter(code__in={step.entry.unit for step in steps}).values_list("code", "short_name")
    )
    return [
        {
            "title": step.get_does_display() + (f"：{_source(step.source)}" if step.source else ""),
            "at": step.at,
            "who": names.get(step.entry.unit, _("系统") if step.by == "system" else ""),
            "text": _told(step),
            "href": reverse("ledger:entry", args=[step.entry_id]),
            "state": "late" if step.does == Step.Does.VOIDED else "done",
        }
        for step in steps
    ]


def rule_words(draw: Draw) -> list[tuple[str, str]]:
    """Return the randomness rule as pairs of name and words."""
    rule = rule_of(draw)
    rows = []
    if rule.beacon is not None and draw.beacon_at is not None:
        when = draw.beacon_at.astimezone(clock.BEIJING)
        said = _("drand %(chain)s 第%(round)d轮，%(when)s发布") % {
            "chain": rule.beacon.chain, "round": rule.beacon.round, "when": f"{when:%Y年%m月%d日 %H:%M:%S}",
        }  # fmt: skip
        rows.append((_("公共信标"), said))
    if rule.dice:
        rows.append((_("骰子"), _("%(count)d颗十面骰子，当众掷出，由其他单位的人见证") % {"count": rule.dice}))
    rows += [(_("受邀方：%(name)s") % {"name": party.name}, party.commitment) for party in rule.parties]
    return rows


def _die(place: int, takes: list[Throw]) -> Die:
    digits = [take.digit for take in takes]
    return Die(place, digits[-1] if digits else None, tuple(digits[:-1]), len(takes))


def _disclosed(step: Step | None) -> str:
    if step is None:
        return _("已提交承诺，还没有揭示")
    value = step.content["value"] if step.content else ""
    return value or _("没有揭示，已公开登记")


def _beacon(draw: Draw, step: Step | None, at: datetime) -> str:
    if draw.beacon_at is None:
        return ""
    if step is not None and step.content:
        return _("第%(round)d轮已取得并核验：%(signature)s…") % {
            "round": step.content["round"], "signature": step.content["signature"][:32],
        }  # fmt: skip
    left = draw.beacon_at - at
    if left > timedelta(0):
        return _("还有%(left)s发布") % {"left": _length(left)}
    return _("已到发布时间，等待取得")


def _length(left: timedelta) -> str:
    days, seconds = left.days, left.seconds
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [(days, _("天")), (hours, _("小时")), (minutes, _("分")), (seconds, _("秒"))]
    return "".join(f"{amount}{word}" for amount, word in parts if amount)


def _source(source: str) -> str:
    return {"dice": _("骰子"), "drand": _("公共信标")}.get(source) or source.removeprefix("party:")


def _told(step: Step) -> str:
    content = step.content or {}
    match step.does:
        case Step.Does.COMMITTED:
            return _("承诺的摘要：") + step.digest
        case Step.Does.RANDOMNESS if step.source == "dice":
            return str(content["digits"])
        case Step.Does.RANDOMNESS if step.source == "drand":
            return f"{content['round']}：{content['signature']}"
        case Step.Does.RANDOMNESS:
            return _disclosed(step)
        case Step.Does.DRAWN:
            return _("抽出%(size)d个，结果的根：%(root)s") % {"size": content["size"], "root": content["root"]}
        case Step.Does.SUBSTITUTED:
            return _("替换了谁，公布时一并公开；内容的摘要：") + step.digest
        case Step.Does.REVEALED:
            return _("一次性代码：") + str(content["code"])
        case _:
            reason = str(content["reason"])
            return "。".join(filter(None, [void_reasons().words(reason), str(content["note"])]))
