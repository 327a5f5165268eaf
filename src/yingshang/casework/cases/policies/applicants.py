"""What an applicant, or who acts for them, may do; and the window in their name."""

from __future__ import annotations

from dataclasses import dataclass

from yingshang.casework.cases.models import Case
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@dataclass(frozen=True)
class Application:
    """What somebody is about to hand in. applicant: public id of the party. unit: code of the unit that will act."""

    applicant: str
    unit: str


@policy("cases.submit", zh="申请人本人，或者受其委托的人；到窗口办理的，由承办单位窗口岗位的人员代为录入。")
def may_submit(actor: Actor, application: Application) -> Refusal | None:
    """The applicant or their agent; or an officer of the acting unit who receives applications."""
    if actor.party and actor.party == application.applicant:
        return None
    if actor.unit == application.unit and actor.holds("cases.receive"):
        return None
    return Refusal(
        "cases.not_the_applicant",
        "申请由申请人本人或者受其委托的人提交。",
        "请以申请人的身份登录，或先办理委托；也可以到窗口办理。",
        source="《行政许可法》第二十九条",
    )


@policy("cases.correct", zh="申请人或者其代理人；到窗口补正的，由承办单位窗口岗位的人员录入。")
def may_correct(actor: Actor, case: Case) -> Refusal | None:
    """The applicant or their agent; or the window of the acting unit."""
    return applicant_or_window(actor, case, "补正")


@policy("cases.supply", zh="申请人或者其代理人；到窗口补交的，由承办单位窗口岗位的人员录入。")
def may_supply(actor: Actor, case: Case) -> Refusal | None:
    """The applicant or their agent; or the window of the acting unit."""
    return applicant_or_window(actor, case, "补交材料")


@policy("cases.withdraw", zh="申请人或者其代理人；书面撤回的，由承办单位窗口岗位的人员录入。")
def may_withdraw(actor: Actor, case: Case) -> Refusal | None:
    """The applicant or their agent; or the window of the acting unit, with the applicant's paper."""
    return applicant_or_window(actor, case, "撤回")


def applicant_or_window(actor: Actor, case: Case, deed: str) -> Refusal | None:
    """Return None for the applicant's side and for the window of the acting unit."""
    if actor.party and actor.party == str(case.applicant.public_id):
        return None
    if actor.unit == case.unit.code and actor.holds("cases.receive"):
        return None
    return Refusal(
        "cases.not_the_applicant",
        f"“{deed}”由申请人本人或者受其委托的人办理。",
        "请以申请人的身份登录，或先办理委托；也可以到窗口办理。",
    )
