"""Who sees which dashboard, and who notes calls."""

from __future__ import annotations

from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


def _needs(actor: Actor, action: str, deed: str) -> Refusal | None:
    if actor.holds(action):
        return None
    return Refusal(
        "dashboards.not_your_post", f"您的岗位不能{deed}。", "本单位的情况请看“本单位主页”，全县进度请看公开的进度页。"
    )


@policy("dashboards.see_cockpit", zh="县领导和督办岗等岗位中有查看驾驶舱这一项的人员。")
def may_see_cockpit(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries the sight of all units: county leaders, the bureau that supervises."""
    return _needs(actor, "dashboards.see_cockpit", "查看全县各单位的亮灯")


@policy("dashboards.see_calls", zh="岗位中有周一电话这一项的人员。")
def may_see_calls(actor: Actor, _: object) -> Refusal | None:
    """A person whose post carries the Monday calls."""
    return _needs(actor, "dashboards.see_calls", "查看周一电话单")


@policy("dashboards.note_call", zh="岗位中有记录电话这一项的人员；只收计数的单位不打督促电话。")
def may_note_call(actor: Actor, unit: org.Unit) -> Refusal | None:
    """A person whose post carries the noting of calls; units that only report counts are not called."""
    if unit.counts_only:
        return Refusal(
            "dashboards.not_to_be_called",
            f"{unit.short_name}只收数量和状态，不打督促电话。",
            "如有情况，请按该系统自己的渠道联系。",
        )
    return _needs(actor, "dashboards.note_call", "记录督促电话")


@policy("dashboards.see_unit", zh="本单位和它上级单位的人员；岗位可以查看驾驶舱的人员也可以看，但只收计数的单位除外。")
def may_see_unit(actor: Actor, unit: org.Unit) -> Refusal | None:
    """An official of the unit or of one above it; whoever sees the cockpit, but for units that only report counts."""
    above = org.Unit.objects.filter(code=actor.unit).first() if actor.unit else None
    if above is not None and unit.path.startswith(above.path):
        return None
    if unit.counts_only:
        return Refusal("dashboards.counts_only", f"{unit.short_name}只收数量和状态。", "请看驾驶舱下方的计数表。")
    return _needs(actor, "dashboards.see_cockpit", "查看这个单位的主页")


@policy("dashboards.see_progress", zh="所有人，不用登录。")
def may_see_progress(_actor: Actor, _: object) -> Refusal | None:
    """Everybody, without logging in."""
    return None
