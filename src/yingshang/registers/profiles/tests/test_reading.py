"""A value opens for a purpose, inside a matter, and the party can see that it did."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from yingshang.kernel import ledger, org, parties, work
from yingshang.kernel.errors import NotFound, Refusal, Unavailable
from yingshang.kernel.parties import Actor, Party
from yingshang.kernel.testing import actor_of, twins_disagree
from yingshang.registers.profiles import api, operations, queries
from yingshang.registers.profiles.models import HeldValue, Reading

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


MORE_REFUSED = [
    ("deliver", ["person.name", "person.id_number"], "profiles.not_covered"),
    ("review", ["person.shoe_size"], "profiles.no_such_field"),
    ("apply", ["person.name"], "profiles.not_yours_to_read"),
]


@pytest.mark.parametrize(("purpose", "fields", "code"), MORE_REFUSED)
def test_a_purpose_opens_its_own_fields_to_its_own_readers(
    party: Party, sun: Actor, case_of_zhao: str, purpose: str, fields: list[str], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        api.read(sun, party, fields, purpose=purpose, subject=case_of_zhao, at=AT)
    assert refused.value.code == code
    assert readings() == (0, 0)


def test_strangers_to_the_matter_read_nothing(
    party: Party, case_of_zhao: str, li_qiang: Actor, zhou: Actor, zheng: Actor, wu: Actor
) -> None:
    for stranger in (li_qiang, zhou, zheng, wu, actor_of("wang_min", unit="scjgj")):
        with pytest.raises(Refusal):
            api.read(stranger, party, ["person.name"], purpose="review", subject=case_of_zhao, at=AT)
    another = parties.party(wu.party)
    with pytest.raises(Refusal) as refused:
        api.read_all(
            actor_of("sun", unit="scjgj"),
            [party, another],
            ["person.name"],
            purpose="review",
            subject=case_of_zhao,
            at=AT,
        )
    assert refused.value.code == "profiles.no_matter"
    assert readings() == (0, 0)


def test_without_a_known_purpose_there_is_no_reading(party: Party, zhao: Actor) -> None:
    for purpose in ("", "curiosity"):
        with pytest.raises(NotFound):
            api.read(zhao, party, ["person.name"], purpose=purpose, at=AT)
    with pytest.raises(NotFound):  # the law is in force since 2021-11-01
        api.read(zhao, party, ["person.name"], purpose="own", at=datetime(2021, 10, 30, tzinfo=UTC))
    assert readings() == (0, 0)


def test_where_nothing_is_held_nothing_is_recorded_and_a_failed_deed_leaves_no_reading(
    party: Party, sun: Actor, qian: Actor, case_of_zhao: str
) -> None:
    assert api.read(sun, party, ["person.id_number"], purpose="review", subject=case_of_zhao, at=AT) == {}
    assert readings() == (0, 0)
    agent = actor_of("qian")  # acts for 赵 by mandate
    assert agent.party == str(party.public_id)
    with pytest.raises(RuntimeError), transaction.atomic():
        api.read(agent, party, ["person.name"], purpose="apply", at=AT)
        raise RuntimeError("the deed around it fails")
    assert readings() == (0, 0)
    assert api.read(agent, party, ["person.name"], purpose="apply", at=AT)["person.name"].value == "赵兰"
    assert readings() == (1, 1)
    assert Reading.objects.get().is_own


def test_the_database_lists_nobody_and_the_key_is_private(party: Party) -> None:
    assert not HeldValue.objects.exists()
    with queries.opened_for([party]):
        rows = list(HeldValue.objects.all())
    assert {row.party_id for row in rows} == {party.pk}
    assert all("赵兰".encode() not in bytes(row.closed) for row in rows)
    key = Path(settings.YS_DATA_DIR) / "keys" / "profiles.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    with pytest.raises(Refusal) as refused:  # a value moved to another party or field does not open
        queries.open_value(
            party, "person.mobile", bytes(next(row for row in rows if row.field == "person.name").closed)
        )
    assert refused.value.code == "profiles.key_is_lost"


def test_one_code_is_one_party_for_every_unit(party: Party, zhao: Actor, sun: Actor, wu: Actor) -> None:
    """Row 16d: whoever comes second finds what the first unit registered."""
    code = "91230127MA1B000173"
    first = api.identify(code=code, name="示例公司（演示）", kind="enterprise", by=sun, at=AT)
    again = api.identify(code="９1230127ma1b000173", name="别的名字", kind="enterprise", by=sun, at=AT)
    assert first == again
    assert api.held_fields(first, ["enterprise.credit_code", "enterprise.name", "enterprise.industry"]) == {
        "enterprise.credit_code",
        "enterprise.name",
    }
    assert readings() == (0, 0)
    api.hold(party, {"person.id_number": ID_NUMBER}, source="本人填写", by=zhao, at=AT)
    other = parties.party(wu.party)
    for by, whose, number, refusal in [
        (wu, other, ID_NUMBER, "profiles.code_of_another"),
        (zhao, party, "230127198506150028", "profiles.another_code"),
        (zhao, party, "230127198506150029", "profiles.value_unfit"),
        (wu, party, ID_NUMBER, "profiles.not_yours_to_change"),
    ]:
        with pytest.raises(Refusal) as refused:
            api.hold(whose, {"person.id_number": number}, source="本人填写", by=by, at=AT)
        assert refused.value.code == refusal
    entry = ledger.Entry.objects.filter(kind="profiles.held", subject=f"party:{party.public_id}").latest("at")
    assert ID_NUMBER.encode() not in bytes(entry.content)
    assert api.hold(party, {"person.id_number": ID_NUMBER}, source="再填一次", by=zhao, at=AT) == ()


def test_when_the_registry_is_down_the_enterprise_types(tmp_path: Path, settings: Any, example_county: str) -> None:
    fan = actor_of("fan")
    party = parties.party(fan.party)
    folder = tmp_path / "example" / "profiles"
    folder.mkdir(parents=True)
    text = (Path(settings.YS_COUNTIES_DIR) / "example" / "profiles" / "registry.yaml").read_text(encoding="utf-8")
    folder.joinpath("registry.yaml").write_text(
        text.replace("unanswered: []", "unanswered: [92239901MA0000015A]"), encoding="utf-8"
    )
    settings.YS_COUNTIES_DIR = tmp_path
    with pytest.raises(Unavailable):
        operations.take_from_registry(party, by=fan, at=AT)
    assert api.hold(party, {"enterprise.industry": "餐饮业"}, source="本人填写", by=fan, at=AT) == (
        "enterprise.industry",
    )


def test_a_policy_and_its_twin_agree(zhao: Actor, wu: Actor, sun: Actor, party: Party) -> None:
    api.read(zhao, party, ["person.name"], purpose="own", at=AT)
    assert twins_disagree("profiles.see_reading", [zhao, wu, sun], list(Reading.objects.all())) == []


def test_reading_costs_the_same_for_one_and_for_many_fields(
    party: Party, sun: Actor, case_of_zhao: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16):
        api.read(
            sun,
            party,
            ["person.name", "person.mobile", "person.address"],
            purpose="review",
            subject=case_of_zhao,
            at=AT,
        )
