"""A draw from the sealed plan to the file that a stranger verifies."""

import hashlib
import json
from datetime import timedelta

import pytest

from yingshang.kernel import draws, ledger, work
from yingshang.kernel.draws import State
from yingshang.kernel.errors import Refusal
from yingshang.kernel.testing import actor_of
from yingshang.kernel.testing.ceremony import AT, DIGITS, committed, sign, thrown
from yingshang.methods import draw as method

VALUE = "ab" * 32


def state(draw):
    return draws.standing_of(draws.draw_of(draw.serial)).state


def test_from_the_sealed_plan_to_the_file_that_verifies(host, witness):
    lyu = actor_of("lyu", unit="gsl")
    invitation = draws.invite(unit="gsl", by=host, at=AT)
    pledged = hashlib.sha256(bytes.fromhex(VALUE)).hexdigest()
    draws.pledge(invitation_id=invitation.pk, commitment=pledged, by=lyu, at=AT)
    draw = thrown(host, witness, invitations=[invitation.pk])
    assert draw.serial == 1 and draw.sources == ["dice", "party:县工商联"]
    assert draws.standing_of(draws.draw_of(1)).missing == ("party:县工商联",)
    draws.add_reveal(serial=1, name="县工商联", value=VALUE, by=lyu, at=AT + timedelta(minutes=7))
    assert state(draw) == State.READY
    draws.run(serial=1, by=host, at=AT + timedelta(minutes=8))
    assignments = draws.result_of(serial=1, by=host)
    assert [one.stratum for one in assignments] == ["A"] * 4 + ["D"] * 2
    assert all(len(one.team) == 2 for one in assignments)
    draws.substitute(
        serial=1,
        role="target",
        target=assignments[0].target,
        out=assignments[0].target,
        reason="closed_down",
        evidence="ee" * 32,
        by=host,
        at=AT + timedelta(hours=1),
    )
    opening = draws.open_assignment(serial=1, target=assignments[1].target, by=host, at=AT + timedelta(hours=2))
    root = draws.draw_of(1).steps.get(does="drawn").content["root"]
    assert method.check_opening(opening, root)
    owed = work.Obligation.objects.get(kind="draws.reveal", state="open")
    assert owed.unit.code == "scjgj" and owed.origin == "draw:1"
    draws.reveal(serial=1, by=host, at=AT + timedelta(days=20))
    sign()
    assert state(draw) == State.REVEALED
    owed.refresh_from_db()
    assert owed.state == "fulfilled"
    file = draws.published(1)
    key = ledger.latest().key
    assert method.verify(file, key=key) == []
    told = json.loads(file)
    assert [step["does"] for step in told["steps"]] == [
        "committed", "randomness_added", "randomness_added", "drawn", "substituted", "revealed",
    ]  # fmt: skip
    broken = file.replace(DIGITS.encode(), DIGITS[::-1].encode())
    assert method.verify(broken, key=key)


def test_an_invited_one_who_keeps_silent_is_on_record_and_the_others_decide(host, witness, li_qiang):
    lyu = actor_of("lyu", unit="gsl")
    invitation = draws.invite(unit="gsl", by=host, at=AT)
    with pytest.raises(Refusal) as early:
        thrown(host, witness, invitations=[invitation.pk])
    assert early.value.code == "draws.pledge_missing" and not draws.Draw.objects.exists()
    pledged = hashlib.sha256(bytes.fromhex(VALUE)).hexdigest()
    for by, commitment, code in [
        (li_qiang, pledged, "draws.not_invited"),
        (lyu, VALUE[:60], "draws.not_a_digest"),
    ]:
        with pytest.raises(Refusal) as no:
            draws.pledge(invitation_id=invitation.pk, commitment=commitment, by=by, at=AT)
        assert no.value.code == code
    draws.pledge(invitation_id=invitation.pk, commitment=pledged, by=lyu, at=AT)
    with pytest.raises(Refusal) as twice:
        committed(host, invitations=[invitation.pk] * 2)
    assert twice.value.code == "draws.rule_does_not_fit" and not draws.Draw.objects.exists()
    with pytest.raises(Refusal) as bad:
        draws.invite(unit="gsl", name="-工商联", by=host, at=AT)
    assert bad.value.code == "draws.name_not_plain"
    thrown(host, witness, invitations=[invitation.pk])
    with pytest.raises(Refusal) as used:
        committed(host, invitations=[invitation.pk])
    assert used.value.code == "draws.pledge_used"
    confirmed = AT + timedelta(minutes=6)
    for deed, code in [
        (
            lambda: draws.add_reveal(serial=1, name="县工商联", value="cd" * 32, by=lyu, at=confirmed),
            "reveal_does_not_fit",
        ),
        (lambda: draws.add_reveal(serial=1, name="县工商联", value=VALUE, by=li_qiang, at=confirmed), "not_invited"),
        (lambda: draws.add_refusal(serial=1, name="县工商联", by=host, at=confirmed), "party_still_has_time"),
        (lambda: draws.run(serial=1, by=host, at=confirmed), "randomness_missing"),
    ]:
        with pytest.raises(Refusal) as no:
            deed()
        assert no.value.code == f"draws.{code}"
    assert draws.draw_of(1).steps.count() == 2
    draws.add_refusal(serial=1, name="县工商联", by=host, at=confirmed + timedelta(hours=24))
    draws.run(serial=1, by=host, at=confirmed + timedelta(hours=25))
    draws.reveal(serial=1, by=host, at=confirmed + timedelta(days=9))
    sign()
    file = draws.published(1)
    assert method.verify(file) == [] and json.loads(file)["steps"][2]["content"]["value"] == ""
