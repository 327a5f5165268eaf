"""Finished matters at exact moments, and an evaluation that collects values, for the tests of extractions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.test import Client

from yingshang.kernel import clock, org, procedures, work
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation import operations
from yingshang.oversight.evaluation.models import Evaluation, Extraction
from yingshang.oversight.evaluation.tests import factories

EDITION = factories.EDITION.replace("满意度", "按期率")
HOUR = 3_600_000_000
DAY = 6 * HOUR + HOUR // 2  # 08:30–11:30 and 13:30–17:00


def beijing(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=clock.BEIJING)


AT = beijing("2026-03-31 09:00")


def collecting(evaluator: Actor) -> Evaluation:
    """An evaluation that collects values, whose one evaluator stated no conflict."""
    found = factories.commissioned(evaluator, at=AT, until=date(2036, 12, 31))
    factories.collecting(found, evaluator, EDITION, at=AT)
    return found


def matter(no: str, *moves: tuple[str, str], unit: str = "scjgj", sealed: bool = False) -> work.Dossier:
    """A finished matter of the example county's signboard filing, with moves at exact moments."""
    version = procedures.ProcedureVersion.objects.filter(procedure_id="signboard-filing").latest("version")
    lead = org.unit(unit)
    first, last = beijing(moves[0][1]), beijing(moves[-1][1])
    made = work.Dossier.objects.create(
        kind="cases.case",
        no=no,
        title="某店的招牌备案",
        procedure=version,
        lead_unit=lead,
        state="delivered",
        outcome="done",
        is_sealed=sealed,
        opened_at=first,
        closed_at=last,
    )
    work.Move.objects.bulk_create(
        work.Move(
            dossier=made,
            kind=work.Move.Kind.OPEN if do == "open" else work.Move.Kind.MOVE,
            do=do,
            unit=lead,
            by="p",
            at=beijing(at),
        )
        for do, at in moves
    )
    return made


def paused(dossier: work.Dossier, first: date, last: date | None) -> None:
    """Let the limit of a matter stand still for some days; it was due on 6 March and kept."""
    due = date(2026, 3, 6)
    running = clock.Clock.objects.create(agreed_date=due, started_on=date(2026, 2, 1), due_date=due)
    work.Obligation.objects.create(
        kind="work.limit",
        title="办结",
        unit=dossier.lead_unit,
        dossier=dossier,
        key="decision",
        clock=running,
        due_date=due,
        state="fulfilled",
        opened_at=dossier.opened_at,
        opened_by="p",
        closed_at=dossier.closed_at,
        closed_by="p",
    )
    clock.Pause.objects.create(
        clock=running, first_day=first, last_day=last, reason="检验", entered_at=AT, entered_by="p"
    )


def taken_from(evaluation: Evaluation, by: Actor, **more: Any) -> Extraction:
    asked = {"first": date(2026, 2, 1), "last": date(2026, 3, 30), "kinds": ["cases.case"]} | more
    return operations.extract(evaluation_id=evaluation.pk, by=by, at=AT, **asked)


def many(count: int = 10) -> None:
    for number in range(count):
        matter(f"{number}号", ("open", "2026-03-02 08:30"), ("accept", "2026-03-03 17:00"))


def face(key: str) -> Client:
    """Return a browser of one person of the cast."""
    client = Client()
    client.post(f"/demo/{org.demo_pseudonym(key)}/")
    return client
