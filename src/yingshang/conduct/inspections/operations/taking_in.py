"""A whole sheet of targets into the pool: new ones come in, known ones are put into their class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Grading, Target
from yingshang.kernel import access, clock, ledger, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """One row of a sheet. code: a checked credit code. township: code of the unit, or empty. source: of the class."""

    code: str
    name: str
    grade: str
    source: str
    kind: str = ""
    industry: str = ""
    township: str = ""
    address: str = ""
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class TakenIn:
    """How many targets came in, how many changed their class, and how many stay as they were."""

    added: int
    graded: int
    unchanged: int


@transaction.atomic
def take_in_targets(*, rows: Sequence[TargetRow], by: Actor, at: datetime) -> TakenIn:
    """Put the rows into the pool and say what became of them; everything or nothing.

    A code that is not in the pool comes in with its class; one that is, and
    stands there in another class, is put into the new one from today on. Names
    and addresses of known targets stay. Raises whatever the policy refuses and
    Refusal ``inspections.sheet_repeats``, ``inspections.left_the_pool``,
    ``inspections.graded_today``. Records one ``inspections.targets_taken_in``.
    Queries: fixed, whatever the number of rows.
    """
    access.permit(by, "inspections.keep_pool")
    on = clock.beijing_date(at)
    by_code = {row.code: row for row in rows}
    if len(by_code) != len(rows):
        raise Refusal("inspections.sheet_repeats", "表格里有重复的统一社会信用代码。", "请删去重复的行后再导入。")
    known = {each.code: each for each in Target.objects.select_for_update().filter(code__in=by_code).order_by("code")}
    _refuse_left(known.values())
    units = {unit.code: unit for unit in org.Unit.objects.on(on)}
    fresh = Target.objects.bulk_create(
        Target(
            code=row.code,
            name=row.name,
            kind=row.kind,
            industry=row.industry,
            township=units.get(row.township),
            address=row.address,
            tags=list(row.tags),
            joined_on=on,
        )
        for row in rows
        if row.code not in known
    )
    standing = queries.grades_on(on, known.values())
    moved = [each for code, each in known.items() if standing.get(each.pk) != by_code[code].grade]
    _refuse_graded_today(moved, on)
    Grading.objects.bulk_create(
        Grading(
            target=each, grade=by_code[each.code].grade, on=on, source=by_code[each.code].source[:120], by=by.person
        )
        for each in [*fresh, *moved]
    )
    facts = {"added": len(fresh), "graded": len(moved)}
    ledger.record("inspections.targets_taken_in", subject=f"unit:{by.unit}", by=by, at=at, facts=facts)
    return TakenIn(len(fresh), len(moved), len(known) - len(moved))


def _refuse_left(known: Iterable[Target]) -> None:
    gone = [each for each in known if each.left_on is not None]
    if gone:
        raise Refusal(
            "inspections.left_the_pool",
            f"“{gone[0].name}”（{gone[0].code}）等{len(gone)}户已经移出名录库。",
            "请从表格中删去这些行。",
        )


def _refuse_graded_today(moved: Sequence[Target], on: date) -> None:
    again = Grading.objects.filter(target__in=[each.pk for each in moved], on=on).select_related("target").first()
    if again is not None:
        raise Refusal(
            "inspections.graded_today",
            f"“{again.target.name}”今天已经定过类别，一天只能定一次。",
            "请明天再调整，或者从表格中删去这一行。",
        )
