"""Inviting somebody to add randomness of their own, and their pledge, both before the plan is sealed."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import IntegrityError, transaction

from yingshang.kernel import access, ledger, org, parties
from yingshang.kernel.draws.models import Invitation, Pledge
from yingshang.kernel.draws.queries import invitation_of
from yingshang.kernel.draws.sealing import host_of
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.methods import draw as method

COMMITMENT = re.compile(r"[0-9a-f]{64}")


@transaction.atomic
def invite(*, by: Actor, at: datetime, unit: str = "", party: str = "", name: str = "") -> Invitation:
    """Invite a unit (its code) or a party (its public id) to the next draw of one's own unit.

    name: as it will stand in the published file; the short name if empty.
    Raises NotFound; Refusal ``draws.invites_one``, ``draws.name_not_plain`` and
    what the policy refuses. Records ``draws.invited``.
    """
    host = host_of(by)
    if bool(unit) == bool(party):
        raise Refusal("draws.invites_one", "一份邀请写明一个单位或者一个当事人。", "请只填其中一项。")
    invited = org.unit(unit) if unit else None
    shown = name or (invited.short_name if invited else parties.party(party).display_name)
    shown = shown.replace("（", "-").replace("）", "")
    try:
        method.checked_name(shown, "name")
    except method.PlanProblem as problem:
        raise Refusal("draws.name_not_plain", problem.said, "请换一个公布文件里能用的名称。") from None
    made = Invitation.objects.create(
        name=shown, host=host, unit=invited, party=party, invited_at=at, invited_by=by.person
    )
    ledger.record("draws.invited", subject=f"invitation:{made.pk}", by=by, facts={"host": host.code}, at=at)
    return made


@transaction.atomic
def pledge(*, invitation_id: int, commitment: str, by: Actor, at: datetime) -> Pledge:
    """Hand in the SHA-256 of one's 32 random bytes. It can be neither taken back nor replaced.

    commitment: 64 hexadecimal digits. The value itself stays with the invited one.
    Raises NotFound; Refusal ``draws.already_pledged``, ``draws.not_a_digest`` and
    what the policy refuses. Records ``draws.pledged`` with the commitment.
    """
    invitation = invitation_of(invitation_id)
    access.permit(by, "draws.take_part", invitation)
    if hasattr(invitation, "pledge"):
        raise Refusal("draws.already_pledged", "承诺已经提交，不能更换。", "请保存好您的随机数，摇号时揭示。")
    if COMMITMENT.fullmatch(commitment) is None:
        raise Refusal(
            "draws.not_a_digest",
            "承诺是随机数的SHA-256摘要，64位十六进制小写。",
            "请把页面算出的摘要整段粘贴进来。",
        )
    entry = ledger.record(
        "draws.pledged",
        subject=f"invitation:{invitation.pk}",
        by=by,
        facts={"name": invitation.name, "commitment": commitment},
        at=at,
    )
    try:
        with transaction.atomic():
            return Pledge.objects.create(
                invitation=invitation, commitment=commitment, pledged_at=at, pledged_by=by.person, entry=entry
            )
    except IntegrityError:
        raise Stale from None
