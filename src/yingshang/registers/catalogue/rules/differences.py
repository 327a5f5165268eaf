"""What one version asks that another does not: each added condition with its basis (《优化营商环境条例》第三十五条)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from yingshang.registers.catalogue.rules.checks.running import compression, shown
from yingshang.registers.catalogue.rules.content import Content, Limit, Step


@dataclass(frozen=True)
class Difference:
    """One change. kind: added, removed or changed. basis: the text behind what is added; empty: none is named.

    is_burden: it asks more of people than before.
    """

    section: str
    kind: str
    words: str
    before: str = ""
    after: str = ""
    basis: str = ""
    is_burden: bool = False


@dataclass(frozen=True)
class Effort:
    """What an item costs people: steps, materials that must be brought, visits, working days promised."""

    steps: int
    materials: int
    visits: int
    committed: str
    compression: float | None
    is_online_to_the_end: bool


def effort(content: Content) -> Effort:
    """Return the effort of an item where every question is answered so that the most materials apply."""
    share = compression(content)
    committed = content.limits.committed
    return Effort(
        steps=len(content.steps),
        materials=sum(1 for material in content.materials if material.required and material.source_kind != "shared"),
        visits=content.where.visits,
        committed="当场办结" if content.choices.instant else shown(committed) if committed else "",
        compression=None if share is None else float(share),
        is_online_to_the_end=is_online_to_the_end(content),
    )


def is_online_to_the_end(content: Content) -> bool:
    """Return whether nobody has to come: no visit, a form, and a way in by computer or telephone."""
    return content.where.visits == 0 and bool(set(content.where.channels) & {"2", "3"})


def differences(before: Content, after: Content) -> list[Difference]:
    """Return what changed, section by section; rows are the same row by their key or their words."""
    return [
        *_basics(before, after),
        *_rows("conditions", before, after, lambda row: row.title, lambda row: row.title),
        *_limits(before, after),
        *_rows("materials", before, after, lambda row: row.key, _material),
        *_rows("situations", before, after, lambda row: row.key, lambda row: row.title),
        *_rows("steps", before, after, lambda row: row.key, _step),
        *_rows("special", before, after, lambda row: row.key, lambda row: row.title),
        *_choices(before, after),
        *_rows("fees", before, after, lambda row: row.row, lambda row: row.row),
        *_form(before, after),
    ]


BURDENS = ("conditions", "materials", "steps", "special", "fees", "form")


def _rows(
    section: str, before: Content, after: Content, key: Callable[[Any], str], words: Callable[[Any], str]
) -> Iterator[Difference]:
    old = {key(row): row for row in getattr(before, section)}
    new = {key(row): row for row in getattr(after, section)}
    for name, row in new.items():
        title = getattr(row, "title", "") or words(row)
        if name not in old:
            basis = after.basis_text(getattr(row, "basis", ""))
            yield Difference(section, "added", title, after=words(row), basis=basis, is_burden=section in BURDENS)
        elif row != old[name]:
            harder = section == "materials" and row.required and not old[name].required
            basis = after.basis_text(getattr(row, "basis", ""))
            yield Difference(section, "changed", title, words(old[name]), words(row), basis, harder)
    for name, row in old.items():
        if name not in new:
            yield Difference(section, "removed", getattr(row, "title", "") or words(row), before=words(row))


def _basics(before: Content, after: Content) -> Iterator[Difference]:
    pairs = [
        ("事项名称", before.basics.title, after.basics.title),
        ("改革方式", before.basics.reform_class, after.basics.reform_class),
        ("服务对象", "、".join(before.basics.applicants), "、".join(after.basics.applicants)),
        ("办理结果", before.basics.result.title, after.basics.result.title),
        ("有效期", before.basics.result.valid, after.basics.result.valid),
    ]
    for words, old, new in pairs:
        if old != new:
            yield Difference("basics", "changed", words, old, new)
    old_visits, new_visits = before.where.visits, after.where.visits
    if old_visits != new_visits:
        more = new_visits > old_visits
        yield Difference("where", "changed", "到现场次数", f"{old_visits}次", f"{new_visits}次", is_burden=more)


def _limits(before: Content, after: Content) -> Iterator[Difference]:
    for words, name in (("法定时限", "statutory"), ("承诺时限", "committed")):
        old: Limit | None = getattr(before.limits, name)
        new: Limit | None = getattr(after.limits, name)
        if old != new:
            longer = bool(old and new and old.unit == new.unit and new.days > old.days)
            basis = after.basis_text(new.basis) if new else ""
            yield Difference(
                "limits", "changed", words, shown(old) if old else "", shown(new) if new else "", basis, longer
            )


def _choices(before: Content, after: Content) -> Iterator[Difference]:
    for name, words in (("instant", "即办件"), ("tolerant", "容缺受理"), ("letter_in_lieu", "以函代证")):
        old, new = getattr(before.choices, name), getattr(after.choices, name)
        if old != new:
            yield Difference("choices", "changed", words, _yes(old), _yes(new), is_burden=old and not new)
    if before.choices.commitment != after.choices.commitment:
        yield Difference(
            "choices",
            "changed",
            "告知承诺",
            COMMITMENTS[before.choices.commitment],
            COMMITMENTS[after.choices.commitment],
            is_burden=after.choices.commitment == "none",
        )


COMMITMENTS = {"none": "不实行", "certificates": "证明事项告知承诺", "license": "许可告知承诺"}


def _form(before: Content, after: Content) -> Iterator[Difference]:
    old, new = before.form.get("properties", {}), after.form.get("properties", {})
    for name in [*new, *(name for name in old if name not in new)]:
        title = str((new.get(name) or old.get(name) or {}).get("title", name))
        if name not in old:
            yield Difference("form", "added", title, after=title, is_burden=True)
        elif name not in new:
            yield Difference("form", "removed", title, before=title)
        elif old[name] != new[name]:
            yield Difference("form", "changed", title, str(old[name].get("title", "")), title)


def _material(row: Any) -> str:
    return f"{row.title}（{'必交' if row.required else '选交'}）"


def _step(row: Step) -> str:
    return f"{row.title}（{row.days}个工作日）" if row.days else f"{row.title}（当场）"


def _yes(value: bool) -> str:
    return "是" if value else "否"
