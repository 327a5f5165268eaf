"""A county with duties that are late, and the people who chase and answer."""

from datetime import UTC, date, datetime

import pytest

from yingshang.kernel import work
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.testing import actor_of
from yingshang.oversight.supervision import operations
from yingshang.oversight.supervision.models import Supervision

OPENED = datetime(2026, 1, 5, 1, tzinfo=UTC)
DUE = date(2026, 3, 2)


def morning(month, day):
    """Half past seven in Beijing on a day of 2026."""
    return datetime(2026, month, day, 7, 30, tzinfo=UTC).replace(hour=0)


class Bureau:
    """The chase as its people see it: each deed on a day of 2026, by who does it."""

    def __init__(self):
        self.zhou = actor_of("zhou", unit="ysj")
        self.chu = actor_of("chu", unit="ysj")
        self.qin = actor_of("qin", unit="ysj")
        self.wang_min = actor_of("wang_min", unit="scjgj")

    def owe(self, title="完成第1项任务", unit="scjgj", due=DUE, **more):
        more = {"kind": "plan_tasks.carry_out", "source": "示环组发〔2026〕1号 第1项"} | more
        return work.owe(title=title, unit=unit, due_date=due, by=SYSTEM, at=OPENED, **more)

    def digest(self, month, day):
        return operations.sweep_and_make(on=date(2026, month, day), by=SYSTEM, at=morning(month, day))

    def send(self, month, day):
        """Make the digest of a day and confirm it as it is."""
        digest = self.digest(month, day)
        return operations.confirm_digest(digest_id=digest.pk, by=self.zhou, at=morning(month, day))

    def answer(self, letter, month, day, *, promised=None, by=None, evidence=None):
        return operations.answer_letter(
            letter_id=letter.pk,
            text="正在办理，下周完成。",
            promised_on=promised,
            evidence=evidence,
            by=by or self.wang_min,
            at=morning(month, day),
        )

    def approve(self, letter, month, day):
        """Let the second reader and the head do what the letter asks of them."""
        at = morning(month, day)
        if letter.kind == "talk":
            operations.redraft_letter(
                letter_id=letter.pk,
                opening=letter.opening,
                demand=letter.demand,
                meets_at=morning(12, 1),
                meets_in="县政务服务中心三楼",
                by=self.zhou,
                at=at,
            )
        if letter.kind == "circular":
            operations.decide_letter(letter_id=letter.pk, agrees=True, by=self.qin, at=at)
        return operations.decide_letter(letter_id=letter.pk, agrees=True, by=self.chu, at=at)

    def standing(self, duty):
        return Supervision.objects.filter(obligation=duty, ended_on=None).first()


@pytest.fixture
def bureau(example_county):
    return Bureau()


@pytest.fixture
def late(bureau):
    """A duty of 县市场监管局, due on Monday 2 March 2026."""
    return bureau.owe()
