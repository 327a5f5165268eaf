"""A draw from the sealed plan to the file that a stranger verifies."""

import hashlib
import json
from datetime import timedelta

from yingshang.kernel import draws, ledger, work
from yingshang.kernel.draws import State
from yingshang.kernel.testing import actor_of
from yingshang.kernel.testing.ceremony import AT, DIGITS, sign, thrown
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
