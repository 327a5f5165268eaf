"""What is sealed before the draw: who can be drawn, how many, by whom, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from operator import lt
from typing import Any, Self

from yingshang.methods.draw.canonical import HEX_64, canonical_id, checked_name
from yingshang.methods.draw.problems import PlanProblem

ROLES = ("target", "person")


@dataclass(frozen=True, slots=True)
class Stratum:
    """A class and how many of it are drawn: ``num``/``den`` of its members, or ``count`` of them.

    field: what the leading inspector must know; empty for nothing.
    """

    name: str
    num: int = 0
    den: int = 0
    count: int = 0
    field: str = ""

    def share(self, members: int) -> int:
        """Return how many of ``members`` are drawn: rounded up in integers, so at least one of a class that has any."""
        return min(members, self.count) if not self.den else -(-members * self.num // self.den)


@dataclass(frozen=True, slots=True)
class Inspector:
    """Somebody with an enforcement certificate. id: its number; fields: what they know."""

    id: str
    unit: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """An interest that keeps an inspector from a target. salt: 32 hex digits, random, used once."""

    inspector: str
    target: str
    salt: str

    @property
    def commitment(self) -> str:
        """What is published: proves later that the interest was declared, and tells nothing until opened."""
        return sha256(f"{self.salt}|{self.inspector}|{self.target}".encode()).hexdigest()


@dataclass(frozen=True)
class Plan:
    """A plan in canonical form. Making one normalizes ids, sorts, and checks everything.

    targets: ids by class; exclusions: id → reason, part of the pool but not
    drawn from; conflicts: private, only their commitments are published.
    Raises PlanProblem: malformed_id, duplicate_id, malformed_name,
    empty_stratum, unknown_stratum, bad_ratio, count_too_large,
    unknown_exclusion, unknown_conflict, too_few_inspectors, no_lead.
    """

    purpose: Mapping[str, str]
    strata: Sequence[Stratum]
    targets: Mapping[str, Sequence[str]]
    exclusions: Mapping[str, str] = field(default_factory=dict)
    inspectors: Sequence[Inspector] = ()
    pairs: bool = True
    different_units: bool = False
    conflicts: Sequence[Conflict] = ()
    role: str = "target"

    def __post_init__(self) -> None:
        put = {
            "purpose": {checked_name(key, "purpose"): text for key, text in self.purpose.items()},
            "strata": tuple(self.strata),
            "targets": {name: _ids(ids, f"targets.{name}") for name, ids in self.targets.items()},
            "exclusions": {
                canonical_id(one, "exclusions"): checked_name(why, "exclusions") for one, why in self.exclusions.items()
            },
            "inspectors": tuple(sorted((_inspector(one) for one in self.inspectors), key=lambda one: one.id)),
        }
        put["conflicts"] = tuple(
            Conflict(canonical_id(one.inspector, "conflicts"), canonical_id(one.target, "conflicts"), one.salt)
            for one in self.conflicts
        )
        for name, value in put.items():
            object.__setattr__(self, name, value)
        self._check()

    def eligible(self, stratum: str) -> Sequence[str]:
        """Return the members of a class that can be drawn: all but the excluded, in order."""
        out = self.exclusions
        ids = self.targets[stratum]
        return [one for one in ids if one not in out] if out else ids

    def sections(self) -> dict[str, Any]:
        """Return what is committed to now and published at the reveal."""
        return {
            "purpose": dict(self.purpose),
            "role": self.role,
            "strata": [
                {"class": one.name, "num": one.num, "den": one.den, "count": one.count, "field": one.field}
                for one in self.strata
            ],
            "targets": {name: list(ids) for name, ids in self.targets.items()},
            "exclusions": [{"id": one, "reason": why} for one, why in sorted(self.exclusions.items())],
            "inspectors": [{"id": one.id, "unit": one.unit, "fields": list(one.fields)} for one in self.inspectors],
            "pairs": {"wanted": self.pairs, "different_units": self.different_units},
            "conflicts": sorted(one.commitment for one in self.conflicts),
        }

    def openings(self) -> list[list[str]]:
        """Return what must stay private beside the plan: inspector, target and salt of each conflict."""
        return [[one.inspector, one.target, one.salt] for one in self.conflicts]

    @classmethod
    def of(cls, sections: Mapping[str, Any], openings: Sequence[Sequence[str]] = ()) -> Self:
        """Read a plan back from ``sections`` and ``openings``."""
        return cls(
            purpose=sections["purpose"],
            strata=[
                Stratum(one["class"], one["num"], one["den"], one["count"], one["field"]) for one in sections["strata"]
            ],
            targets=sections["targets"],
            exclusions={one["id"]: one["reason"] for one in sections["exclusions"]},
            inspectors=[Inspector(one["id"], one["unit"], tuple(one["fields"])) for one in sections["inspectors"]],
            pairs=sections["pairs"]["wanted"],
            different_units=sections["pairs"]["different_units"],
            conflicts=[Conflict(*one) for one in openings],
            role=sections["role"],
        )

    def _check(self) -> None:
        _refuse(self.role not in ROLES, "malformed_name", "role", "只能抽检查对象或者人员。")
        _refuse(
            not all(isinstance(text, str) for text in self.purpose.values()),
            "malformed_name",
            "purpose",
            "事由要写成文字。",
        )
        classes = [checked_name(one.name, "strata") for one in self.strata]
        _refuse(not classes, "empty_stratum", "strata", "至少要有一类检查对象。")
        _refuse(len(set(classes)) < len(classes), "unknown_stratum", "strata", "同一类写了两次。")
        _refuse(
            set(classes) != set(self.targets), "unknown_stratum", "targets", "名录里的类别与抽取比例表的类别不一致。"
        )
        pool = set().union(*self.targets.values())
        _refuse(
            len(pool) < sum(map(len, self.targets.values())),
            "duplicate_id",
            "targets",
            "同一个检查对象出现在两个类别里。",
        )
        strays = sorted(set(self.exclusions) - pool)
        _refuse(bool(strays), "unknown_exclusion", "exclusions", f"“{''.join(strays[:1])}”不在名录里，不用排除。")
        for one in self.strata:
            self._check_stratum(one)
        if self.pairs:
            self._check_pairs(pool)
        else:
            extra = bool(self.inspectors or self.conflicts)
            _refuse(extra, "too_few_inspectors", "inspectors", "不配对检查人员的抽取，不写人员名录和回避关系。")

    def _check_stratum(self, one: Stratum) -> None:
        where = f"strata.{one.name}"
        if one.field:
            checked_name(one.field, where)
        by_ratio = one.den > 0 and 0 < one.num <= one.den and not one.count
        by_count = one.count > 0 and not one.num and not one.den
        _refuse(
            not (by_ratio or by_count) or one.den >= 2**31,
            "bad_ratio",
            where,
            "比例写成大于0、不超过1的分数，或者写户数。",
        )
        members = len(self.eligible(one.name))
        _refuse(
            not members, "empty_stratum", where, f"“{one.name}”类没有可以抽取的对象，请删去这一类或者核对排除名单。"
        )
        _refuse(
            one.count > members, "count_too_large", where, f"“{one.name}”类只有{members}户可抽，要抽{one.count}户。"
        )

    def _check_pairs(self, pool: set[str]) -> None:
        ids = [one.id for one in self.inspectors]
        _refuse(len(set(ids)) < len(ids), "duplicate_id", "inspectors", "同一个执法证号出现了两次。")
        units = {one.unit for one in self.inspectors}
        few = len(ids) < 2 or (self.different_units and len(units) < 2)
        _refuse(few, "too_few_inspectors", "inspectors", "每户至少由两名检查人员检查，名录里的人不够。")
        known = {name for one in self.inspectors for name in one.fields}
        for stratum in self.strata:
            lacking = bool(stratum.field) and stratum.field not in known
            _refuse(lacking, "no_lead", f"strata.{stratum.name}", f"没有人能在“{stratum.field}”领域带队检查。")
        people = set(ids)
        for one in self.conflicts:
            fits = one.inspector in people and one.target in pool and len(one.salt) == 32
            _refuse(
                not fits or not HEX_64.fullmatch(one.salt * 2),
                "unknown_conflict",
                "conflicts",
                "回避关系里的人或者对象不在名录里。",
            )


def _refuse(bad: bool, code: str, where: str, said: str) -> None:
    if bad:
        raise PlanProblem(code, where, said)


def _ids(ids: Sequence[str], where: str) -> list[str]:
    """Return ids canonical and sorted; each once."""
    result = sorted([canonical_id(one, where) for one in ids])
    if not all(map(lt, result, result[1:])):
        twice = next(one for one, after in pairwise(result) if one == after)
        raise PlanProblem("duplicate_id", where, f"“{twice}”在名录里出现了两次。")
    return result


def _inspector(one: Inspector) -> Inspector:
    fields = tuple(sorted({checked_name(name, "inspectors") for name in one.fields}))
    return Inspector(canonical_id(one.id, "inspectors"), checked_name(one.unit, "inspectors"), fields)
