"""Sub-plans at each point of their life, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from yingshang.kernel.parties import Actor
from yingshang.kernel.testing import actor_of
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import Duty, Edition, Filing, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.rules import Goal, GoalKind, StagePlan

AT = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 30)  # a Monday
PLAN = "special-2026"
NOTICE = """示例县2026年营商环境专项行动方案

一、办事
1.公布办事指南。（牵头单位：县司法局；责任单位：县发改局）
2.清理证明事项，6月底前完成。（责任单位：各乡镇政府）
3.制定年度工作实施方案。（责任单位：各乡镇政府、县营商环境建设监督局）
"""


def publish(folder: Path, text: str = NOTICE, on: date = ON) -> Edition:
    """Read, confirm and publish a notice on a day: 县司法局 and 县发改局 owe sub-plans, townships a dated task."""
    zhou = actor_of("zhou", unit="ysj")
    path = folder / "notice.txt"
    path.write_text(text, encoding="utf-8")
    reading = operations.read_notice(path=path, file_name="专项行动方案.txt", by=zhou, at=at(on))
    operations.confirm_reading(reading_id=reading.pk, by=zhou, at=at(on))
    return operations.publish_edition(reading_id=reading.pk, plan_code=PLAN, by=zhou, on=on, at=at(on))


def at(day: date) -> datetime:
    """Return nine in the morning of a day in Beijing."""
    return datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC)


def planned(title="梳理清单", start=date(2026, 4, 1), finish=date(2026, 4, 30), place=0, follows=(), **goal):
    """Return a stage that can be filed; goal: the parts of its goal that differ."""
    parts = {"kind": GoalKind.YES_NO, "words": "清单经局务会通过", "source": "会议纪要"} | goal
    return StagePlan(place, title, Goal(**parts), start, finish, "法制股 周", frozenset(follows))


NUMBER = {
    "kind": GoalKind.NUMBER,
    "words": "压减办理时间",
    "baseline": Decimal(20),
    "target": Decimal(8),
    "unit": "工作日",
    "source": "办件系统",
}


class Desk:
    """The people of one sub-plan: 沈洋 of 县发改局 writes and files, 周正 of the bureau decides."""

    def __init__(self, unit="fgj", person="shen", task=1) -> None:
        self.unit, self.task = unit, task
        self.writer: Actor = actor_of(person, unit=unit)
        self.desk: Actor = actor_of("zhou", unit="ysj")

    @property
    def duty(self) -> Duty:
        """The standing duty that the plan answers."""
        rows = Duty.objects.filter(task__edition__plan__code=PLAN, task__place=self.task, unit__code=self.unit)
        planned_kinds = ["plan_tasks.file_sub_plan", "plan_tasks.carry_out"]
        return rows.filter(obligation__kind__in=planned_kinds).exclude(obligation__state="cancelled").get()

    def begin(self, on: date = ON) -> WorkPlan:
        """Begin the plan."""
        return operations.start_work_plan(obligation_id=self.duty.obligation_id, by=self.writer, on=on, at=at(on))

    def draft(self, *stages: StagePlan, on: date = ON) -> WorkPlanEdition:
        """Return the draft with stages; with none given, one that can be filed."""
        edition = queries.edition_in_hand(self.begin(on))
        assert edition is not None
        for stage in stages or [planned()]:
            operations.write_stage(edition_id=edition.pk, stage=stage, by=self.writer, at=at(on))
        return queries.edition_with(edition.pk)

    def file(self, edition: WorkPlanEdition, on: date = ON, **more) -> Filing:
        """File an edition."""
        return operations.file_edition(edition_id=edition.pk, by=self.writer, on=on, at=at(on), **more)

    def accept(self, filing: Filing, on: date = ON) -> WorkPlanEdition:
        """Accept a filing."""
        return operations.accept_filing(filing_id=filing.pk, by=self.desk, on=on, at=at(on))

    def give_back(self, filing: Filing, on: date = ON, reasons: str = "目标太笼统。") -> WorkPlanEdition:
        """Return a filing."""
        return operations.return_filing(filing_id=filing.pk, reasons=reasons, by=self.desk, on=on, at=at(on))

    def accepted(self, *stages: StagePlan) -> WorkPlanEdition:
        """Return an accepted edition with these stages."""
        return self.accept(self.file(self.draft(*stages)))
