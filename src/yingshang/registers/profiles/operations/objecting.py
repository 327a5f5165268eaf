"""A party says that a value is wrong, or asks who read it; the unit concerned owes the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.registers.profiles import queries, rules
from yingshang.registers.profiles.models import HeldValue, Objection, Reading
from yingshang.registers.profiles.operations.holding import bind_code, cleaned_values, store
from yingshang.registers.profiles.operations.reading import read
from yingshang.registers.profiles.policies import ANSWERING

PIPL_46 = "《中华人民共和国个人信息保护法》第四十六条"
PIPL_50 = "《中华人民共和国个人信息保护法》第五十条"
LONGEST = 1_000
SAID, WANTED, ANSWER = "objection.said", "objection.wanted", "objection.answer"  # what the encryption is bound to


@transaction.atomic
def ask_correction(party: Party, *, field: str, wanted: str, said: str, by: Actor, at: datetime) -> Objection:
    """Say that a held value is wrong and what is right; the unit that holds it owes the answer.

    Raises Refusal ``profiles.nothing_to_correct``, ``profiles.change_it_yourself``
    (own words need no unit), ``profiles.asked_already``, ``profiles.value_unfit``
    and what the policy refuses. Records ``profiles.objected``.
    """
    party = Party.objects.select_for_update().get(pk=party.pk)
    access.permit(by, "profiles.object", party)
    value = cleaned_values({field: wanted}).get(field)
    standing = next(iter(queries.newest_rows([party], [field])), None)
    if standing is None or value is None:
        raise Refusal("profiles.nothing_to_correct", "这一项还没有内容，或者没有写正确的内容。", "请直接填写这一项。")
    if standing.unit is None:
        raise Refusal("profiles.change_it_yourself", "这一项是您自己填写的。", "请直接修改，不用等单位答复。")
    if Objection.objects.filter(party=party, field=field, kind=Objection.Kind.CORRECTION, answered_at=None).exists():
        raise Refusal("profiles.asked_already", "这一项的纠错正在办理。", "请等答复；有新的情况请联系承办单位。")
    title = rules.FIELDS[field].title
    return _raise(
        Objection(kind=Objection.Kind.CORRECTION, party=party, unit=standing.unit, field=field),
        title=f"答复当事人的纠错（{title}）",
        said=said,
        wanted=value,
        by=by,
        at=at,
    )


@transaction.atomic
def ask_who(reading_id: UUID, *, said: str, by: Actor, at: datetime) -> Objection:
    """Ask the unit that read one's data who it was and why; it owes the answer.

    Raises NotFound, Refusal ``profiles.read_by_yourself``,
    ``profiles.asked_already`` and what the policy refuses. Records
    ``profiles.objected``.
    """
    rows = Reading.objects.select_related("party", "unit")
    reading = rows.filter(public_id=reading_id).first()
    if reading is None or access.may(by, "profiles.see_reading", reading) is not None:
        raise NotFound("这条读取记录")
    Party.objects.select_for_update().get(pk=reading.party_id)
    access.permit(by, "profiles.object", reading.party)
    if reading.unit is None:
        raise Refusal("profiles.read_by_yourself", "这次是您本人或者受托人读取的。", "请向受托人了解。")
    if Objection.objects.filter(reading=reading).exists():
        raise Refusal("profiles.asked_already", "这次读取您已经追问过。", "请在“我的异议”里看答复。")
    return _raise(
        Objection(kind=Objection.Kind.INQUIRY, party=reading.party, unit=reading.unit, reading=reading),
        title="答复当事人的追问（谁读取了信息）",
        said=said,
        wanted="",
        by=by,
        at=at,
    )


@dataclass(frozen=True)
class Laid:
    """An objection laid open to the officer who answers it. reader: who read, by name; empty for a correction."""

    objection: Objection
    said: str
    wanted: str
    held: str
    reader: str


@transaction.atomic
def lay_open(objection_id: int, *, by: Actor, at: datetime) -> Laid:
    """Open an objection to who answers it: the words, the value held now, or who read. A held value is a reading.

    Raises NotFound and what the policy refuses. Records ``profiles.read`` for a correction.
    """
    found = _locked(objection_id, by)
    held, reader = "", ""
    if found.kind == Objection.Kind.CORRECTION:
        subject = f"objection:{found.pk}"
        values = read(by, found.party, [found.field], purpose=ANSWERING, subject=subject, at=at)
        held = values[found.field].value if found.field in values else ""
    else:
        assert found.reading is not None  # held by a constraint of the table
        person = org.Person.objects.filter(pseudonym=found.reading.person).first()
        reader = person.name if person else "已离任人员"
    wanted = queries.open_value(found.party, WANTED, bytes(found.wanted)) if found.wanted else ""
    return Laid(found, queries.open_value(found.party, SAID, bytes(found.said)), wanted, held, reader)


@transaction.atomic
def answer(*, objection_id: int, outcome: str, words: str, by: Actor, at: datetime) -> Objection:
    """Answer an objection: correct the value to what was asked, keep it, or say who read; the duty is closed.

    Raises NotFound, Refusal ``profiles.answered_already``,
    ``profiles.outcome_unfit``, ``profiles.code_of_another`` and what the
    policy refuses. Records ``profiles.answered`` and ``profiles.held``.
    """
    found = _locked(objection_id, by)
    if found.answered_at is not None:
        raise Refusal(
            "profiles.answered_already",
            f"这件已于{clock.beijing_date(found.answered_at):%Y年%m月%d日}答复。",
            "不需要再答复。",
        )
    is_inquiry = found.kind == Objection.Kind.INQUIRY
    if (outcome == Objection.Outcome.ANSWERED) is not is_inquiry or not words.strip():
        raise Refusal("profiles.outcome_unfit", "处理结果与这件异议不符，或者没有写明理由。", "请选择结果并写明理由。")
    if outcome == Objection.Outcome.CORRECTED:
        _correct(found, by, at)
    found.outcome, found.answered_at, found.answered_by = outcome, at, by.person
    found.answer = queries.close(found.party, ANSWER, words.strip()[:LONGEST])
    found.save(update_fields=["outcome", "answered_at", "answered_by", "answer"])
    work.fulfill(obligation_id=found.obligation_id, by=by, at=at, evidence=f"objection:{found.pk}")
    facts = {"unit": found.unit.short_name, "kind": found.get_kind_display(), "outcome": found.get_outcome_display()}
    ledger.record("profiles.answered", subject=f"objection:{found.pk}", by=by, facts=facts, at=at)
    return found


def _correct(found: Objection, by: Actor, at: datetime) -> None:
    assert found.wanted is not None  # a correction always says what is right
    value = {found.field: queries.open_value(found.party, WANTED, bytes(found.wanted))}
    bind_code(found.party, value, is_correction=True)
    source = f"{found.unit.short_name}核实纠错"
    store(found.party, value, origin=HeldValue.Origin.CORRECTION, source=source, unit=by.unit, by=by, at=at)


def _raise(made: Objection, *, title: str, said: str, wanted: str, by: Actor, at: datetime) -> Objection:
    is_correction = made.kind == Objection.Kind.CORRECTION
    made.obligation = work.owe(
        kind="profiles.correct" if is_correction else "profiles.explain",
        title=title,
        unit=made.unit,
        limit="PROFILES.CORRECT" if is_correction else "PROFILES.EXPLAIN",
        origin="profiles",
        source=PIPL_46 if is_correction else PIPL_50,
        by=by,
        at=at,
    )
    made.said = queries.close(made.party, SAID, said.strip()[:LONGEST])
    made.wanted = queries.close(made.party, WANTED, wanted) if wanted else None
    made.raised_at, made.raised_by = at, by.person
    made.save(force_insert=True)
    facts = {"kind": made.get_kind_display(), "unit": made.unit.short_name}
    ledger.record("profiles.objected", subject=f"objection:{made.pk}", by=by, facts=facts, at=at)
    return made


def _locked(objection_id: int, by: Actor) -> Objection:
    """Return an objection, locked, to who may answer it. Raises NotFound for everybody else."""
    rows = Objection.objects.select_for_update(of=("self",)).select_related("party", "unit", "reading__purpose")
    found = rows.filter(pk=objection_id).first()
    if found is None or access.may(by, "profiles.answer", found) is not None:
        raise NotFound("这件异议")
    return found
