"""Who writes questionnaires, asks, enters paper sheets and publishes. Answering needs a code and nothing else."""

from __future__ import annotations

from yingshang.conduct.surveys.models import Survey
from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor

NEEDED = ("surveys.design", "surveys.run", "surveys.sample", "surveys.enter", "surveys.publish")
"""Whoever holds one of these has something to do at the desk of their unit."""


def _of_unit(actor: Actor, unit: org.Unit, action: str, deed: str) -> Refusal | None:
    if actor.unit != unit.code:
        return Refusal(
            "surveys.not_your_unit", f"这份问卷由{unit.short_name}{deed}。", f"请联系{unit.short_name}办理。"
        )
    if not actor.holds(action):
        return Refusal("surveys.not_your_post", f"您的岗位不能{deed}问卷。", "请由有相应岗位的同事办理。")
    return None


@policy("surveys.design", zh="组织调查的单位中，岗位有编写问卷这一项的人员。")
def may_design(actor: Actor, unit: org.Unit) -> Refusal | None:
    """A person of the unit that asks whose post carries it."""
    return _of_unit(actor, unit, "surveys.design", "编写")


@policy("surveys.run", zh="组织调查的单位中，岗位有发放和回收问卷这一项的人员；截止日过后由平台自动截止。")
def may_run(actor: Actor, unit: org.Unit) -> Refusal | None:
    """A person of the unit that asks whose post carries it; the platform, which closes what has ended."""
    return None if actor is SYSTEM else _of_unit(actor, unit, "surveys.run", "发放、回收")


@policy("surveys.sample", zh="组织调查的单位中，岗位有抽样这一项的人员；封存和抽取还要有摇号组织岗。")
def may_sample(actor: Actor, unit: org.Unit) -> Refusal | None:
    """A person of the unit that asks whose post carries it; the draw asks for a host besides."""
    return _of_unit(actor, unit, "surveys.sample", "抽样发放")


@policy("surveys.enter", zh="组织调查的单位中，岗位有录入纸质问卷这一项的人员（访问员）。")
def may_enter(actor: Actor, survey: Survey) -> Refusal | None:
    """An interviewer of the unit that asks."""
    return _of_unit(actor, survey.unit, "surveys.enter", "录入")


@policy("surveys.publish", zh="组织调查的单位中，岗位有公布调查结果这一项的人员。")
def may_publish(actor: Actor, survey: Survey) -> Refusal | None:
    """A person of the unit that asks whose post carries it."""
    return _of_unit(actor, survey.unit, "surveys.publish", "公布")
