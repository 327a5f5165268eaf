"""Renewal, replacement, revocation, the end in sight, and what the measures count of it."""

from dataclasses import replace
from datetime import date

import pytest

from yingshang.kernel import clock, ledger, measures, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM
from yingshang.registers.credentials import api, operations, queries, rules
from yingshang.registers.credentials.models import Credential, Reminder
from yingshang.registers.credentials.tests.factories import VALUES, at, enterprise, issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]

START, END = date(2026, 1, 12), date(2026, 5, 29)  # a Monday, a Friday
FIRST, LAST = date(2026, 1, 14), date(2026, 5, 9)  # 90 and 15 working days before; that Saturday is worked


def short(**changes):
    """Issue a license that ends in May."""
    return issue(**{"day": START, "valid_to": END, **changes})


def test_a_renewal_in_time_keeps_the_number_and_ends_the_old_version(sealing, sun, zhao):
    old = short()
    assert operations.remind(on=date(2026, 3, 2), by=SYSTEM, at=at(date(2026, 3, 2))) == 1
    assert operations.remind(on=date(2026, 3, 3), by=SYSTEM, at=at(date(2026, 3, 3))) == 0  # once
    duty = Reminder.objects.get().obligation
    assert (duty.party, duty.due_date, duty.is_watched) == (old.holder, LAST, False)
    day = date(2026, 5, 6)
    new = operations.renew(credential_id=old.pk, applied_on=date(2026, 4, 30), by=sun, at=at(day))
    old.refresh_from_db()
    assert (old.state, old.ended_on, new.state) == ("renewed", day, "in_force")
    assert (new.number, new.serial, new.version) == (old.number, old.serial, 2)
    assert new.identifier.split(".")[-2] == "002"
    assert (new.valid_from, new.valid_to) == (day, date(2031, 5, 5))
    assert new.code != old.code
    duty.refresh_from_db()
    assert duty.state == work.Obligation.State.FULFILLED
    assert api.held_by(old.holder, "food-business", on=day) == [new]
    assert [change.state for change in queries.history(new)] == ["in_force", "renewed", "in_force"]
    assert ledger.Entry.objects.filter(kind="credentials.renewed", is_strict=True).count() == 1
    holder = replace(zhao, party=str(old.holder.public_id))
    assert {one.pk for one in queries.of_holder(holder)} == {old.pk, new.pk}


@pytest.mark.parametrize(
    ("applied_on", "changes", "code"),
    [
        (date(2026, 1, 13), {}, "credentials.too_early_to_renew"),
        (date(2026, 5, 30), {}, "credentials.too_late_to_renew"),
        (date(2026, 4, 30), {"kind": "business-license", "number": "1"}, "credentials.not_renewable"),
    ],
)
def test_a_renewal_outside_its_window_is_refused(applied_on, changes, code, sealing, sun):
    values = VALUES | {"capital": "10万元"}
    one = short(fields=values, **changes)
    recorded = ledger.Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        operations.renew(credential_id=one.pk, applied_on=applied_on, by=sun, at=at(date(2026, 5, 6)))
    assert refused.value.code == code
    assert (Credential.objects.count(), ledger.Entry.objects.count()) == (1, recorded)


def test_the_first_and_the_last_day_of_applying_are_those_of_the_text():
    kind = queries.kind_on("food-business", START)
    opens, closes = rules.period_of(kind.opens), rules.period_of(kind.closes)
    assert rules.renewal_window(END, opens, closes, clock.calendar()) == rules.Window(FIRST, LAST)


def test_a_replacement_keeps_the_days_and_says_why(sealing, sun):
    old = short()
    for cause, fields, code in (
        ("forgotten", None, "credentials.cause_missing"),
        ("changed", {}, "credentials.nothing_changed"),
        ("changed", {"address": ""}, "credentials.field_missing"),
    ):
        with pytest.raises(Refusal) as refused:
            operations.replace(credential_id=old.pk, cause=cause, fields=fields, by=sun, at=at(START))
        assert refused.value.code == code
    new = operations.replace(
        credential_id=old.pk, cause="changed", fields={"address": "示例县新街2号"}, by=sun, at=at(START)
    )
    old.refresh_from_db()
    assert (old.state, new.fields["address"], new.why) == ("replaced", "示例县新街2号", "内容变更")
    assert (new.valid_from, new.valid_to) == (old.valid_from, old.valid_to)
    with pytest.raises(Refusal) as refused:
        operations.replace(credential_id=old.pk, cause="lost", by=sun, at=at(START))
    assert refused.value.code == "credentials.not_in_force"


def test_taking_away_asks_for_reason_and_basis_and_for_the_unit_that_issued(sealing, sun, li_qiang):
    one = short()
    reason = {"reason": "经营者申请注销", "basis": "《行政许可法》第七十条"}
    stranger = replace(li_qiang, actions=sun.actions)
    for deed in (operations.revoke, operations.cancel):
        for by, given, code in (
            (sun, reason | {"basis": " "}, "credentials.reason_missing"),
            (stranger, reason, "credentials.not_your_unit"),
            (replace(sun, actions=frozenset()), reason, "credentials.not_your_post"),
        ):
            with pytest.raises(Refusal) as refused:
                deed(credential_id=one.pk, by=by, at=at(START), **given)
            assert refused.value.code == code
    operations.remind(on=date(2026, 3, 2), by=SYSTEM, at=at(date(2026, 3, 2)))
    operations.cancel(credential_id=one.pk, by=sun, at=at(date(2026, 3, 3)), **reason)
    assert Reminder.objects.get().obligation.state == work.Obligation.State.CANCELLED
    assert api.held_by(one.holder, on=date(2026, 3, 3)) == []
    assert operations.close_lapsed(on=date(2026, 6, 1), by=SYSTEM, at=at(date(2026, 6, 1))) == 0


def test_the_measures_count_what_happened(sealing, sun):
    kept, renewed, gone = (short(number=str(number), holder=enterprise(f"示例店{number}")) for number in range(3))
    operations.renew(credential_id=renewed.pk, applied_on=LAST, by=sun, at=at(date(2026, 5, 11)))
    operations.revoke(
        credential_id=gone.pk, reason="欺骗", basis="《行政许可法》第六十九条", by=sun, at=at(date(2026, 5, 12))
    )
    operations.remind(on=date(2026, 5, 13), by=SYSTEM, at=at(date(2026, 5, 13)))
    assert operations.close_lapsed(on=date(2026, 6, 1), by=SYSTEM, at=at(date(2026, 6, 1))) == 1
    assert Reminder.objects.get(credential=kept).obligation.state == work.Obligation.State.CANCELLED
    may = measures.month(2026, 5)
    for name, january, value in (
        ("credentials.issued", 3, 1),
        ("credentials.taken_away", 0, 1),
        ("credentials.renewed_on_time_rate", measures.Rate(0, 0), measures.Rate(1, 2)),
        ("credentials.electronic_kinds_rate", measures.Rate(9, 9), measures.Rate(9, 9)),
    ):
        cells = measures.compute(name, ["scjgj"], [measures.month(2026, 1), may])
        assert [cell.value for cell in cells] == [january, value], name
