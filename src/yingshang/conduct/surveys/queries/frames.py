"""Frames: whom a roll holds, who of them may be asked, and how they lie in strata and clusters.

Everything about single parties happens in the database; what comes back are
counts of cells.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from yingshang.conduct.surveys import rules
from yingshang.conduct.surveys.models import FrameRow, Questionnaire, Terms
from yingshang.kernel import parties, registry
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Attribute, Party, Roll


@dataclass(frozen=True)
class Part:
    """A stratum or cluster to be: its key, title, the keys of the roll that it is made of, and its parties."""

    key: str
    title: str
    members: tuple[str, ...]
    population: int
    stratum: str = ""


@dataclass(frozen=True)
class Layout:
    """A frame as it would be now. left_out: reason → parties. clusters: empty where none are asked for."""

    roll: Roll
    strata: tuple[Part, ...]
    clusters: tuple[Part, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def population(self) -> int:
        """Parties that may be asked."""
        return sum(part.population for part in self.strata)

    def clusters_of(self, stratum: str) -> list[Part]:
        """Return the clusters of a stratum."""
        return [part for part in self.clusters if part.stratum == stratum]


def rolls() -> list[Roll]:
    """Return the rolls that can be asked: the register of parties, and those that capabilities offer."""
    offered = [roll for maker in registry.slot("surveys.frames") for roll in maker(SYSTEM, None)]
    return [REGISTER, *offered]


def roll(code: str) -> Roll:
    """Return a roll. Raises Refusal ``surveys.no_such_roll``."""
    found = next((one for one in rolls() if one.code == code), None)
    if found is None:
        raise Refusal("surveys.no_such_roll", "没有这个名册。", "请从列出的名册中选一个。")
    return found


def attributes(one: Roll) -> dict[str, Attribute]:
    """Return what strata can be made of: the kind of the party, and what the roll knows."""
    return {rules.KIND: Attribute(title="市场主体类别", words=_kinds), **one.attributes}


def laid_out(asked: rules.FrameAsked, *, questionnaire: Questionnaire, terms: Terms, on: date) -> Layout:
    """Return the frame as it would be on a day, small strata and clusters put together. Queries: at most 3.

    Raises Refusal ``surveys.no_such_roll``, ``surveys.no_strata``,
    ``surveys.no_such_attribute``, ``surveys.days_missing``, ``surveys.too_many_parts``.
    """
    one = roll(asked.roll)
    _refuse_bad_frame(asked, one, on)
    sql, values = frame_sql(asked, questionnaire=questionnaire, terms=terms, on=on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT reason, stratum, cluster, count(*) FROM ({sql}) AS frame GROUP BY 1, 2, 3",  # noqa: S608 - ours
            values,
        )
        cells = cursor.fetchall()
    left_out: Counter[str] = Counter()
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    for reason, stratum, cluster, count in cells:
        if reason:
            left_out[reason] += count
        else:
            inside[stratum][cluster] += count
    _refuse_too_many(len(inside), rules.MOST_STRATA)
    strata = _parts({key: row.total() for key, row in inside.items()}, terms.least, one, asked.layered_by)
    clusters: list[Part] = []
    if asked.grouped_by:
        _refuse_too_many(len({key for row in inside.values() for key in row}), rules.MOST_CLUSTERS)
        words = _words(one, asked.grouped_by, {key for row in inside.values() for key in row})
        for stratum in strata:
            counts = sum((inside[key] for key in stratum.members), Counter[str]())
            clusters += _named(counts, terms.least, words, stratum.key)
    return Layout(one, tuple(strata), tuple(clusters), dict(sorted(left_out.items())))


def frame_sql(
    asked: rules.FrameAsked, *, questionnaire: Questionnaire, terms: Terms, on: date
) -> tuple[str, list[Any]]:
    """Return the statement that gives each party of a roll once: party, public_id, stratum, cluster, reason.

    Codes that surveys of this year have sent, or plans that wait for their draw have set aside, use up the quota.
    """
    inner, values = roll(asked.roll).rows(asked.dealt_from, asked.dealt_to).query.sql_with_params()
    places = {rules.KIND: "one.kind", "": "''"}
    name = connection.ops.quote_name
    stratum, cluster = (
        places.get(key) or f"coalesce(listed.{name(key)}::text, '')" for key in (asked.layered_by, asked.grouped_by)
    )
    sql = f"""
        SELECT one.id AS party, one.public_id, {stratum} AS stratum, {cluster} AS cluster,
            CASE WHEN one.kind <> ALL(%s) THEN 'kind_not_asked'
                 WHEN one.code_hash IS NULL THEN 'no_code'
                 WHEN coalesce(before.this_year, 0) >= %s THEN 'quota_used'
                 WHEN %s AND before.same THEN 'asked_before'
                 ELSE '' END AS reason
        FROM ({inner}) AS listed JOIN parties_party AS one ON one.id = listed.party_key
        LEFT JOIN (
            SELECT party_id, bool_or(questionnaire_id = %s) AS same,
                count(*) FILTER (WHERE opened_on BETWEEN %s AND %s) AS this_year
            FROM surveys_framerow
            JOIN surveys_survey ON surveys_survey.id = survey_id AND state <> 'dropped'
            JOIN surveys_version ON surveys_version.id = version_id
            WHERE reason = '' GROUP BY party_id
        ) AS before ON before.party_id = one.id
    """  # noqa: S608 - of quoted names and statements that Django made; values are parameters
    year = [date(on.year, 1, 1), date(on.year, 12, 31)]
    rest = [list(asked.kinds), terms.quota, asked.skip_asked, *values, questionnaire.pk, *year]
    return sql, rest


def frame_of(survey_id: int) -> QuerySet[FrameRow]:
    """Return who is asked, who was not drawn and who was left out, and why; nothing of who answered is known."""
    return FrameRow.objects.filter(survey=survey_id).select_related("party", "stratum", "cluster").order_by("pk")


def _register(_first: date | None, _last: date | None) -> QuerySet[Any, Any]:
    return parties.Party.objects.order_by().values(party_key=F("pk"))


def _kinds(keys: Sequence[str]) -> dict[str, str]:
    return {key: str(Party.Kind(key).label) for key in keys if key in Party.Kind.values}


REGISTER = Roll(
    code="parties.register",
    title="登记的市场主体",
    hint="平台登记的全部企业、个体工商户和农民专业合作社。",
    kinds=tuple(rules.STRATA),
    rows=_register,
    attributes={},
)


def _refuse_bad_frame(asked: rules.FrameAsked, one: Roll, on: date) -> None:
    if not asked.kinds or set(asked.kinds) - set(one.kinds):
        raise Refusal("surveys.no_strata", "没有选调查对象，或者选了这个名册里没有的对象。", "请至少选一类。")
    known = attributes(one)
    groups = {key for key, each in known.items() if each.is_group}
    if asked.layered_by not in known or asked.grouped_by not in groups | {""} or asked.layered_by == asked.grouped_by:
        raise Refusal(
            "surveys.no_such_attribute",
            "这个名册不能这样分层或者分群。",
            "请选名册里有的项目；分群要按地方、单位或者事项，而且和分层的项目不同。",
        )
    if not one.takes_days:
        return
    first, last = asked.dealt_from, asked.dealt_to
    if first is None or last is None or not rules.EARLIEST <= first <= last <= on:
        raise Refusal(
            "surveys.days_missing", "这个名册要写明从哪天到哪天。", "请填起止日期，止的一天不早于起的一天，不晚于今天。"
        )


def _refuse_too_many(count: int, most: int) -> None:
    if count > most:
        raise Refusal(
            "surveys.too_many_parts", f"这样会分成{count}个层或者群，最多{most}个。", "请换一个项目，或者缩短日期范围。"
        )


def _parts(counts: Mapping[str, int], least: int, one: Roll, attribute: str) -> list[Part]:
    return _named(counts, least, _words(one, attribute, counts), "")


def _named(counts: Mapping[str, int], least: int, words: Mapping[str, str], stratum: str) -> list[Part]:
    return [
        Part(rules.key_of(part), rules.title_of(part, words), part, sum(counts[key] for key in part), stratum)
        for part in rules.gathered(counts, least)
    ]


def _words(one: Roll, attribute: str, keys: Mapping[str, int] | set[str]) -> dict[str, str]:
    found = attributes(one)[attribute].words([key for key in keys if key])
    return {"": "没有登记", **found}
