"""An item as a guide tells it: a published version with the names behind its codes. Never anything but the version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from yingshang.kernel import clock, lists, org
from yingshang.kernel.errors import NotFound
from yingshang.registers.catalogue.models import Code, ItemVersion, NamedList
from yingshang.registers.catalogue.queries.versions import PUBLIC, Version, in_force, version_of
from yingshang.registers.catalogue.rules.content import Content, Fee, Special, Step, applies
from yingshang.registers.catalogue.rules.flow import Stage, stages
from yingshang.registers.catalogue.rules.wording import committed_words, fee_words, limit_words

REMEDIES = (("行政复议", "REC.APPLY"), ("行政诉讼", "LAW.SUE"))
REMEDY_UNITS = {"d": "日", "m": "个月"}
WORD_LISTS = ("applicants", "channels", "across", "online_depth", "kind_words", "reform_class")


@dataclass(frozen=True)
class FeeLine:
    """A charge as cited from the county's fee list. is_cited: the row is in effect there on the day."""

    fee: Fee
    code: str
    name: str
    words: str
    exemption: str
    basis: str
    is_cited: bool


@dataclass(frozen=True)
class Remedy:
    """What may be done against the decision, within what time, by which text."""

    title: str
    words: str
    source: str


@dataclass(frozen=True)
class Guide:
    """One version as everybody reads it. newest: number of the version in force; None where none is."""

    version: Version
    unit: str
    on: date
    newest: int | None
    words: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    fees: tuple[FeeLine, ...]
    remedies: tuple[Remedy, ...]

    @property
    def content(self) -> Content:
        """The content of the version."""
        return self.version.content

    @property
    def is_in_force(self) -> bool:
        """Whether this is the version that new applications take."""
        return self.newest == self.version.number

    @property
    def kind(self) -> str:
        """行政许可, 备案 …"""
        return self.words.get("kind_words", {}).get(self.version.kind, "")

    @property
    def committed(self) -> str:
        """The committed limit in words."""
        return committed_words(self.content)

    @property
    def statutory(self) -> str:
        """The statutory limit in words; empty where the law sets none."""
        return limit_words(self.content.limits.statutory)

    @property
    def applicants(self) -> str:
        """Who may apply, in words."""
        return "、".join(self._said("applicants", self.content.basics.applicants))

    @property
    def channels(self) -> str:
        """The ways to hand in, in words."""
        return "、".join(self._said("channels", self.content.where.channels))

    @property
    def online(self) -> str:
        """How far it goes online: the deepest degree, in words; empty where not at all."""
        said = self._said("online_depth", sorted(self.content.where.online_depth))
        return said[-1] if said else ""

    @property
    def stages(self) -> list[Stage]:
        """The steps from handing in to the result."""
        return stages(self.content)

    @property
    def charge(self) -> str:
        """Whether anything is charged, in a word."""
        return "收费" if self.fees else "不收费"

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """The conditions of acceptance, each with its text."""
        return [(each.title, self.content.basis_text(each.basis)) for each in self.content.conditions]

    @property
    def exemptions(self) -> list[tuple[str, str]]:
        """Who needs no such license, each with its text."""
        return [(each.title, self.content.basis_text(each.basis)) for each in self.content.basics.exemptions]

    @property
    def special(self) -> list[Special]:
        """The special procedures, whose time does not count, each with its text."""
        return [replace(each, basis=self.content.basis_text(each.basis)) for each in self.content.special]

    @property
    def intermediaries(self) -> list[tuple[str, str, str]]:
        """Services of third parties that a text demands: what, by which text, who pays."""
        return [
            (each.title, self.content.basis_text(each.basis), "单位付钱" if each.paid_by == "agency" else "申请人付钱")
            for each in self.content.where.intermediaries
        ]

    def fees_in(self, answers: Mapping[str, str]) -> list[FeeLine]:
        """Return what is charged in a situation."""
        return [line for line in self.fees if applies(line.fee.applies, answers)]

    def who(self, step: Stage | Step) -> str:
        """Return who does a step."""
        code = step.who if isinstance(step, Stage) else step.unit
        return self.names.get(code, code) if code else self.unit

    def _said(self, of: str, codes: Any) -> list[str]:
        known = self.words.get(of, {})
        return [known.get(code, code) for code in codes]


def guide_of(version: Version, day: date) -> Guide:
    """Return the guide of a published version as read on a day. Queries: at most 7."""
    content = version.content
    codes = {version.unit, *content.where.joint_units, *(step.unit for step in content.steps if step.unit)}
    names = dict(org.Unit.objects.filter(code__in=codes).values_list("code", "name"))
    newest = in_force(day).filter(item_id=version.item_id).values_list("number", flat=True).first()
    return Guide(
        version=version,
        unit=names.get(version.unit, version.unit),
        on=day,
        newest=version.number if version.zone else newest,
        words=_words(),
        names=names,
        fees=_fees(content, day),
        remedies=_remedies(content, day),
    )


def numbered(slug: str, number: int) -> Version:
    """Return a published version of an item by its number, in force or not. Raises NotFound. Queries: 1."""
    rows = ItemVersion.objects.select_related("item__unit", "zone", "procedure")
    row = rows.filter(item__slug=slug, number=number, state__in=PUBLIC).first()
    if row is None:
        raise NotFound("这份办事指南的这一版")
    return version_of(row)


def versions_of_item(slug: str) -> QuerySet[ItemVersion]:
    """Return all published versions of an item, the newest first."""
    return ItemVersion.objects.filter(item__slug=slug, state__in=PUBLIC).select_related("zone").order_by("-number")


def guides_of_unit(unit: str, day: date) -> list[Version]:
    """Return what a unit's booklet holds, by title. Queries: 1."""
    return [version_of(row) for row in in_force(day).filter(item__unit__code=unit).order_by("title", "pk")]


def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: {} for name in WORD_LISTS}
    for of, code, words in Code.objects.filter(of__in=WORD_LISTS).values_list("of", "code", "words"):
        found[of][code] = words
    return found


def _fees(content: Content, day: date) -> tuple[FeeLine, ...]:
    if not content.fees:
        return ()
    code = NamedList.objects.filter(part="fees").values_list("code", flat=True).first() or ""
    edition = lists.edition_on(code, day) if code else None
    rows: dict[str, dict[str, Any]] = {}
    if edition is not None:
        asked = [fee.row for fee in content.fees]
        valid = Q(effective_to=None) | Q(effective_to__gte=day)
        begun = Q(effective_from=None) | Q(effective_from__lte=day)
        rows = dict(edition.rows.filter(valid & begun, key__in=asked).values_list("key", "values"))
    return tuple(_line(fee, rows.get(fee.row)) for fee in content.fees)


def _line(fee: Fee, row: Mapping[str, Any] | None) -> FeeLine:
    if row is None:
        return FeeLine(fee, fee.row, fee.row, "不在当天有效的收费清单里，不得收取", "", "", is_cited=False)
    return FeeLine(
        fee,
        fee.row,
        str(row.get("name", fee.row)),
        fee_words(row),
        str(row.get("exemption") or ""),
        str(row.get("basis") or ""),
        is_cited=True,
    )


def _remedies(content: Content, day: date) -> tuple[Remedy, ...]:
    """Return the ways against a decision; services and filings decide nothing that could be disputed so."""
    if content.kind in ("service", "filing"):
        return ()
    found = []
    for title, code in REMEDIES:
        try:
            limit = clock.limit_on(code, day)
        except NotFound:
            continue
        words = f"自{limit.start_event}之日起{limit.amount}{REMEDY_UNITS.get(limit.unit, limit.get_unit_display())}内"
        found.append(Remedy(title, words, f"{limit.source_text}{limit.source_article}"))
    return tuple(found)
