"""The register as a workbook that comes back: who sets each row up and by when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from yingshang.kernel import access, clock, org
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Fault, SheetDoor, Wanted
from yingshang.oversight.plan_tasks import operations, queries


def _number(cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise ValueError("请填写台账中的序号。") from None


def _day(cell: str) -> str:
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise ValueError("请写成2026-12-31这样的日期。") from None


def check(rows: list[dict[str, Any]], by: Actor) -> list[Fault]:
    """Return what is wrong: a plan or number that does not exist, a unit that nobody knows, a day that is over."""
    access.permit(by, "plan_tasks.confirm_deliverables")
    today, units = clock.today(), _units()
    known = _known({row["plan"] for row in rows})
    faults = []
    for row in rows:
        if (row["plan"], row["number"]) not in known:
            faults.append(Fault(row=row["row"], column="序号", words="台账中没有这个方案的这一项。"))
        if row["owner"] not in units:
            faults.append(Fault(row=row["row"], column="承担单位", words="名录中没有这个单位，请按简称填写。"))
        if row["due"] and date.fromisoformat(row["due"]) < today:
            faults.append(Fault(row=row["row"], column="制定期限", words="不能早于今天。"))
    return faults


def store(rows: list[dict[str, Any]], by: Actor, at: datetime) -> str:
    """Assign every row that says something new."""
    units, known = _units(), _known({row["plan"] for row in rows})
    changed = 0
    for row in rows:
        found, due = known[row["plan"], row["number"]], date.fromisoformat(row["due"]) if row["due"] else None
        owner = units[row["owner"]]
        if (found.owner.code if found.owner else "", found.due_date) == (owner, due):
            continue
        operations.assign_deliverable(
            deliverable_id=found.pk, owner_code=owner, due_date=due, by=by, on=clock.beijing_date(at), at=at
        )
        changed += 1
    return f"已按表格更新{changed}项，其余没有变化。"


def _units() -> dict[str, str]:
    return dict(org.Unit.objects.on(clock.today()).values_list("short_name", "code"))


def _known(codes: set[str]) -> dict[tuple[str, int], Any]:
    return {(code, row.number): row for code in codes for row in queries.deliverables_of(code)}


REGISTER_IN = SheetDoor(
    name="plan_tasks.register",
    title="导入配套制度台账的承担单位和期限",
    wanted=[
        Wanted(title="方案代号", name="plan", example="mulan-2019-1"),
        Wanted(title="序号", name="number", read=_number, example="2"),
        Wanted(title="承担单位", name="owner", example="县营商环境建设监督局"),
        Wanted(title="制定期限", name="due", read=_day, required=False, example="2026-12-31"),
    ],
    check=check,
    store=store,
    back="plan_tasks:plans",
)
