"""Who may read, add, question and answer for the data of a party."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from yingshang.kernel import work
from yingshang.kernel.access import policy, visibility
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor, Party
from yingshang.registers.profiles.models import Objection, Purpose, Reading

PIPL_6 = "《中华人民共和国个人信息保护法》第六条"
LARGEST_ID = 2**63 - 1
ANSWERING = "correct"  # code of the purpose under which a unit looks into an objection
PIPL_34 = "《中华人民共和国个人信息保护法》第三十四条"


@dataclass(frozen=True)
class Asked:
    """A reading somebody is about to make: of whom, why, in which matter (``dossier:12``)."""

    party: Party
    purpose: Purpose
    subject: str


def is_own(actor: Actor, party: Party) -> bool:
    """Whether the actor is the party, or acts for it by mandate."""
    return bool(actor.party) and actor.party == str(party.public_id)


@policy(
    "profiles.read", zh="当事人本人或者受托人；正在办理其事项的单位中，岗位有读取信息这一项的人员，用途要与事项相符。"
)
def may_read(actor: Actor, asked: Asked) -> Refusal | None:
    """The party itself; or an officer of a unit that handles a matter of the party, for a purpose open to units."""
    if is_own(actor, asked.party):
        if asked.purpose.reader == Purpose.Reader.SELF:
            return None
        return Refusal(
            "profiles.purpose_is_for_units", f"“{asked.purpose.title}”是单位办事的用途。", "请使用本人的用途。"
        )
    if asked.purpose.reader != Purpose.Reader.UNIT:
        return Refusal(
            "profiles.not_yours_to_read",
            f"“{asked.purpose.title}”只供当事人本人和受托人使用。",
            "请由当事人本人办理，或者先办理委托。",
            source=PIPL_6,
        )
    if actor is not SYSTEM and not (actor.unit and actor.holds("profiles.read")):
        return Refusal(
            "profiles.not_your_post",
            "您的岗位不能读取当事人的信息。",
            "请由办理这一事项的窗口、审查或者签批人员读取。",
            source=PIPL_34,
        )
    return _outside_the_matter(actor, asked)


def _outside_the_matter(actor: Actor, asked: Asked) -> Refusal | None:
    """A matter is a dossier that concerns the party and that the actor's unit leads or holds a step of.

    Or an objection that the unit has to answer.
    """
    kind, _, number = asked.subject.partition(":")
    key = int(number) if number.isdecimal() and len(number) < len(str(LARGEST_ID)) else 0
    concerned = work.Involvement.objects.filter(dossier=key, party=asked.party)
    if kind == "dossier" and concerned.exists() and (actor is SYSTEM or _handles(actor, key)):
        return None
    asked_of_unit = Objection.objects.filter(pk=key, party=asked.party, unit__code=actor.unit)
    if kind == "objection" and asked.purpose.code == ANSWERING and asked_of_unit.exists():
        return None
    return Refusal(
        "profiles.no_matter",
        "只能在办理当事人的事项时读取其信息；这次没有说明是哪一件，或者那一件与当事人、与本单位无关。",
        "请从办件页面进入；没有办件的，不能查看任何人的信息。",
        source=PIPL_34,
    )


def _handles(actor: Actor, dossier_id: int) -> bool:
    leads = work.Dossier.objects.filter(pk=dossier_id, lead_unit__code=actor.unit).exists()
    return leads or work.Step.objects.filter(dossier=dossier_id, unit__code=actor.unit).exists()


@policy("profiles.hold", zh="当事人本人或者受托人；岗位中有录入信息这一项的工作人员。")
def may_hold(actor: Actor, party: Party) -> Refusal | None:
    """The party itself, or an officer whose post carries it: what was handed in on paper is typed in once."""
    if actor is SYSTEM or is_own(actor, party) or (actor.unit and actor.holds("profiles.hold")):
        return None
    return Refusal(
        "profiles.not_yours_to_change",
        "这些信息由当事人本人或者受托人填写，或者由窗口按纸质材料录入。",
        "请以当事人的身份登录，或者到窗口办理。",
    )


@policy("profiles.object", zh="当事人本人或者受托人。")
def may_object(actor: Actor, party: Party) -> Refusal | None:
    """The party itself, or who acts for it (《个人信息保护法》第四十五条、第四十六条)."""
    if is_own(actor, party):
        return None
    return Refusal(
        "profiles.not_the_party", "这一步由当事人本人或者受托人办理。", "请以当事人的身份登录，或者先办理委托。"
    )


@policy("profiles.answer", zh="被纠错或者被追问的单位中，岗位有答复这一项的人员。")
def may_answer(actor: Actor, objection: Objection) -> Refusal | None:
    """An officer of the unit asked whose post carries it."""
    if actor.unit == objection.unit.code and actor.holds("profiles.answer"):
        return None
    return Refusal(
        "profiles.not_the_unit_asked",
        f"这件由{objection.unit.short_name}答复。",
        "请由该单位有答复岗位的人员办理。",
    )


@visibility("profiles.answer")
def answerable(actor: Actor) -> QuerySet[Objection]:
    """Return the objections that an actor may answer."""
    if not actor.unit or not actor.holds("profiles.answer"):
        return Objection.objects.none()
    return Objection.objects.filter(unit__code=actor.unit)


@policy("profiles.see_reading", zh="被读取的当事人本人或者受托人。")
def may_see_reading(actor: Actor, reading: Reading) -> Refusal | None:
    """The party that was read about, and nobody else."""
    return may_object(actor, reading.party)


@visibility("profiles.see_reading")
def own_readings(actor: Actor) -> QuerySet[Reading]:
    """Return the readings that an actor may see: those about the party they act for."""
    if not actor.party:
        return Reading.objects.none()
    return Reading.objects.filter(party__public_id=actor.party)
