"""Deeds on a matter that has ended, duties chosen one by one, days set by the procedure, and what came in on paper."""

from datetime import UTC, date, datetime

import pytest

from yingshang.kernel import clock, parties, procedures, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.procedures.reading import checked
from yingshang.kernel.testing.restaurant import CLERK, KIND, RECEIVED
from yingshang.methods.county_files import CountyFile, DataProblem

STALL = {
    "schema": "procedure/1",
    "id": "stall",
    "title": "摊位许可",
    "kind": "license",
    "version": 1,
    "effective": {"from": "2026-01-01", "to": None},
    "lead_unit": "scjgj",
    "item_code": None,
    "sources": [],
    "limits": {
        "decision": {"title": "决定", "limit": "TOL.SUPPLY", "amount": 7, "from": "accepted", "until": ["granted"]}
    },
    "materials": [
        {"key": "plan", "title": "平面图", "required": True, "tolerable_days": 3},
        {"key": "lease", "title": "租约", "required": True, "tolerable_days": 5},
    ],
    "duties": [
        {"key": "plan", "title": "补交平面图", "borne_by": "applicant", "material": "plan", "limit": "TOL.SUPPLY"},
        {"key": "lease", "title": "补交租约", "borne_by": "applicant", "material": "lease", "limit": "TOL.SUPPLY"},
    ],
    "states": {"submitted": "已提交", "accepted": "已受理", "granted": "已准予", "revoked": "已撤销"},
    "start": "submitted",
    "final": {"granted": "granted", "revoked": "revoked"},
    "moves": [
        {
            "do": "accept",
            "title": "受理",
            "from": "submitted",
            "to": "accepted",
            "by": "window-clerk",
            "opens": ["plan", "lease"],
        },
        {
            "do": "supply",
            "title": "补交",
            "from": "accepted",
            "to": "accepted",
            "by": "window-clerk",
            "fulfills": ["plan", "lease"],
        },
        {"do": "grant", "title": "准予", "from": "accepted", "to": "granted", "by": "window-clerk"},
        {
            "do": "revoke",
            "title": "撤销",
            "from": "granted",
            "to": "revoked",
            "by": "window-clerk",
            "needs": {"reason": "理由"},
            "afterwards": True,
        },
    ],
    "scenarios": [
        {"name": "七个工作日", "given": {"accepted": "2026-02-13"}, "expect": {"decision": "2026-03-02"}},
        {
            "name": "发证后撤销",
            "given": {"submitted": "2026-02-13"},
            "walk": ["accept", "grant", "revoke"],
            "expect": {"state": "revoked"},
        },
    ],
}


@pytest.fixture
def stall(example_county, zhao):
    procedures.publish(procedures.definition_of(STALL), by=SYSTEM, at=RECEIVED)
    applicant = parties.Party.objects.get(public_id=zhao.party)
    return work.open_dossier(
        kind=KIND, title="摊位", procedure="stall", involved=[(applicant, "applicant")], by=SYSTEM, at=RECEIVED
    )


def do(stall, name, **more):
    return work.move(dossier_id=stall.pk, do=name, by=CLERK, at=more.pop("at", RECEIVED), **more)


def owed(stall):
    return set(work.Obligation.objects.filter(dossier=stall, state="open").values_list("key", flat=True))


def test_the_procedure_sets_the_days_and_its_own_scenarios_hold(example_county):
    definition = procedures.definition_of(STALL)
    assert procedures.misses(definition, clock.limit_on, clock.calendar()) == []


def test_of_several_duties_only_those_named_are_opened_and_fulfilled(stall):
    do(stall, "accept", duties=["lease"])
    assert owed(stall) == {"decision", "lease"}
    do(stall, "supply", duties=["plan"])
    assert owed(stall) == {"decision", "lease"}
    do(stall, "supply", duties=["lease"])
    assert owed(stall) == {"decision"}


def test_what_was_done_on_paper_counts_from_its_own_day(stall):
    monday = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    move = do(stall, "accept", duties=[], at=monday, counts_as_of=date(2026, 2, 13))
    decision = work.Obligation.objects.get(dossier=stall, key="decision")
    assert (decision.due_date, move.counts_as_of, move.at) == (date(2026, 3, 2), date(2026, 2, 13), monday)


def test_a_matter_that_has_ended_changes_its_outcome_and_keeps_its_day(stall):
    do(stall, "accept", duties=[])
    do(stall, "grant")
    later = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
    with pytest.raises(Refusal) as refused:
        do(stall, "supply", at=later)
    assert refused.value.code == "work.dossier_closed"
    do(stall, "revoke", facts={"reason": "以欺骗手段取得"}, at=later)
    stall.refresh_from_db()
    assert (stall.state, stall.outcome, stall.closed_at) == ("revoked", "revoked", RECEIVED)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"afterwards": False}, "is final; nothing leads out of it"),
        ({"from": ["accepted", "granted"]}, "is not final"),
        ({"to": "accepted"}, "does not lead to a final state"),
    ],
)
def test_a_deed_after_the_end_leads_from_one_end_to_another(change, said, tmp_path):
    data = {**STALL, "moves": [*STALL["moves"][:-1], {**STALL["moves"][-1], **change}]}
    file = CountyFile(tmp_path / "stall.yaml", data, {})
    with pytest.raises(DataProblem, match=said):
        checked(file, procedures.Known())
