"""Who issues credentials, takes them away, releases a template, and sees what was issued."""

from __future__ import annotations

from django.db.models import QuerySet

from yingshang.kernel import org
from yingshang.kernel.access import policy, visibility
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.credentials.models import Credential, Release


def _of_unit(actor: Actor, unit: org.Unit, action: str, deed: str) -> Refusal | None:
    if actor.unit != unit.code:
        return Refusal(
            "credentials.not_your_unit", f"这本证照由{unit.short_name}{deed}。", f"请联系{unit.short_name}办理。"
        )
    if not actor.holds(action):
        return Refusal("credentials.not_your_post", f"您的岗位不能{deed}证照。", "请由有相应岗位的同事办理。")
    return None


@policy("credentials.issue", zh="以颁发机构身份办理、岗位中有颁发证照这一项的人员；还要有用印岗位。")
def may_issue(actor: Actor, unit: org.Unit) -> Refusal | None:
    """A person of the issuing unit whose post carries it; sealing asks for a post of its own."""
    return _of_unit(actor, unit, "credentials.issue", "颁发")


@policy("credentials.renew", zh="以颁发机构身份办理、岗位中有延续证照这一项的人员；还要有用印岗位。")
def may_renew(actor: Actor, credential: Credential) -> Refusal | None:
    """A person of the unit that issued it whose post carries it."""
    return _of_unit(actor, credential.unit, "credentials.renew", "延续")


@policy("credentials.replace", zh="以颁发机构身份办理、岗位中有换发证照这一项的人员；还要有用印岗位。")
def may_replace(actor: Actor, credential: Credential) -> Refusal | None:
    """A person of the unit that issued it whose post carries it."""
    return _of_unit(actor, credential.unit, "credentials.replace", "换发、补发")


@policy("credentials.revoke", zh="以颁发机构身份办理、岗位中有撤销证照这一项的人员。")
def may_revoke(actor: Actor, credential: Credential) -> Refusal | None:
    """A person of the unit that issued it whose post carries it."""
    return _of_unit(actor, credential.unit, "credentials.revoke", "撤销")


@policy("credentials.cancel", zh="以颁发机构身份办理、岗位中有注销证照这一项的人员。")
def may_cancel(actor: Actor, credential: Credential) -> Refusal | None:
    """A person of the unit that issued it whose post carries it."""
    return _of_unit(actor, credential.unit, "credentials.cancel", "注销")


@policy("credentials.propose_template", zh="以颁发机构身份办理、岗位中有提请启用证照模板这一项的人员。")
def may_propose(actor: Actor, unit: org.Unit) -> Refusal | None:
    """A person of the issuing unit whose post carries it."""
    return _of_unit(actor, unit, "credentials.propose_template", "提请启用")


@policy("credentials.release_template", zh="同一单位中有启用证照模板岗位的另一个人；提请的人不能自己启用。")
def may_release(actor: Actor, release: Release) -> Refusal | None:
    """A second person of the unit, never the one who proposed it (a constraint of the table as well)."""
    refusal = _of_unit(actor, release.unit, "credentials.release_template", "启用")
    if refusal is None and actor.person == release.proposed_by:
        return Refusal(
            "credentials.second_person_needed",
            "这个模板是您提请启用的，要由另一个人核对样张后启用。",
            "请由本单位负责人或者另一位有启用岗位的同事办理。",
        )
    return refusal


@policy("credentials.see_issued", zh="颁发机构中有查看已颁发证照岗位的人员，只看本单位颁发的。")
def may_see_issued(actor: Actor, credential: Credential) -> Refusal | None:
    """A person of the unit that issued it whose post carries it."""
    return _of_unit(actor, credential.unit, "credentials.see_issued", "查看")


@visibility("credentials.see_issued")
def issued_to_see(actor: Actor) -> QuerySet[Credential]:
    """Return the credentials that the actor's unit issued, where the post carries seeing them."""
    if not actor.unit or not actor.holds("credentials.see_issued"):
        return Credential.objects.none()
    return Credential.objects.filter(unit__code=actor.unit)


@policy("credentials.see_own", zh="持证的个人、企业，以及受其委托的人。")
def may_see_own(actor: Actor, credential: Credential) -> Refusal | None:
    """Whoever acts for the holder."""
    if actor.party and actor.party == str(credential.holder.public_id):
        return None
    return Refusal(
        "credentials.not_the_holder", "这本证照不是您的。", "如果是您代办的单位的证照，请先切换到该单位的身份。"
    )


@visibility("credentials.see_own")
def own_credentials(actor: Actor) -> QuerySet[Credential]:
    """Return the credentials of the party that the actor acts for."""
    if not actor.party:
        return Credential.objects.none()
    return Credential.objects.filter(holder__public_id=actor.party)
