"""Which unit or group a document means by the name it prints."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yingshang.kernel.org.county_file import county
from yingshang.kernel.org.models import Group, GroupAlias, Unit, UnitAlias, UnitName

CONCERNED = re.compile("有关|相关")


@dataclass(frozen=True)
class Resolution:
    """What a printed name stands for on a day.

    kind: ``unit``, ``group`` or ``unknown``. needs_person: a person has to
    confirm or choose; ``why`` says in Chinese what is unclear, or by which
    rule the name was found. nearest: known names that look alike, for the
    person to choose from; never taken by itself.
    """

    printed: str
    kind: str
    unit: Unit | None = None
    group: Group | None = None
    needs_person: bool = False
    why: str = ""
    nearest: tuple[str, ...] = ()


def resolve(printed: str, on: date) -> Resolution:
    """Return what a document of a day means by one name. For many names, use one ``NameBook``."""
    return NameBook.load().resolve(printed, on)


@dataclass(frozen=True)
class Hit:
    """A unit that bears or bore a name, and whether that use of it needs a person."""

    unit: Unit
    needs_person: bool = False
    note: str = ""


@dataclass(frozen=True)
class NameBook:
    """Every name of every unit and group, read once.

    units, groups: names as ``plain`` gives them. prefixes: level prefixes that
    local documents put before a department or drop.
    """

    units: dict[str, list[Hit]]
    groups: dict[str, Group]
    prefixes: tuple[str, ...]

    @classmethod
    def load(cls) -> NameBook:
        """Return the names now on record. Queries: 5."""
        return cls(_unit_names(), _group_names(), county().prefixes)

    def resolve(self, printed: str, on: date) -> Resolution:
        """Return what a document of a day means by a name, and never invent.

        Tried in this order: the exact name or alias of a unit; of a group; the
        name with its level prefix dropped or added (司法局, 县司法局,
        木兰县司法局); a group's name in another form (各乡(镇)人民政府). A
        name with 有关 or 相关 names nobody and needs a person. Anything
        else is unknown, with the nearest names.
        """
        text = plain(printed)
        if text in self.units:
            return _chosen(printed, self.units[text], on)
        if text in self.groups:
            return _grouped(printed, self.groups[text])
        stem = without_prefix(text, self.prefixes)
        alike = [hits for name, hits in self.units.items() if without_prefix(name, self.prefixes) == stem]
        if stem and alike:
            return _chosen(
                printed, [hit for hits in alike for hit in hits], on, by="按去掉或补上层级前缀后的名称识别。"
            )
        for name, group in self.groups.items():
            if loose(name) == loose(text):
                return _grouped(printed, group, by="按单位组名称的另一种写法识别。")
        if CONCERNED.search(text):
            return Resolution(
                printed, "unknown", needs_person=True, why="写的是“有关”单位，没有指明是谁，要由人来指明。"
            )
        return self._unknown(printed, text)

    def _unknown(self, printed: str, text: str) -> Resolution:
        nearest = tuple(difflib.get_close_matches(text, [*self.units, *self.groups], n=3, cutoff=0.5))
        why = "单位库里没有这个名称。" + (f"相近的有：{'、'.join(nearest)}。" if nearest else "")
        return Resolution(printed, "unknown", needs_person=True, why=why, nearest=nearest)


def plain(text: str) -> str:
    """Return a name as it is compared: full-width forms folded, no spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def loose(text: str) -> str:
    """Return a group's name with forms that mean the same made one.

    >>> loose("各乡(镇)人民政府")
    '各乡镇政府'
    """
    without_brackets = re.sub(r"[()\[\]〔〕]", "", text)
    return without_brackets.replace("人民政府", "政府").removeprefix("等").removeprefix("全县")


def without_prefix(text: str, prefixes: Iterable[str]) -> str:
    """Return a name without its longest level prefix; empty if fewer than two characters are left.

    >>> without_prefix("木兰县司法局", ["县", "木兰县"])
    '司法局'
    """
    fitting = [prefix for prefix in prefixes if text.startswith(prefix)]
    rest = text[len(max(fitting, key=len)) :] if fitting else text
    return rest if len(rest) >= 2 else ""


def _unit_names() -> dict[str, list[Hit]]:
    names: dict[str, list[Hit]] = {}
    units = {unit.pk: unit for unit in Unit.objects.select_related("successor")}
    for alias in UnitAlias.objects.all():
        names.setdefault(plain(alias.text), []).append(Hit(units[alias.unit_id], alias.needs_person, alias.note))
    borne = [(former.unit_id, former.name, former.short_name) for former in UnitName.objects.all()]
    borne += [(unit.pk, unit.name, unit.short_name) for unit in units.values()]
    for pk, *texts in borne:
        for text in dict.fromkeys(map(plain, texts)):
            hits = names.setdefault(text, [])
            if all(hit.unit.pk != pk for hit in hits):
                hits.append(Hit(units[pk]))
    return names


def _group_names() -> dict[str, Group]:
    groups = {group.pk: group for group in Group.objects.all()}
    names = {plain(group.name): group for group in groups.values()}
    return names | {plain(alias.text): groups[alias.group_id] for alias in GroupAlias.objects.all()}


def _chosen(printed: str, hits: list[Hit], on: date, by: str = "") -> Resolution:
    """Return the one unit that the hits agree on for that day, or ask a person."""
    units = {hit.unit.pk: hit.unit for hit in hits}
    standing = {pk: unit for pk, unit in units.items() if unit.holds(on)}
    candidates = standing or units
    if len(candidates) > 1:
        listed = "、".join(sorted(unit.name for unit in candidates.values()))
        return Resolution(printed, "unknown", needs_person=True, why=f"可能是几个单位：{listed}。要由人来确认。")
    (unit,) = candidates.values()
    flagged = next((hit for hit in hits if hit.unit.pk == unit.pk and hit.needs_person), None)
    if flagged is not None:
        return Resolution(printed, "unit", unit, needs_person=True, why=flagged.note)
    if not standing:
        return Resolution(printed, "unit", unit, needs_person=True, why=_not_standing(unit, on))
    return Resolution(printed, "unit", unit, why=by)


def _not_standing(unit: Unit, on: date) -> str:
    if unit.valid_from is not None and on < unit.valid_from:
        return f"{unit.short_name}于{unit.valid_from:%Y年%m月%d日}才设立。"
    after = f"，并入{unit.successor.short_name}" if unit.successor else ""
    return f"{unit.short_name}已于{unit.valid_to:%Y年%m月%d日}撤销{after}。"


def _grouped(printed: str, group: Group, by: str = "") -> Resolution:
    if group.rule == Group.Rule.CONCERNED:
        why = f"“{group.name}”只指有关的单位，要由人来指明是哪些。"
        return Resolution(printed, "group", group=group, needs_person=True, why=why)
    return Resolution(printed, "group", group=group, why=by)
