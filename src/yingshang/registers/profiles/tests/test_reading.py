"""A value opens for a purpose, inside a matter, and the party can see that it did."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yingshang.kernel import ledger, org, parties, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.registers.profiles import api
from yingshang.registers.profiles.models import Reading

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ID_NUMBER = "230127199001010016"  # made up, with a right check digit


@pytest.fixture
def party(zhao: Actor) -> Party:
    return parties.party(zhao.party)


@pytest.fixture
def case_of_zhao(party: Party) -> str:
    """A matter of 赵 that the market regulators lead; what procedures say of it does not matter here."""
    dossier = work.Dossier.objects.create(
        kind="cases.case", title="示例事项", lead_unit=org.unit("scjgj"), state="open", opened_at=AT
    )
    work.Involvement.objects.create(dossier=dossier, party=party, role="applicant", since=AT)
    return f"dossier:{dossier.pk}"


def readings() -> tuple[int, int]:
    return Reading.objects.count(), ledger.Entry.objects.filter(kind="profiles.read").count()


def test_a_clerk_reads_inside_the_matter_and_the_party_sees_it(party: Party, sun: Actor, case_of_zhao: str) -> None:
    found = api.read(sun, party, ["person.name", "person.id_number"], purpose="review", subject=case_of_zhao, at=AT)
    assert found["person.name"].value == "赵兰"
    assert found["person.name"].source == "首次办理时本人填写（演示）"
    assert "person.id_number" not in found
    row = Reading.objects.get()
    assert (row.unit, row.posts, row.fields, row.is_own) == (org.unit("scjgj"), "首席代表", ["person.name"], False)
    assert row.matter == "示例事项"
    entry = ledger.Entry.objects.get(pk=row.entry_id)
    assert b"\xe8\xb5\xb5\xe5\x85\xb0" not in bytes(entry.content)  # 赵兰


REFUSED = [
    ("own", "", ["person.name"], "profiles.not_yours_to_read"),
    ("review", "", ["person.name"], "profiles.no_matter"),
    ("review", "dossier:999999", ["person.name"], "profiles.no_matter"),
    ("review", "visit:1", ["person.name"], "profiles.no_matter"),
]


@pytest.mark.parametrize(("purpose", "subject", "fields", "code"), REFUSED)
def test_outside_a_matter_nothing_opens(
    party: Party, sun: Actor, purpose: str, subject: str, fields: list[str], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        api.read(sun, party, fields, purpose=purpose, subject=subject, at=AT)
    assert refused.value.code == code
    assert readings() == (0, 0)
