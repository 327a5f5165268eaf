"""Who may move a dossier, close an obligation, and see either."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yingshang.kernel.access import policy, visibility
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.kernel.procedures import APPLICANT, CLOCK, Definition, LimitRule, MoveRule, PauseRule
from yingshang.kernel.work.models import Dossier, Involvement, Obligation, Step


@dataclass(frozen=True)
class Intended:
    """A move somebody is about to make. ``by_clock``: a missed limit makes it, nobody else."""

    step: Step
    rule: MoveRule
    by_clock: bool = False


@dataclass(frozen=True)
class ClockDeed:
    """A pause or an extension somebody is about to grant."""

    step: Step
    rule: PauseRule | LimitRule


@dataclass(frozen=True)
class Withdrawal:
    """A branch somebody is about to take out of the parallel work."""

    step: Step
    definition: Definition


@policy(
    "work.move",
    zh="程序写明的人：承办这一环节的单位中有相应岗位的人员，或者申请人。由期限自动推进的动作，只在期限届满时由平台办理。",
)
def may_move(actor: Actor, intended: Intended) -> Refusal | None:
    """Whoever the procedure names: an officer of the unit that holds the step, in one of the posts; or the applicant.

    A move that the procedure leaves to the clock is made when a limit is
    missed, and by nobody.
    """
    rule, step = intended.rule, intended.step
    if CLOCK in rule.by:
        if intended.by_clock and actor is SYSTEM:
            return None
        return Refusal("work.only_the_clock", f"“{rule.title}”只在到期时自动办理。", "不需要人工办理。")
    if APPLICANT in rule.by and actor.party and _is_applicant(actor, step.dossier_id):
        return None
    if set(rule.by) == {APPLICANT}:
        return Refusal(
            "work.not_the_applicant",
            f"“{rule.title}”由申请人本人或者受托人办理。",
            "请由申请人登录办理，或先办理委托。",
        )
    return _holder_with(actor, step, set(rule.by), rule.title)


@policy("work.withdraw_branch", zh="牵头单位的人员：谁组织并联办理，谁可以撤出其中一项。")
def may_withdraw_branch(actor: Actor, withdrawal: Withdrawal) -> Refusal | None:
    """An officer of the dossier's lead unit: who runs the parallel work takes a part out of it."""
    lead = withdrawal.step.dossier.lead_unit
    if actor is SYSTEM or (lead is not None and actor.unit == lead.code):
        return None
    name = lead.short_name if lead else "牵头单位"
    return Refusal("work.not_lead_unit", f"并联办理的分支由牵头单位“{name}”撤下。", "请联系该单位。")


@policy("work.give_opinion", zh="程序写明要征求意见的单位的人员，不限岗位。")
def may_give_opinion(actor: Actor, step: Step) -> Refusal | None:
    """An officer of a unit that the procedure asks, whatever the post. Which units are asked is the procedure's."""
    if actor.unit:
        return None
    return Refusal(
        "work.not_asked", "这一步由被征求意见的单位提出意见。", "如您代表其中一个单位，请切换到该单位后再办理。"
    )


@policy("work.pause", zh="承办这一环节的单位的人员；要书面告知申请人暂停多久。")
def may_pause(actor: Actor, deed: ClockDeed) -> Refusal | None:
    """An officer of the unit that holds the step: it tells the applicant in writing how long."""
    return _holder_with(actor, deed.step, set(), deed.rule.title)


@policy("work.extend", zh="承办这一环节的单位中，程序写明有批准权的岗位。")
def may_extend(actor: Actor, deed: ClockDeed) -> Refusal | None:
    """An officer of the unit that holds the step, in the post that the procedure names for approval."""
    posts = {deed.rule.approved_by} if isinstance(deed.rule, LimitRule) else set()
    return _holder_with(actor, deed.step, posts, deed.rule.title)


@policy("work.fulfill_obligation", zh="承担这件事的单位或当事人，或者岗位中有确认办结这一项的人员。")
def may_fulfill(actor: Actor, obligation: Obligation) -> Refusal | None:
    """The unit or party that owes it, or a post that carries the action (whoever confirms that it was done)."""
    if actor is SYSTEM or _bears(actor, obligation) or _confirms(actor, "work.fulfill_obligation", obligation):
        return None
    return Refusal(
        "work.not_the_bearer",
        f"“{obligation.title}”由承担的单位或者当事人办理。",
        "请由承担单位的工作人员或者当事人本人办理。",
    )


@policy("work.cancel_obligation", zh="岗位中有这一项的人员；承担单位不能自行撤销。")
def may_cancel(actor: Actor, obligation: Obligation) -> Refusal | None:
    """A post that carries the action; never the one who owes it by that alone."""
    if actor is SYSTEM or _confirms(actor, "work.cancel_obligation", obligation):
        return None
    return Refusal(
        "work.cannot_cancel", "应办事项不能由承担单位自行撤销。", "请向下达这项工作的单位说明情况，由其撤销。"
    )


@policy(
    "work.see_obligation",
    zh="承担单位、它的上级单位，以及负责督办的人员。只收计数的单位，督办人员看不到具体事项；不公开的事项只有承担人能看。",
)
def may_see_obligation(actor: Actor, obligation: Obligation) -> Refusal | None:
    """Those who owe it, the units above them, and whoever watches obligations.

    Who watches does not see those of units that only report counts. A sealed
    obligation is seen by those who owe it, and by nobody else.
    """
    return None if seen_obligations(actor).filter(pk=obligation.pk).exists() else _HIDDEN


@visibility("work.see_obligation")
def seen_obligations(actor: Actor) -> QuerySet[Obligation]:
    """Return the obligations that an actor may see one by one. No query until it is read."""
    everything = Obligation.objects.all()
    if actor is SYSTEM:
        return everything
    mine, below, watched = Q(pk__in=[]), Q(pk__in=[]), Q(pk__in=[])
    if actor.unit:
        mine |= Q(unit__code=actor.unit)
        below = Q(is_sealed=False) & _under("unit__path", actor.unit)
    if actor.party:
        mine |= Q(party__public_id=actor.party)
    if actor.holds("work.see_obligation"):
        watched = Q(is_sealed=False, is_watched=True) & (Q(unit__counts_only=False) | Q(unit=None, party__isnull=False))
    return everything.filter(mine | below | watched)


@policy(
    "work.see_dossier",
    zh="牵头单位、承办环节的单位和它们的上级、有关当事人，以及负责督办的人员。不公开的卷宗只有牵头和承办单位能看。",
)
def may_see_dossier(actor: Actor, dossier: Dossier) -> Refusal | None:
    """Units that lead it or hold a step of it and those above them, the parties involved, and whoever watches.

    A sealed dossier is seen by the units that lead it or hold a step of it.
    """
    return None if seen_dossiers(actor).filter(pk=dossier.pk).exists() else _HIDDEN


@visibility("work.see_dossier")
def seen_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers that an actor may see one by one. No query until it is read."""
    everything = Dossier.objects.all()
    if actor is SYSTEM:
        return everything
    seen = Q(pk__in=[])
    if actor.unit:
        held = Step.objects.filter(unit__code=actor.unit).values("dossier_id")
        seen |= Q(lead_unit__code=actor.unit) | Q(pk__in=held)
        seen |= Q(is_sealed=False) & _under("lead_unit__path", actor.unit)
    if actor.party:
        concerned = Involvement.objects.filter(party__public_id=actor.party).values("dossier_id")
        seen |= Q(is_sealed=False, pk__in=concerned)
    if actor.holds("work.see_dossier"):
        seen |= Q(is_sealed=False, lead_unit__counts_only=False)
    return everything.filter(seen)


_HIDDEN = Refusal("work.not_yours_to_see", "这一项不在您可以查看的范围内。", "如工作需要，请联系承办单位。")


def _under(path: str, unit_code: str) -> Q:
    """Paths are ``parent/child/``: whatever stands under a unit has its code as a part of the path."""
    return Q(**{f"{path}__startswith": f"{unit_code}/"}) | Q(**{f"{path}__contains": f"/{unit_code}/"})


def _is_applicant(actor: Actor, dossier_id: int) -> bool:
    rows = Involvement.objects.filter(dossier_id=dossier_id, party__public_id=actor.party, role=APPLICANT)
    return rows.exists()


def _holder_with(actor: Actor, step: Step, posts: set[str], title: str) -> Refusal | None:
    if step.unit is None or actor.unit != step.unit.code:
        name = step.unit.short_name if step.unit else "承办单位"
        return Refusal(
            "work.not_holding_unit", f"“{title}”由承办单位“{name}”办理。", "请联系该单位，或在本单位的待办中办理。"
        )
    if posts and not posts & actor.posts:
        return Refusal("work.post_missing", f"您的岗位不能办理“{title}”。", "请由本单位有相应岗位的人员办理。")
    return None


def _bears(actor: Actor, obligation: Obligation) -> bool:
    if obligation.unit is not None:
        return actor.unit == obligation.unit.code
    return obligation.party is not None and actor.party == str(obligation.party.public_id)


def _confirms(actor: Actor, action: str, obligation: Obligation) -> bool:
    return actor.holds(action) and not obligation.is_sealed
