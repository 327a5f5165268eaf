"""Two people at the same moment, and a stop between any two steps."""

import pytest

from yingshang.kernel import draws
from yingshang.kernel.draws.models import Draw
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.testing import at_once
from yingshang.kernel.testing.ceremony import AT, DIGITS, a_plan, committed, sign, thrown

pytestmark = pytest.mark.usefixtures("committed_db")


def test_of_two_who_do_the_same_at_once_one_is_told_to_look_again(host, witness):
    sealed = at_once(*[lambda: draws.seal_plan(plan=a_plan(), purpose="x", title="同时", by=host, at=AT)] * 3)
    assert sorted(draw.serial for draw in sealed) == [1, 2, 3]
    chained = Draw.objects.order_by("serial").values_list("digest", "commitment__previous")
    assert [previous for _, previous in chained][1:] == [digest for digest, _ in chained][:-1]
    sign()
    for place in range(1, 20):
        draws.throw_die(serial=1, place=place, digit=int(DIGITS[place - 1]), by=host, at=AT)
    threw = at_once(*[lambda: draws.throw_die(serial=1, place=20, digit=4, by=host, at=AT)] * 2)
    assert sorted(type(one).__name__ for one in threw) == ["Stale", "Throw"]
    confirmed = at_once(*[lambda: draws.confirm_dice(serial=1, digits=DIGITS, by=witness, at=AT)] * 2)
    assert sorted(type(one).__name__ for one in confirmed) == ["Refusal", "Step"]
    ran = at_once(*[lambda: draws.run(serial=1, by=host, at=AT)] * 2)
    assert sorted(type(one).__name__ for one in ran) == ["Draw", "Stale"]
    assert draws.draw_of(1).steps.filter(does="drawn").count() == 1


def test_a_deed_that_is_cut_off_leaves_nothing_and_is_done_again(host, witness, monkeypatch):
    """The process dies after everything is written and before the commit: the number and the result are free again."""
    from yingshang.kernel.draws import running, sealing

    class Killed(BaseException):
        pass

    def die(*given, **named):
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(sealing, "owe_finish", die)
        with pytest.raises(Killed):
            committed(host)
    assert not Draw.objects.exists()
    thrown(host, witness)
    with monkeypatch.context() as dying:
        dying.setattr(running, "owe_reveal", die)
        with pytest.raises(Killed):
            draws.run(serial=1, by=host, at=AT)
    assert draws.standing_of(draws.draw_of(1)).state == draws.State.READY
    draws.run(serial=1, by=host, at=AT)
    first = draws.result_of(serial=1, by=host)
    with pytest.raises((Refusal, Stale)):
        draws.run(serial=1, by=host, at=AT)
    draws.reveal(serial=1, by=host, at=AT)
    assert draws.result_of(serial=1, by=host) == first
