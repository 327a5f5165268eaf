"""A doubled click, and two clerks with the same license, on real connections."""

import pytest

from yingshang.kernel import work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.testing import actor_of, at_once
from yingshang.registers.credentials import operations
from yingshang.registers.credentials.models import Credential
from yingshang.registers.credentials.tests.factories import ON, at, enterprise, issue

pytestmark = pytest.mark.usefixtures("committed_db", "sealing")


def test_a_doubled_click_issues_once_and_two_who_take_it_away_do_so_once():
    holder = enterprise()
    dossier = work.Dossier.objects.create(kind="cases.case", title="一件申请", opened_at=at(ON)).pk
    first, second = at_once(*[lambda: issue(holder, number="", dossier_id=dossier)] * 2)
    assert first == second
    assert Credential.objects.count() == 1
    sun, given = actor_of("sun", unit="scjgj"), {"reason": "歇业", "basis": "《行政许可法》第七十条"}

    def cancel():
        return operations.cancel(credential_id=first.pk, by=sun, at=at(ON), **given)

    def replace():
        return operations.replace(credential_id=first.pk, cause="lost", by=sun, at=at(ON))

    done = at_once(cancel, replace)
    refused = [answer for answer in done if isinstance(answer, Refusal)]
    assert [refusal.code for refusal in refused] == ["credentials.not_in_force"]
    assert first.changes.count() == 2  # issued, and ended once
