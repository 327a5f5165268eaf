"""Inquiries, what was stated to them, interviews, and the figures that surveys have published."""

from __future__ import annotations

from dataclasses import dataclass

from yingshang.conduct.surveys import api as surveys
from yingshang.kernel import org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation.models import Evaluation, Inquiry, Interview, Value
from yingshang.oversight.evaluation.queries.cells import edition_of
from yingshang.oversight.evaluation.queries.evaluations import owners_of, reading
from yingshang.oversight.evaluation.queries.results import series_titles


@dataclass(frozen=True)
class Asked:
    """A series that a unit was asked for, and what it stated so far, the last one last."""

    inquiry: Inquiry
    series: str
    title: str
    unit: str
    stated: tuple[Value, ...]


def inquiries_of(of: Evaluation) -> list[Inquiry]:
    """Return the inquiries with their units and due days. Queries: 1."""
    return list(of.inquiries.select_related("unit", "obligation"))


@dataclass(frozen=True)
class UnitToAsk:
    """A unit that answers for series of the edition. series: their keys, in the order of the edition."""

    unit: org.Unit
    series: tuple[str, ...]


def units_to_ask(of: Evaluation) -> list[UnitToAsk]:
    """Return the units of the owners' matrix with their series. Queries: 1."""
    if not of.edition_text:
        return []
    found: dict[str, tuple[org.Unit, list[str]]] = {}
    owners = owners_of(of.edition_key)
    for one in edition_of(of).series:
        owner = owners.get(one.key)
        if owner is not None and owner.unit is not None:
            found.setdefault(owner.unit.code, (owner.unit, []))[1].append(one.key)
    return [UnitToAsk(unit, tuple(keys)) for unit, keys in found.values()]


def asked_of(of: Evaluation, actor: Actor) -> list[Asked]:
    """Return what the actor's unit was asked for. Raises NotFound where it was asked for nothing. Queries: 4."""
    inquiries = list(of.inquiries.filter(unit__code=actor.unit).select_related("unit", "obligation"))
    if not actor.unit or not inquiries or not actor.holds("evaluation.state"):
        raise NotFound("给您的单位的函")
    with reading(actor):
        rows = list(of.values_collected.filter(stated_by=actor.unit).select_related("evidence").order_by("pk"))
    titles, units = series_titles(of), {one.key: one.unit for one in edition_of(of).series}
    return [
        Asked(
            inquiry,
            key,
            titles.get(key, key),
            units.get(key, ""),
            tuple(row for row in rows if row.series == key and row.inquiry_id == inquiry.pk),
        )
        for inquiry in inquiries
        for key in inquiry.series
    ]


def interviews_of(of: Evaluation) -> list[Interview]:
    """Return the interviews. Ask inside ``reading``; nobody but the evaluator finds any. Queries: 1."""
    return list(of.interviews.select_related("minutes"))


@dataclass(frozen=True)
class Figure:
    """A published figure of a survey, as it can be taken. key: ``figure_key``."""

    key: str
    estimate: surveys.Estimate


def figure_key(one: surveys.Estimate) -> str:
    """Return what names a figure within its survey: question, option and domain."""
    return "/".join((one.question, one.option, one.domain))


def figures_of(survey: str) -> list[Figure]:
    """Return the figures of a published survey that are not held back. Raises NotFound. Queries: those of surveys."""
    return [Figure(figure_key(one), one) for one in surveys.estimates(survey) if not one.is_held_back]
