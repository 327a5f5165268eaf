"""For which party a page speaks."""

from __future__ import annotations

from yingshang.kernel import parties
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Party
from yingshang.kernel.web import ActorRequest


def own_party(request: ActorRequest) -> Party:
    """Return the party the person acts for. Raises Refusal ``profiles.no_party`` for officials and visitors."""
    if not request.actor.party:
        raise Refusal(
            "profiles.no_party",
            "这一页只给当事人本人和受托人看，您现在不是以当事人的身份登录。",
            "请登录；已经登录的，请切换到本人或者企业的身份。",
        )
    return parties.party(request.actor.party)
