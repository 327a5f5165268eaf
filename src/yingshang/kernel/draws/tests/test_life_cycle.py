"""Whatever is tried in whatever order, a draw keeps its order, and every step has its entry."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from yingshang.kernel import draws, ledger
from yingshang.kernel.draws.models import Step
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.testing.ceremony import AT, DIGITS, a_plan, sign

ORDER = ["committed", "randomness_added", "drawn", "substituted", "revealed", "voided"]
DEEDS = ["sign", "dice", "dice again", "confirm", "run", "substitute", "reveal", "void", "void drawn"]


class Undone(Exception):
    pass


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tried=st.lists(st.sampled_from(DEEDS), min_size=3, max_size=12))
def test_no_order_of_deeds_brings_a_step_out_of_turn(tried, host, witness, head, zhou):
    def substitute():
        first = draws.result_of(serial=1, by=host)[0].target
        draws.substitute(
            serial=1, role="target", target=first, out=first, reason="closed", evidence="ee" * 32, by=host, at=AT
        )

    does = {
        "sign": sign,
        "dice": lambda: draws.add_dice(serial=1, digits=DIGITS, by=host, at=AT),
        "dice again": lambda: draws.add_dice(serial=1, digits=DIGITS[::-1], by=host, at=AT + timedelta(minutes=1)),
        "confirm": lambda: draws.confirm_dice(serial=1, digits=DIGITS, by=witness, at=AT),
        "run": lambda: draws.run(serial=1, by=host, at=AT),
        "substitute": substitute,
        "reveal": lambda: draws.reveal(serial=1, by=host, at=AT),
        "void": lambda: draws.void(serial=1, reason="plan_mistaken", by=head, at=AT),
        "void drawn": lambda: draws.void(serial=1, reason="set_aside", by=zhou, at=AT),
    }
    with pytest.raises(Undone), transaction.atomic():
        draws.seal_plan(plan=a_plan(), purpose="x", title="任意次序", by=host, at=AT)
        for name in tried:
            before = Step.objects.filter(draw=1).count()
            try:
                does[name]()
            except (Refusal, Stale):
                assert Step.objects.filter(draw=1).count() == before
        told = list(Step.objects.filter(draw=1).values_list("does", flat=True))
        assert told == sorted(told, key=ORDER.index) and told[0] == "committed"
        assert max(map(told.count, ("committed", "drawn", "revealed", "voided"))) <= 1
        assert not {"revealed", "voided"} <= set(told)
        steps = Step.objects.filter(draw=1).select_related("entry")
        assert all(step.digest.encode() in bytes(step.entry.content) for step in steps)
        assert ledger.Entry.objects.filter(subject="draw:1", kind__startswith="draws.").count() == len(told)
        raise Undone
