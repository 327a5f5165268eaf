"""The two pools as sheets that come in: looked at first, every fault named by row and column, stored whole or not."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Inspector
from yingshang.conduct.inspections.rules.grading import GRADES
from yingshang.kernel import access, clock, org
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Fault, SheetDoor, Wanted
from yingshang.methods.identifiers import uscc

CODE, CERTIFICATE = "统一社会信用代码", "执法证号"


def _grade(cell: str) -> str:
    grade = cell.strip().upper().removesuffix("类")
    if grade not in GRADES:
        raise ValueError(f"请填写{'、'.join(GRADES)}中的一个。")
    return grade


def _day(cell: str) -> str:
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise ValueError("请写成2026-12-31这样的日期。") from None


def _words(cell: str) -> list[str]:
    return cell.replace("，", "、").replace(",", "、").replace(" ", "、").split("、") if cell.strip() else []


def check_targets(rows: list[dict[str, Any]], by: Actor) -> list[Fault]:
    """Return repeated codes, unknown townships and tags, and targets that left or were graded today."""
    access.permit(by, "inspections.keep_pool")
    townships = {name for _, name in queries.townships()}
    tags = {title: code for code, title in queries.tag_titles().items()}
    faults = _repeats(rows, "code", CODE)
    standing = queries.standing_of([row["code"] for row in rows], clock.today())
    for row in rows:
        if row["township"] and row["township"] not in townships:
            faults.append(
                Fault(row=row["row"], column="乡镇", words=f"没有“{row['township']}”这个乡镇，请按简称填写。")
            )
        unknown = [word for word in row["tags"] or [] if word and word not in tags]
        if unknown:
            words = f"没有“{'、'.join(unknown)}”这个标签，可以填写：{'、'.join(tags)}。"
            faults.append(Fault(row=row["row"], column="标签", words=words))
        known = standing.get(row["code"])
        if known is not None and known.left_on is not None:
            faults.append(Fault(row=row["row"], column=CODE, words="这家企业已经移出名录库，请删去这一行。"))
        elif known is not None and known.is_graded_today and known.grade != row["grade"]:
            faults.append(Fault(row=row["row"], column="风险类别", words="今天已经定过类别，请明天再调整。"))
    return faults


def store_targets(rows: list[dict[str, Any]], by: Actor, at: datetime) -> str:
    """Take the rows into the pool."""
    townships = {name: code for code, name in queries.townships()}
    tags = {title: code for code, title in queries.tag_titles().items()}
    done = operations.take_in_targets(
        rows=[
            operations.TargetRow(
                **{name: row[name] for name in ("code", "name", "grade", "source")},
                **{name: row[name] or "" for name in ("kind", "industry", "address")},
                township=townships.get(row["township"], ""),
                tags=[tags[word] for word in row["tags"] or [] if word],
            )
            for row in rows
        ],
        by=by,
        at=at,
    )
    return f"新入库{done.added}户，调整类别{done.graded}户，没有变化{done.unchanged}户。"


def check_inspectors(rows: list[dict[str, Any]], by: Actor) -> list[Fault]:
    """Return repeated and known certificates, unknown fields, and certificates that end before they begin."""
    access.permit(by, "inspections.keep_inspector", None)
    fields = {title: code for code, title in queries.tag_titles().items()}
    faults = _repeats(rows, "certificate_no", CERTIFICATE)
    numbers = [row["certificate_no"] for row in rows]
    known = set(Inspector.objects.filter(certificate_no__in=numbers).values_list("certificate_no", flat=True))
    for row in rows:
        if row["certificate_no"] in known:
            faults.append(Fault(row=row["row"], column=CERTIFICATE, words="已经在名录库里，请删去这一行。"))
        unknown = [word for word in row["fields"] if word not in fields]
        if unknown:
            words = f"没有“{'、'.join(unknown)}”这个领域，可以填写：{'、'.join(fields)}。"
            faults.append(Fault(row=row["row"], column="执法领域", words=words))
        if row["valid_to"] < row["valid_from"]:
            faults.append(Fault(row=row["row"], column="有效期止", words="早于有效期起，请对照执法证改正。"))
    return faults


def store_inspectors(rows: list[dict[str, Any]], by: Actor, at: datetime) -> str:
    """Put each person into the pool of the actor's unit."""
    fields = {title: code for code, title in queries.tag_titles().items()}
    for row in rows:
        operations.add_inspector(
            certificate_no=row["certificate_no"],
            name=row["name"],
            fields=[fields[word] for word in row["fields"]],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]),
            by=by,
            at=at,
        )
    return f"{org.unit(by.unit).short_name}新入库{len(rows)}人。"


def _repeats(rows: list[dict[str, Any]], name: str, column: str) -> list[Fault]:
    times = Counter(row[name] for row in rows)
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        if times[row[name]] > 1:
            before = first.setdefault(row[name], row["row"])
            if before != row["row"]:
                faults.append(Fault(row=row["row"], column=column, words=f"和第{before}行重复，请删去一行。"))
    return faults


TARGETS_IN = SheetDoor(
    name="inspections.targets",
    title="导入检查对象和风险类别",
    wanted=[
        Wanted(title=CODE, name="code", read=uscc.check, example="91350100M000100Y43"),
        Wanted(title="名称", name="name", example="某某餐饮店"),
        Wanted(title="风险类别", name="grade", read=_grade, example="B"),
        Wanted(title="定类依据", name="source", example="2026年3月信用风险分类结果"),
        Wanted(title="类型", name="kind", required=False, example="企业"),
        Wanted(title="行业", name="industry", required=False, example="餐饮业"),
        Wanted(title="乡镇", name="township", required=False, example=""),
        Wanted(title="住所", name="address", required=False, example=""),
        Wanted(title="标签", name="tags", read=_words, required=False, example="食品"),
    ],
    check=check_targets,
    store=store_targets,
    back="inspections:targets",
)

INSPECTORS_IN = SheetDoor(
    name="inspections.inspectors",
    title="导入本单位执法检查人员",
    wanted=[
        Wanted(title=CERTIFICATE, name="certificate_no", read=lambda cell: cell.strip().upper(), example="23012700001"),
        Wanted(title="姓名", name="name", example="王某"),
        Wanted(title="执法领域", name="fields", read=_words, example="食品、登记注册"),
        Wanted(title="有效期起", name="valid_from", read=_day, example="2025-01-01"),
        Wanted(title="有效期止", name="valid_to", read=_day, example="2029-12-31"),
    ],
    check=check_inspectors,
    store=store_inspectors,
    back="inspections:inspectors",
)
