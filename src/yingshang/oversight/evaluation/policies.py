"""Who commissions an evaluation, who works on it, and who may see it before it is published."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yingshang.kernel.access import policy, visibility
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation.models import Evaluation, Inquiry, Owner

SOURCE = "方案第35项"


@policy("evaluation.commission", zh="县营商环境建设监督部门中负责委托评价的岗位。")
def may_commission(actor: Actor, _: object) -> Refusal | None:
    """A post of the supervising bureau that carries it."""
    if actor.unit and actor.holds("evaluation.commission"):
        return None
    return Refusal(
        "evaluation.not_the_commissioner", "委托第三方评价由县营商环境建设监督局办理。", "请联系该局。", source=SOURCE
    )


@policy("evaluation.work_on", zh="受委托的第三方机构的评估员，在合同期内，声明过没有利益冲突。")
def may_work_on(actor: Actor, evaluation: Evaluation) -> Refusal | None:
    """An evaluator of the commissioned third party who stated that there is no conflict of interest."""
    if (refusal := _of_the_evaluator(actor, evaluation)) is not None:
        return refusal
    stated = evaluation.interests.filter(person=actor.person).first()
    if stated is None:
        return Refusal(
            "evaluation.interest_not_stated", "您还没有声明利益冲突情况。", "请先在评价工作间里声明。", source=SOURCE
        )
    if stated.has_conflict:
        return Refusal(
            "evaluation.has_conflict", "您声明过与这次评价有利益冲突。", "请由没有利益冲突的同事办理。", source=SOURCE
        )
    return None


@policy("evaluation.publish", zh="受委托的第三方机构的评估员，在合同期内，声明过没有利益冲突。")
def may_publish(actor: Actor, evaluation: Evaluation) -> Refusal | None:
    """The same as working on it: the third party publishes, nobody stops it."""
    return may_work_on(actor, evaluation)


@policy("evaluation.see_working_papers", zh="受委托的第三方机构的评估员；公布以后人人可看公布的部分。")
def may_see_working_papers(actor: Actor, evaluation: Evaluation) -> Refusal | None:
    """An evaluator of the commissioned third party; no unit, the commissioning bureau included."""
    return _of_the_evaluator(actor, evaluation)


@visibility("evaluation.see_working_papers")
def with_working_papers(actor: Actor) -> QuerySet[Evaluation]:
    """The evaluations that the actor's own unit was commissioned with."""
    if not actor.holds("evaluation.see_working_papers"):
        return Evaluation.objects.none()
    return Evaluation.objects.filter(evaluator__code=actor.unit)


@policy("evaluation.object", zh="在责任矩阵上对某个数据项负责的单位的联络员或者负责人，异议期内。")
def may_object(actor: Actor, owner: Owner) -> Refusal | None:
    """Somebody of the unit that answers for the series."""
    if owner.unit is not None and actor.unit == owner.unit.code and actor.holds("evaluation.object"):
        return None
    return Refusal(
        "evaluation.not_your_series", "这个数据项不由您的单位负责。", "请联系责任矩阵上的单位。", source=SOURCE
    )


@policy("evaluation.state", zh="评估机构发函要数据的单位的联络员或者负责人。")
def may_state(actor: Actor, inquiry: Inquiry) -> Refusal | None:
    """Somebody of the unit that the inquiry was sent to."""
    if actor.unit == inquiry.unit.code and actor.holds("evaluation.state"):
        return None
    return Refusal("evaluation.not_asked", "这份函不是发给您的单位的。", "请由收函的单位办理。", source=SOURCE)


def open_to(actor: Actor) -> Q:
    """Return the evaluations the actor may know of: published, its own, those being objected to, those asking it."""
    mine = Q(evaluator__code=actor.unit) if actor.unit else Q(pk=None)
    stage = Q(dossier__state__in=["objecting", "published"]) if actor.unit else Q(pk=None)
    asked = Inquiry.objects.filter(unit__code=actor.unit).values("evaluation") if actor.unit else []
    commissioner = Q(pk__isnull=False) if actor.holds("evaluation.commission") else Q(pk=None)
    return Q(published_at__isnull=False) | mine | stage | Q(pk__in=asked) | commissioner


def _of_the_evaluator(actor: Actor, evaluation: Evaluation) -> Refusal | None:
    if actor.unit == evaluation.evaluator.code and actor.holds("evaluation.see_working_papers"):
        return None
    return Refusal(
        "evaluation.not_the_evaluator",
        f"这次评价由{evaluation.evaluator.short_name}独立开展。",
        "结果公布以后人人可看；对本单位的数据有意见的，请在异议期内提出。",
        source=SOURCE,
    )
