"""Who may change units, posts and people: three administrators, none of whom can do another's part.

Separation of the three: GB/T 22239-2019 level 3, 安全管理中心 (8.1.5).
"""

from __future__ import annotations

from typing import Any

from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Level

SEPARATION = "GB/T 22239-2019 第三级 安全管理中心"


def _duty(actor: Actor, post: str, title: str) -> Refusal | None:
    """Return why this is not the administrator with that duty, or came with a password alone."""
    if post not in actor.posts:
        return Refusal("administration.not_your_duty", f"这件事由{title}办理。", f"请联系{title}。", source=SEPARATION)
    if actor.level < Level.SECOND_FACTOR:
        return Refusal(
            "administration.second_factor_needed",
            "管理员办理业务，登录时要用两种方式验证。",
            "请用第二种验证方式重新登录。",
            source=SEPARATION,
        )
    return None


@policy("administration.keep_units", zh="系统管理员，用两种方式验证登录。系统管理员不能任命人员。")
def may_keep_units(actor: Actor, _unit: org.Unit | None) -> Refusal | None:
    """The system administrator, with a second factor."""
    return _duty(actor, "system-administrator", "系统管理员")


@policy(
    "administration.keep_posts",
    zh="系统管理员，用两种方式验证登录。只能设置县里岗位文件中已有的岗位，不能给岗位增加可办事项。",
)
def may_keep_posts(actor: Actor, _unit: org.Unit | None) -> Refusal | None:
    """The system administrator, with a second factor. What a post may do is the county's file, not theirs."""
    return _duty(actor, "system-administrator", "系统管理员")


@policy("administration.appoint", zh="安全管理员，用两种方式验证登录；不能任命自己。")
def may_appoint(actor: Actor, person: org.Person | None) -> Refusal | None:
    """The security administrator, with a second factor, and never for themself."""
    return _duty(actor, "security-administrator", "安全管理员") or _not_oneself(actor, person)


@policy(
    "administration.appoint_administrator",
    zh="安全管理员，用两种方式验证登录；不能任免自己。一个人只能担任三员中的一员。",
)
def may_appoint_administrator(actor: Actor, person: org.Person | None) -> Refusal | None:
    """The security administrator, with a second factor, and never for themself."""
    return _duty(actor, "security-administrator", "安全管理员") or _not_oneself(actor, person)


def _not_oneself(actor: Actor, person: org.Person | None) -> Refusal | None:
    if person is not None and person.pseudonym == actor.person:
        return Refusal(
            "administration.not_for_oneself",
            "不能给自己办理任职或授权。",
            "请由另一位安全管理员办理。",
            source=SEPARATION,
        )
    return None


@policy(
    "administration.delegate",
    zh="岗位的在任者本人，以本单位身份办理；岗位设置中写明可以委托。受托代理的岗位不能再转委托。",
)
def may_delegate(actor: Actor, post: org.Post | None) -> Refusal | None:
    """Whoever was appointed to the post, acting for its unit, if the post carries this action.

    Whether the appointment is one in force on the day is checked by the deed.
    """
    if post is None or post.unit.code != actor.unit or post.code not in actor.posts:
        return Refusal("administration.not_your_post", "只能委托自己在任的岗位。", "请由该岗位的在任者本人办理委托。")
    if "administration.delegate" not in post.actions:
        return Refusal(
            "administration.not_to_be_delegated",
            f"{post.title}不能委托他人代理。",
            "需要有人接替时，请安全管理员办理任职。",
        )
    return None


@policy(
    "administration.revoke_delegation",
    zh="委托人、受托人本人，本单位主要负责人，或者安全管理员。",
)
def may_revoke_delegation(actor: Actor, delegation: org.Delegation | None) -> Refusal | None:
    """The giver, the delegate, the head of the unit, or the security administrator with a second factor."""
    if delegation is not None:
        if actor.person in {delegation.from_person.pseudonym, delegation.to_person.pseudonym}:
            return None
        if actor.unit == delegation.post.unit.code and "unit-head" in actor.posts:
            return None
    if "security-administrator" in actor.posts:
        return _duty(actor, "security-administrator", "安全管理员")
    return Refusal(
        "administration.not_your_delegation",
        "这份委托不是您办理的，也不是委托给您的。",
        "请由委托人、受托人、本单位主要负责人或安全管理员撤回。",
    )


@policy("administration.reveal", zh="以单位身份办理业务的工作人员，用两种方式验证登录，并写明事由；每次查看都有记录。")
def may_reveal(actor: Actor, _subject: Any) -> Refusal | None:
    """An official acting for a unit, with a second factor. The purpose is asked for and every look is recorded."""
    if not actor.unit:
        return Refusal(
            "administration.officials_only",
            "完整的个人信息只向办理业务的工作人员显示。",
            "本人的信息请在个人中心查看。",
            source="《中华人民共和国个人信息保护法》第六条",
        )
    if actor.level < Level.SECOND_FACTOR:
        return Refusal(
            "administration.second_factor_needed",
            "查看完整的个人信息，登录时要用两种方式验证。",
            "请用第二种验证方式重新登录。",
            source=SEPARATION,
        )
    return None


@policy("administration.explain_for_others", zh="安全管理员或审计管理员。查询自己的权限不需要授权。")
def may_explain_for_others(actor: Actor, _person: org.Person | None) -> Refusal | None:
    """The security or the audit administrator. What one may do oneself, everybody may ask."""
    if actor.posts & {"security-administrator", "audit-administrator"}:
        return None
    return Refusal(
        "administration.not_your_duty",
        "查询他人的权限由安全管理员或审计管理员办理。",
        "您可以查询自己的权限。",
        source=SEPARATION,
    )


@policy("administration.read_access_log", zh="审计管理员，用两种方式验证登录。审计管理员只看记录，不办理业务。")
def may_read_access_log(actor: Actor, _subject: Any) -> Refusal | None:
    """The audit administrator, with a second factor."""
    return _duty(actor, "audit-administrator", "审计管理员")
