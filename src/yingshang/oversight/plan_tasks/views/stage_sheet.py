"""The stages of a draft as a workbook: out with what is there, in again with a look before anything is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from yingshang.kernel.parties import Actor
from yingshang.kernel.web import ActorRequest, Column, Fault, SheetDoor, Wanted, table, xlsx_out
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import Stage
from yingshang.oversight.plan_tasks.rules import Goal, GoalKind, StagePlan, plan_faults, stage_faults
from yingshang.oversight.plan_tasks.views.work_plans import writable

DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日|\s|$)", re.ASCII)
KINDS = {label: value for value, label in Stage.GoalKind.choices}
FIELD_TITLES = {
    "words": "要达到什么",
    "baseline": "现有数值",
    "target": "目标数值",
    "unit": "计量单位",
    "target_date": "目标日期",
    "items": "清单内容",
    "source": "依据什么检验",
    "finish_on": "完成时限",
    "answers": "责任人",
    "follows": "在哪些阶段之后",
}


def _kind(cell: str) -> str:
    if cell not in KINDS:
        raise ValueError(f"“{cell}”不是目标类型，请填：{'、'.join(KINDS)}。")
    return KINDS[cell]


def _number(cell: str) -> str:
    try:
        found = Decimal(cell)
    except InvalidOperation:
        raise ValueError(f"“{cell}”不是数，请只填数，例如：8。") from None
    if not found.is_finite() or abs(found) >= Decimal(10) ** 12 or -int(found.as_tuple().exponent) > 4:
        raise ValueError("数太大，或者小数超过4位。")
    return str(found)


def _date(cell: str) -> str:
    found = DATE.match(cell)
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else _no_date(cell)
    except ValueError:
        return _no_date(cell)


def _no_date(cell: str) -> str:
    raise ValueError(f"“{cell}”不是日期，请这样填：2026-06-30。")


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.replace("；", "\n").replace(";", "\n").splitlines() if item.strip()]


def _places(cell: str) -> list[int]:
    parts = [part.strip() for part in cell.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if not all(part.isdecimal() and len(part) < 4 for part in parts):
        raise ValueError("请填阶段的序号，多个用顿号分开，例如：1、2。")
    return [int(part) for part in parts]


def _short(most: int) -> Any:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise ValueError(f"有{len(cell)}个字，最多{most}个字。")
        return cell

    return read


WANTED = [
    Wanted(title="阶段", name="title", read=_short(80), example="梳理保证金目录清单"),
    Wanted(title="目标类型", name="kind", read=_kind, example="数值"),
    Wanted(title="要达到什么", name="words", read=_short(300), example="办理时间压减到8个工作日"),
    Wanted(title="现有数值", name="baseline", read=_number, required=False, example="20"),
    Wanted(title="目标数值", name="target", read=_number, required=False, example="8"),
    Wanted(title="计量单位", name="unit", read=_short(20), required=False, example="工作日"),
    Wanted(title="目标日期", name="target_date", read=_date, required=False),
    Wanted(title="清单内容", name="items", read=_items, required=False),
    Wanted(title="依据什么检验", name="source", read=_short(200), example="办件系统"),
    Wanted(title="开始日期", name="starts_on", read=_date, example="2026-04-01"),
    Wanted(title="完成时限", name="finish_on", read=_date, example="2026-06-30"),
    Wanted(title="责任人", name="answers", read=_short(80), example="法制股 股长"),
    Wanted(title="在哪些阶段之后", name="follows", read=_places, required=False),
]


@dataclass(frozen=True, kw_only=True)
class StageDoor(SheetDoor):
    """The door of one draft: what comes in takes the place of its stages."""

    work_plan_id: int

    def back_address(self) -> str:
        """Return to the draft."""
        return reverse("plan_tasks:work_plan", args=[self.work_plan_id])

    def template(self, request: ActorRequest) -> HttpResponse:
        """Hand out the workbook, filled with the stages that the draft has."""
        edition = queries.edition_in_hand(queries.work_plan(self.work_plan_id))
        stages = queries.stages_of(edition) if edition else []
        if not stages:
            return super().template(request)
        return xlsx_out(table(_COLUMNS, sheet_rows(stages), name=self.title))


def sheet(request: ActorRequest, work_plan_id: int, part: str = "upload", token: str = "") -> HttpResponse:
    """Take a sheet of stages in, or hand out the workbook to fill."""
    door = _door(request, work_plan_id)
    if part == "template":
        return door.template(request)
    if part == "preview":
        return door.preview(request, token)
    if part == "confirm":
        return door.confirm(request, token)
    return door.upload(request)


def sheet_rows(stages: list[Stage]) -> list[dict[str, Any]]:
    """Return stages as rows of the workbook."""
    return [
        {
            "title": stage.title,
            "kind": stage.get_goal_kind_display(),
            "words": stage.goal,
            "baseline": queries.plain(stage.baseline),
            "target": queries.plain(stage.target),
            "unit": stage.goal_unit,
            "target_date": stage.target_date.isoformat() if stage.target_date else "",
            "items": "；".join(stage.items),
            "source": stage.source or "平台指标量",
            "starts_on": stage.starts_on.isoformat(),
            "finish_on": stage.finish_on.isoformat(),
            "answers": stage.answers,
            "follows": "、".join(str(each.place) for each in stage.follows.all()),
        }
        for stage in stages
    ]


_COLUMNS = [Column(title=wanted.title, value=wanted.name, width=20) for wanted in WANTED]


def _door(request: ActorRequest, work_plan_id: int) -> StageDoor:
    edition = writable(request, work_plan_id)
    plan = edition.work_plan

    def check(rows: list[dict[str, Any]], by: Actor) -> list[Fault]:
        stages, span = _stages(rows), queries.span_of(plan)
        numbers = {stage.place: row["row"] for stage, row in zip(stages, rows, strict=True)}
        alone = [fault for stage in stages for fault in stage_faults(stage, span)]
        found = alone or plan_faults(stages, span)
        last = len(stages)
        unknown = [
            Fault(row=numbers[stage.place], column=FIELD_TITLES["follows"], words=f"没有序号为{place}的阶段。")
            for stage in stages
            for place in sorted(stage.follows)
            if not 1 <= place <= last
        ]
        return unknown + [
            Fault(
                row=numbers.get(fault.place, rows[0]["row"] if rows else 1),
                column=FIELD_TITLES.get(fault.field, ""),
                words=f"{fault.refusal.reason}{fault.refusal.remedy}",
            )
            for fault in found
        ]

    def store(rows: list[dict[str, Any]], by: Actor, at: datetime) -> str:
        operations.replace_stages(edition_id=edition.pk, stages=_stages(rows), by=by, at=at)
        return f"已存入{len(rows)}个阶段。"

    return StageDoor(
        name=f"plan_tasks.stages.{edition.pk}",
        title=f"{queries.title_of(plan)}的阶段",
        wanted=WANTED,
        check=check,
        store=store,
        back="plan_tasks:own_work_plans",
        work_plan_id=work_plan_id,
    )


def _stages(rows: list[dict[str, Any]]) -> list[StagePlan]:
    return [
        StagePlan(
            place=place,
            title=row["title"],
            goal=Goal(
                kind=GoalKind(row["kind"]),
                words=row["words"] or "",
                source=row["source"] or "",
                baseline=Decimal(row["baseline"]) if row["baseline"] else None,
                target=Decimal(row["target"]) if row["target"] else None,
                unit=row["unit"] or "",
                target_date=date.fromisoformat(row["target_date"]) if row["target_date"] else None,
                items=tuple(row["items"] or ()),
            ),
            starts_on=date.fromisoformat(row["starts_on"]),
            finish_on=date.fromisoformat(row["finish_on"]),
            answers=row["answers"],
            follows=frozenset(row["follows"] or ()),
        )
        for place, row in enumerate(rows, 1)
    ]
