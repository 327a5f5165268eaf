"""Items and materials as workbooks: one item a row, one material a row; out as they stand, in as drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import ActorRequest, Column, Fault, SheetDoor, Wanted, table, xlsx_out
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.models import Item, ItemVersion
from yingshang.registers.catalogue.operations.drafting import SLUG
from yingshang.registers.catalogue.queries.offering import words_of
from yingshang.registers.catalogue.queries.sheets import newest_versions_of
from yingshang.registers.catalogue.rules.content import Content, Material, read

KINDS = {
    "行政许可": "license",
    "备案": "filing",
    "行政确认": "confirmation",
    "行政给付": "benefit",
    "行政奖励": "reward",
    "行政裁决": "ruling",
    "行政征收": "levy",
    "公共服务": "service",
    "其他行政权力": "other",
}
SOURCES = {"申请人自备": "self", "其他单位出具": "issued", "部门核验": "shared", "表单生成": "generated"}
YES = {"是": True, "否": False}


@require_safe
def items_out(request: ActorRequest) -> HttpResponse:
    """Hand out the items of one's own unit, one a row, in the columns that come in."""
    access.permit(request.actor, "catalogue.see_drafts")
    rows = [(version, read(version.content)) for version in newest_versions_of(request.actor.unit)]
    return xlsx_out(table(_item_columns(), rows, request=request, name=_("事项")))


@require_safe
def materials_out(request: ActorRequest) -> HttpResponse:
    """Hand out the materials of those items, one a row."""
    access.permit(request.actor, "catalogue.see_drafts")
    rows = []
    for version in newest_versions_of(request.actor.unit):
        content = read(version.content)
        rows += [(version, content, material) for material in content.materials]
    return xlsx_out(table(_material_columns(), rows, request=request, name=_("事项材料")))


def check_items(rows: list[dict[str, Any]], by: Actor) -> list[Fault]:
    """Return repeated slugs, items of other units, and kinds of people who are not in the list."""
    access.permit(by, "catalogue.edit")
    people = set(words_of("applicants").values())
    classes = set(words_of("reform_class").values())
    faults = _foreign(rows, by)
    seen: set[str] = set()
    for row in rows:
        if row["slug"] in seen:
            faults.append(Fault(row=row["row"], column="网址代号", words=f"“{row['slug']}”写了两行，请删去一行。"))
        seen.add(row["slug"])
        unknown = [word for word in row["applicants"] or [] if word not in people]
        if unknown:
            said = f"没有“{'、'.join(unknown)}”，可以填写：{'、'.join(sorted(people))}。"
            faults.append(Fault(row=row["row"], column="服务对象", words=said))
        if row["reform_class"] and row["reform_class"] not in classes:
            said = f"没有“{row['reform_class']}”，可以填写：{'、'.join(sorted(classes))}。"
            faults.append(Fault(row=row["row"], column="改革方式", words=said))
    return faults


def store_items(rows: list[dict[str, Any]], by: Actor, at: datetime) -> str:
    """Make or change a draft for each row."""
    people = {words: code for code, words in words_of("applicants").items()}
    classes = {words: code for code, words in words_of("reform_class").items()}
    made = [
        operations.ItemRow(
            slug=row["slug"],
            title=row["title"],
            kind=row["kind"],
            basic=row["basic"] or "",
            code=row["code"] or "",
            changed_because=row["changed_because"] or "",
            basics=_kept(
                summary=row["summary"],
                applicants=[people[word] for word in row["applicants"] or []],
                reform_class=classes.get(row["reform_class"] or "", ""),
                result={"title": row["result"]} if row["result"] else None,
            ),
            where=_kept(visits=row["visits"], consult=row["consult"], complain=row["complain"]),
            limits=_kept(
                statutory=_limit(row["statutory_days"], row["statutory_basis"]),
                committed=_limit(row["committed_days"], row["committed_basis"]),
            ),
        )
        for row in rows
    ]
    number = operations.take_in_items(rows=made, by=by, at=at)
    return f"已写入{number}个事项的草稿，请逐个检查后交审核。"


def check_materials(rows: list[dict[str, Any]], by: Actor) -> list[Fault]:
    """Return slugs without an item, and items of other units."""
    access.permit(by, "catalogue.edit")
    slugs = set(Item.objects.filter(slug__in={row["slug"] for row in rows}).values_list("slug", flat=True))
    missing = [row for row in rows if row["slug"] not in slugs]
    said = "没有这个事项，请先建事项，或者核对网址代号。"
    return [*_foreign(rows, by), *(Fault(row=row["row"], column="网址代号", words=said) for row in missing)]


def store_materials(rows: list[dict[str, Any]], by: Actor, at: datetime) -> str:
    """Put the rows in the place of the materials of the drafts."""
    made = [
        operations.MaterialRow(
            slug=row["slug"],
            title=row["title"],
            basis=row["basis"] or "",
            values=_kept(
                required=row["required"],
                source_kind=row["source_kind"],
                issuer=row["issuer"],
                certificate=row["certificate"],
                tolerable_days=row["tolerable_days"],
                commit_text=row["commit_text"],
                commit_allowed=True if row["commit_text"] else None,
                standard=row["standard"],
            ),
        )
        for row in rows
    ]
    number = operations.take_in_materials(rows=made, by=by, at=at)
    return f"已写入{number}个事项的材料，请逐个检查后交审核。"


def _foreign(rows: list[dict[str, Any]], by: Actor) -> list[Fault]:
    """Return a fault for each row whose item another unit keeps."""
    others = set(
        Item.objects.filter(slug__in={row["slug"] for row in rows})
        .exclude(unit__code=by.unit)
        .values_list("slug", flat=True)
    )
    said = "这个代号是别的单位的事项，请换一个代号。"
    return [Fault(row=row["row"], column="网址代号", words=said) for row in rows if row["slug"] in others]


def _kept(**values: Any) -> dict[str, Any]:
    """Leave out what a row does not say, so that what stands stays."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _limit(days: int | None, basis: str | None) -> dict[str, Any] | None:
    return None if days is None else {"days": days, **({"basis": basis} if basis else {})}


def _slug(cell: str) -> str:
    slug = cell.strip().lower()
    if not SLUG.match(slug):
        raise ValueError("请用3至50个小写字母、数字或者连字符，以字母开头。")
    return slug


def _words(known: dict[str, Any]) -> Callable[[str], Any]:
    def read_word(cell: str) -> Any:
        if cell.strip() not in known:
            raise ValueError(f"没有“{cell}”，可以填写：{'、'.join(known)}。")
        return known[cell.strip()]

    return read_word


def _days(cell: str) -> int:
    text = cell.strip()
    if not (text.isascii() and text.isdecimal()) or len(text) > 3:
        raise ValueError("请填0至999的整数。")
    return int(text)


def _listed(cell: str) -> list[str]:
    return [word.strip() for word in cell.replace("，", "、").replace(",", "、").split("、") if word.strip()]


def _title(cell: str) -> str:
    if len(cell) > 200:
        raise ValueError(f"有{len(cell)}个字，最多200个字。")
    return cell


def _word_of(known: dict[str, Any], value: Any) -> str:
    return next((word for word, code in known.items() if code == value), "")


def _item_columns() -> list[Column]:
    people, classes = words_of("applicants"), words_of("reform_class")

    def said(tell: Callable[[ItemVersion, Content], Any]) -> Callable[[Any], Any]:
        return lambda row: tell(row[0], row[1])

    told: list[tuple[str, Callable[[ItemVersion, Content], Any]]] = [
        ("网址代号", lambda version, _c: version.item.slug),
        ("事项名称", lambda _v, content: content.title),
        ("事项类型", lambda _v, content: _word_of(KINDS, content.kind)),
        ("基本编码", lambda version, _c: version.item.basic_id),
        ("实施编码", lambda version, _c: version.item.code),
        ("一句话说明", lambda _v, content: content.basics.summary),
        ("服务对象", lambda _v, content: "、".join(people.get(code, code) for code in content.basics.applicants)),
        ("改革方式", lambda _v, content: classes.get(content.basics.reform_class, "")),
        ("法定时限（工作日）", lambda _v, content: _working(content.limits.statutory)),
        ("法定时限依据", lambda _v, content: _basis(content)),
        ("承诺时限（工作日）", lambda _v, content: _working(content.limits.committed)),
        ("承诺出处", lambda _v, content: content.limits.committed.basis if content.limits.committed else ""),
        ("到现场次数", lambda _v, content: content.where.visits),
        ("咨询电话", lambda _v, content: content.where.consult),
        ("监督电话", lambda _v, content: content.where.complain),
        ("办理结果", lambda _v, content: content.basics.result.title),
        ("为什么改", lambda version, _c: version.changed_because),
    ]
    codes = ("网址代号", "基本编码", "实施编码", "咨询电话", "监督电话")
    return [
        Column(title=words, value=said(tell), kind="code" if words in codes else "text", width=24)
        for words, tell in told
    ]


def _working(limit: Any) -> int | None:
    return limit.days if limit and limit.unit == "wd" else None


def _basis(content: Content) -> str:
    return content.basis_text(content.limits.statutory.basis) if content.limits.statutory else ""


def _material_columns() -> list[Column]:
    def said(tell: Callable[[Content, Material], Any]) -> Callable[[Any], Any]:
        return lambda row: tell(row[1], row[2])

    told: list[tuple[str, Callable[[Content, Material], Any]]] = [
        ("材料名称", lambda _c, material: material.title),
        ("必须提供", lambda _c, material: "是" if material.required else "否"),
        ("材料来源", lambda _c, material: _word_of(SOURCES, material.source_kind)),
        ("出具单位", lambda _c, material: material.issuer),
        ("证明清单编号", lambda _c, material: material.certificate or ""),
        ("容缺几个工作日补", lambda _c, material: material.tolerable_days),
        ("承诺内容", lambda _c, material: material.commit_text),
        ("依据", lambda content, material: content.basis_text(material.basis) if material.basis else ""),
        ("要求", lambda _c, material: material.standard),
    ]
    first = Column(title="网址代号", value=lambda row: row[0].item.slug, kind="code", width=24)
    return [first, *(Column(title=words, value=said(tell), width=24) for words, tell in told)]


ITEMS_IN = SheetDoor(
    name="catalogue.items",
    title="导入事项",
    wanted=[
        Wanted(title="网址代号", name="slug", read=_slug, example="food-business"),
        Wanted(title="事项名称", name="title", read=_title, example="食品经营许可（新办）"),
        Wanted(title="事项类型", name="kind", read=_words(KINDS), example="行政许可"),
        Wanted(title="基本编码", name="basic", required=False, example="230131001001"),
        Wanted(title="实施编码", name="code", required=False),
        Wanted(title="一句话说明", name="summary", required=False, example="开饭店以前先办这个证。"),
        Wanted(title="服务对象", name="applicants", read=_listed, required=False, example="自然人、企业法人"),
        Wanted(title="改革方式", name="reform_class", required=False, example="优化审批服务"),
        Wanted(title="法定时限（工作日）", name="statutory_days", read=_days, required=False, example="20"),
        Wanted(title="法定时限依据", name="statutory_basis", read=_title, required=False),
        Wanted(title="承诺时限（工作日）", name="committed_days", read=_days, required=False, example="8"),
        Wanted(title="承诺出处", name="committed_basis", read=_title, required=False),
        Wanted(title="到现场次数", name="visits", read=_days, required=False, example="0"),
        Wanted(title="咨询电话", name="consult", read=_title, required=False),
        Wanted(title="监督电话", name="complain", read=_title, required=False, example="12345"),
        Wanted(title="办理结果", name="result", read=_title, required=False, example="食品经营许可证"),
        Wanted(title="为什么改", name="changed_because", read=_title, required=False),
    ],
    check=check_items,
    store=store_items,
    back="catalogue:items",
)

MATERIALS_IN = SheetDoor(
    name="catalogue.materials",
    title="导入事项材料",
    wanted=[
        Wanted(title="网址代号", name="slug", read=_slug, example="food-business"),
        Wanted(title="材料名称", name="title", read=_title, example="经营场所平面图"),
        Wanted(title="必须提供", name="required", read=_words(YES), example="是"),
        Wanted(title="材料来源", name="source_kind", read=_words(SOURCES), example="申请人自备"),
        Wanted(title="出具单位", name="issuer", read=_title, required=False),
        Wanted(title="证明清单编号", name="certificate", read=_title, required=False),
        Wanted(title="容缺几个工作日补", name="tolerable_days", read=_days, required=False, example="5"),
        Wanted(title="承诺内容", name="commit_text", required=False),
        Wanted(title="依据", name="basis", read=_title, required=False),
        Wanted(title="要求", name="standard", required=False),
    ],
    check=check_materials,
    store=store_materials,
    back="catalogue:items",
)
