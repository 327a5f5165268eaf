"""Who sees a case. Nobody else learns that it exists."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yingshang.casework.cases.models import Case
from yingshang.kernel.access import policy, visibility
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.kernel.work import Step


@policy("cases.see", zh="申请人和受其委托的人；承办单位及其所属的局的人员；被征求意见的单位；负责督办的人员。")
def may_see(actor: Actor, case: Case) -> Refusal | None:
    """The applicant's side, the bureau that acts, a unit that was asked, and whoever watches all cases."""
    if seen_cases(actor).filter(pk=case.pk).exists():
        return None
    return Refusal("cases.not_yours_to_see", "这件办件不在您可以查看的范围内。", "如工作需要，请联系承办单位。")


@visibility("cases.see")
def seen_cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases that an actor may see. No query until it is read."""
    if actor is SYSTEM:
        return Case.objects.all()
    seen = Q(pk__in=[])
    if actor.party:
        seen |= Q(applicant__public_id=actor.party)
    if actor.unit:
        asked = Step.objects.filter(unit__code=actor.unit).exclude(branch="").values("dossier_id")
        seen |= Q(bureau__code=actor.unit) | Q(unit__code=actor.unit) | Q(dossier_id__in=asked)
    if actor.holds("cases.see_all"):
        seen |= Q(unit__counts_only=False)
    return Case.objects.filter(seen)


@policy("cases.see_all", zh="岗位中有查看全县办件这一项的人员（负责督办）；只收计数的单位除外。")
def may_see_all(actor: Actor, _: object | None) -> Refusal | None:
    """A person whose post carries the watching of all cases."""
    if actor.holds("cases.see_all"):
        return None
    return Refusal("cases.not_your_post", "您的岗位不能查看全县的办件。", "请由负责督办的人员查看。")
