"""What the texts say about credentials: how long one holds, when it is renewed, what it is worth today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yingshang.kernel.errors import Refusal
from yingshang.methods import dates

ONE_DAY = timedelta(days=1)
LONGEST_VALUE = 300  # characters of one field on the page of a certificate


class Worth(StrEnum):
    """What a credential is worth on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REPLACED = "replaced"
    RENEWED = "renewed"
    REVOKED = "revoked"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Period:
    """A length of time as a text states it. unit: of ``methods.dates``, ``wd d m y``."""

    amount: int
    unit: str


@dataclass(frozen=True)
class FieldRule:
    """One field printed on a kind of credential.

    names: under which forms give the value, the first one given counts.
    takes_title: without a value, the credential's title stands there.
    """

    key: str
    label: str
    required: bool
    names: tuple[str, ...]
    takes_title: bool = False


@dataclass(frozen=True)
class Window:
    """When a renewal is applied for. first: None where the text names no first day; last: the last day on time."""

    first: date | None
    last: date


def period_of(row: Mapping[str, object] | None) -> Period | None:
    """Return the period in a row of county data; None for none."""
    return Period(int(str(row["amount"])), str(row["unit"])) if row else None


def length_words(row: Mapping[str, object] | None) -> str:
    """Return a length of time of county data in words; empty for none.

    >>> length_words({"amount": 90, "unit": "wd"})
    '90个工作日'
    """
    return f"{row['amount']}{dates.Unit(str(row['unit'])).word}" if row else ""


def last_day(valid_from: date, length: Period | None) -> date | None:
    """Return the last day on which a credential holds; None for one without end.

    The first day counts: five years from 2 March 2026 end on 1 March 2031.

    >>> last_day(date(2026, 3, 2), Period(5, "y"))
    datetime.date(2031, 3, 1)
    """
    if length is None:
        return None
    return dates.due(valid_from, length.amount, length.unit, _EVERY_DAY).date - ONE_DAY


def renewal_window(valid_to: date, opens: Period | None, closes: Period | None, calendar: dates.Calendar) -> Window:
    """Return when the renewal of a credential is to be applied for.

    opens, closes: how long before the end, as in 《行政许可法》第五十条 (thirty
    days before the end) or the rule of the kind. Without ``closes`` the last
    day of validity is the last day on time.
    """
    first = dates.before(valid_to, opens.amount, opens.unit, calendar).date if opens else None
    last = dates.before(valid_to, closes.amount, closes.unit, calendar).date if closes else valid_to
    return Window(first, last)


def worth_on(state: str, valid_from: date, valid_to: date | None, day: date) -> Worth:
    """Return what a credential is worth on a day. What ended it goes before its dates."""
    if state != Worth.IN_FORCE:
        return Worth(state)
    if day < valid_from:
        return Worth.NOT_YET
    if valid_to is not None and day > valid_to:
        return Worth.EXPIRED
    return Worth.IN_FORCE


def printed(rules: Sequence[FieldRule], given: Mapping[str, str], *, title: str) -> dict[str, str]:
    """Return the values that a credential prints, of all that were given: those its kind declares, in that order.

    Raises Refusal ``credentials.field_missing`` and ``credentials.field_too_long``.
    """
    values: dict[str, str] = {}
    for rule in rules:
        stated = (str(given.get(name, "")).strip() for name in rule.names)
        value = next(filter(None, stated), title if rule.takes_title else "")
        if not value and rule.required:
            raise Refusal(
                "credentials.field_missing", f"证照上的“{rule.label}”是空的。", f"请补上“{rule.label}”再颁发。"
            )
        if len(value) > LONGEST_VALUE:
            raise Refusal(
                "credentials.field_too_long",
                f"证照上的“{rule.label}”有{len(value)}个字，印不下。",
                f"请缩短到{LONGEST_VALUE}个字以内，其余写进决定书。",
            )
        if value:
            values[rule.key] = value
    return values


def masked_holder(name: str, *, is_person: bool, mask_person: Callable[[str], str]) -> str:
    """Return the name of a holder as a stranger sees it: an enterprise keeps its ends, a person the surname.

    >>> masked_holder("木兰县赵家饺子馆", is_person=False, mask_person=str)
    '木兰****子馆'
    """
    if is_person:
        return mask_person(name)
    if len(name) <= 4:
        return name[:1] + "*" * (len(name) - 1)
    return name[:2] + "*" * (len(name) - 4) + name[-2:]


_EVERY_DAY = dates.Calendar(frozenset(), frozenset(), frozenset())
