"""Writing a frame: every party of the roll once, asked or left out with a reason. A fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, connection, transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Cluster, Questionnaire, Stratum, Survey, Terms
from yingshang.conduct.surveys.queries import Layout, Part
from yingshang.kernel.errors import Refusal, Stale

LOCK_SPACE, OPENING = 7_402, 0  # no survey has the id 0


def hold_openings() -> None:
    """Let surveys be opened one after the other, so that two at once do not send one party a questionnaire too many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, OPENING])


def write_frame(
    survey: Survey,
    asked: rules.FrameAsked,
    layout: Layout,
    wanted: Mapping[str, int],
    *,
    questionnaire: Questionnaire,
    terms: Terms,
    on: date,
) -> list[Stratum]:
    """Write strata, clusters and a row for each party of the roll; return the strata, their clusters prefetched.

    wanted: stratum → how many are drawn; empty where all are asked. With a
    draw each party gets a number (``rules.number_of``). Raises Refusal
    ``surveys.nobody_to_ask``; Stale when the roll changed since it was counted. Queries: 6.
    """
    if not layout.population:
        raise Refusal("surveys.nobody_to_ask", "名册中没有可以发放的。", "请核对调查对象，或者等到下一年。")
    is_drawn = bool(wanted)
    strata = Stratum.objects.bulk_create(
        Stratum(
            survey=survey,
            key=part.key,
            title=part.title,
            population=part.population,
            to_draw=wanted.get(part.key, part.population),
            invited=None if is_drawn else part.population,
        )
        for part in layout.strata
    )
    by_key = {stratum.key: stratum for stratum in strata}
    clusters = Cluster.objects.bulk_create(
        Cluster(
            stratum=by_key[part.stratum],
            key=part.key,
            title=part.title,
            number=f"C{place:03d}",
            population=part.population,
        )
        for place, part in enumerate(layout.clusters, start=1)
    )
    sql, values = queries.frame_sql(asked, questionnaire=questionnaire, terms=terms, on=on)
    layers = [(key, by_key[part.key].pk) for part in layout.strata for key in part.members]
    places = [
        (by_key[part.stratum].pk, key, made.pk)
        for part, made in zip(layout.clusters, clusters, strict=True)
        for key in part.members
    ]
    with _changed_is_stale(), connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO surveys_framerow (survey_id, party_id, stratum_id, cluster_id, reason, salt, number)
            SELECT %s, party, layer.id, place.id, reason, salt, CASE WHEN salt IS NULL THEN '' ELSE upper(left(
                encode(sha256(convert_to(salt::text || '|' || public_id::text, 'UTF8')), 'hex'), %s)) END
            FROM (
                SELECT *, CASE WHEN %s AND reason = '' THEN gen_random_uuid() END AS salt FROM ({sql}) AS one
            ) AS frame
            LEFT JOIN unnest(%s::text[], %s::bigint[]) AS layer (key, id) ON reason = '' AND layer.key = stratum
            LEFT JOIN unnest(%s::bigint[], %s::text[], %s::bigint[]) AS place (stratum_id, key, id)
                ON layer.id = place.stratum_id AND place.key = cluster
            ORDER BY party
            """,  # noqa: S608 - the inner statement is ours; whatever people typed is a parameter
            [survey.pk, rules.NUMBER_LENGTH, is_drawn, *values, *_columns(layers, 2), *_columns(places, 3)],
        )
        cursor.execute(
            "SELECT stratum_id, cluster_id, count(*) FROM surveys_framerow "
            "WHERE survey_id = %s AND reason = '' GROUP BY 1, 2",
            [survey.pk],
        )
        written = {(stratum, cluster): count for stratum, cluster, count in cursor.fetchall()}
    _refuse_changed(written, strata, clusters, layout.clusters)
    return strata


@contextmanager
def _changed_is_stale() -> Iterator[None]:
    """Say Stale where a party came between counting and writing and fits in no stratum."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Stale("名册刚刚有变动。") from None


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def _refuse_changed(
    written: Mapping[tuple[int, int | None], int],
    strata: Sequence[Stratum],
    clusters: Sequence[Cluster],
    parts: Sequence[Part],
) -> None:
    expected: dict[tuple[int, int | None], int]
    if parts:
        expected = {(made.stratum_id, made.pk): made.population for made in clusters}
    else:
        expected = {(stratum.pk, None): stratum.population for stratum in strata}
    if written != expected:
        raise Stale("名册刚刚有变动。")
