"""Where the randomness of a draw comes from, and the one string it is mixed into."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

from yingshang.methods.draw import beacons
from yingshang.methods.draw.canonical import HEX_64, checked_name
from yingshang.methods.draw.problems import Missing, PlanProblem, RandomnessProblem

DICE = 20  # ten-sided dice of a public ceremony, as in Colorado's audits (Election Rule 25.2.2): 66 bits
Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beacon:
    """A round of a drand chain that lies in the future when the plan is sealed."""

    chain: str
    round: int


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody invited to add a value. commitment: SHA-256 of its 32 bytes, hex, handed in before."""

    name: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Rule:
    """The sources, fixed and published before any of them speaks.

    dice: 20 or none. Raises PlanProblem ``no_randomness`` when neither beacon
    nor dice is asked for: of parties alone the last could refuse after seeing
    the others.
    """

    beacon: Beacon | None = None
    dice: int = 0
    parties: tuple[Party, ...] = ()

    def __post_init__(self) -> None:
        if self.dice not in (0, DICE) or not (self.beacon or self.dice):
            raise PlanProblem("no_randomness", "rule", f"随机数至少来自一个公开信标，或者{DICE}枚十面骰子。")
        if self.beacon and (self.beacon.chain not in beacons.CHAINS or not 0 < self.beacon.round < 2**53):
            raise PlanProblem("no_randomness", "rule.drand", "信标的名称或者轮次不对。")
        names = [checked_name(party.name, "rule.parties") for party in self.parties]
        if len(set(names)) < len(names) or not all(HEX_64.fullmatch(party.commitment) for party in self.parties):
            raise PlanProblem("no_randomness", "rule.parties", "参与方不能重名，并且要先交来64位的承诺值。")

    def content(self) -> dict[str, Any]:
        """Return the rule as it stands in the commitment."""
        return {
            "drand": {"chain": self.beacon.chain, "round": self.beacon.round} if self.beacon else None,
            "dice": self.dice,
            "parties": [{"name": party.name, "commitment": party.commitment} for party in self.parties],
        }

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """Read back what ``content`` wrote."""
        beacon = Beacon(**content["drand"]) if content["drand"] else None
        return cls(beacon, content["dice"], tuple(Party(**party) for party in content["parties"]))


def beacon(rule: Rule, *, signature: str, previous: str = "") -> Part:
    """Return the step content for the named round, its signature checked offline."""
    if rule.beacon is None:
        raise RandomnessProblem("not_in_rule", "drand", "这次抽取没有约定使用信标。")
    signature, previous = signature.strip().lower(), previous.strip().lower()
    if not beacons.is_signed(rule.beacon.chain, rule.beacon.round, signature, previous):
        raise RandomnessProblem(
            "wrong_beacon",
            "drand",
            f"这不是信标{rule.beacon.chain}第{rule.beacon.round}轮的签名，请核对轮次后重新抄录。",
        )
    return {"source": "drand", "round": rule.beacon.round, "signature": signature, "previous": previous}


def dice(rule: Rule, digits: str) -> Part:
    """Return the step content for the dice: exactly ``DICE`` digits, in the order they were rolled."""
    if not rule.dice:
        raise RandomnessProblem("not_in_rule", "dice", "这次抽取没有约定掷骰子。")
    plain = re.sub(r"\s", "", digits)
    if not re.fullmatch(rf"[0-9]{{{DICE}}}", plain):
        raise RandomnessProblem("malformed_dice", "dice", f"要{DICE}个数字，每个0到9，现在是“{digits[:60]}”。")
    return {"source": "dice", "digits": plain}


def reveal(rule: Rule, name: str, value: str) -> Part:
    """Return the step content for a party's value, checked against what it committed to."""
    value = value.strip().lower()
    fits = HEX_64.fullmatch(value) and sha256(bytes.fromhex(value)).hexdigest() == _party(rule, name).commitment
    if not fits:
        raise RandomnessProblem("wrong_reveal", f"party {name}", f"“{name}”揭示的数值与事先交来的承诺值不符。")
    return {"source": "party", "name": name, "value": value}


def refusal(rule: Rule, name: str) -> Part:
    """Return the step content for a party that did not reveal: published as refused, the others stand in."""
    return {"source": "party", "name": _party(rule, name).name, "value": ""}


def randomness_string(rule: Rule, parts: Sequence[Part]) -> str:
    """Return ``drand=…/dice=…/party A=…/``, the sources in the order of the rule.

    Raises Missing while a source has not spoken, RandomnessProblem
    ``given_twice`` when one has spoken twice.
    """
    values: dict[str, str] = {}
    for part in parts:
        said = {"drand": _drand, "dice": _dice, "party": _value}[part["source"]](part)
        label = f"party {part['name']}" if part["source"] == "party" else part["source"]
        if label in values:
            raise RandomnessProblem("given_twice", label, "同一个随机数来源只能登记一次，不能重来。")
        values[label] = said
    wanted = ["drand"] * (rule.beacon is not None) + ["dice"] * bool(rule.dice)
    wanted += [f"party {party.name}" for party in rule.parties]
    if missing := [label for label in wanted if label not in values]:
        raise Missing(missing)
    return "".join(f"{label}={values[label]}/" for label in wanted)


def _drand(part: Part) -> str:
    return beacons.value(part["signature"])


def _dice(part: Part) -> str:
    return str(part["digits"])


def _value(part: Part) -> str:
    return part["value"] or "refused"


def _party(rule: Rule, name: str) -> Party:
    for party in rule.parties:
        if party.name == name:
            return party
    raise RandomnessProblem("not_in_rule", f"party {name}", f"“{name}”不在约定的参与方里。")
