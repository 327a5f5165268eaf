"""Asking some: the frame is fixed and numbered, a sealed draw says who, and only then are there codes (ADR 0009)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import connection, transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Cluster, FrameRow, Survey
from yingshang.conduct.surveys.operations.beginning import begin
from yingshang.conduct.surveys.operations.following import owe_closing
from yingshang.conduct.surveys.operations.opening import Card, invited_to, issue
from yingshang.conduct.surveys.queries import Layout
from yingshang.kernel import access, clock, draws, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods import draw as method

PURPOSE = "surveys"
UNFIT = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
LONGEST_NAME = 40
FEWEST_CLUSTERS = 2  # one cluster of a stratum has no variance


@transaction.atomic
def plan_survey(
    *,
    code: str,
    title: str,
    questionnaire: str,
    kinds: Sequence[str],
    last_day: date,
    way: str,
    sizes: Mapping[str, int],
    by: Actor,
    at: datetime,
    grouped_by: str = "",
    within: int = 0,
    roll: str = "parties.register",
    layered_by: str = rules.KIND,
    dealt_from: date | None = None,
    dealt_to: date | None = None,
    skip_asked: bool = False,
    domain_question: str = "",
    dice: bool = True,
    beacon_at: datetime | None = None,
    invitations: Sequence[int] = (),
    is_demo: bool = False,
) -> Survey:
    """Fix and number the frame, seal the draw of those to be asked, and return the survey that waits for it.

    way: ``sample``, ``clusters`` or ``two_stage``. sizes: stratum → how many
    are drawn of it, parties of a sample and clusters otherwise; all strata of
    ``queries.laid_out`` and no others. within: parties drawn in each cluster,
    of two stages. The rest as ``open_survey`` takes it, dice and the rest as
    ``draws.seal_plan`` does.
    Raises what ``open_survey`` does, and Refusal ``surveys.bad_sizes``, the
    refusals of ``draws.seal_plan``. Records ``surveys.planned``.
    """
    found = begin(
        action="surveys.sample",
        code=code,
        questionnaire=questionnaire,
        asked=rules.FrameAsked(
            roll=roll,
            kinds=tuple(kinds),
            layered_by=layered_by,
            grouped_by=grouped_by if way in (Survey.Way.CLUSTERS, Survey.Way.TWO_STAGE) else "",
            dealt_from=dealt_from,
            dealt_to=dealt_to,
            skip_asked=skip_asked,
        ),
        last_day=last_day,
        domain_question=domain_question,
        by=by,
        at=at,
    )
    refuse_bad_sizes(found.layout, way, sizes, within, found.terms.least)
    survey = found.survey(
        code=code,
        title=title,
        state=Survey.State.PLANNED,
        last_day=last_day,
        way=way,
        within=within if way == Survey.Way.TWO_STAGE else 0,
        domain_question=domain_question,
        is_demo=is_demo,
    )
    found.frame(survey, sizes)
    sealed = draws.seal_plan(
        plan=_draw_plan(survey, found.layout),
        purpose=PURPOSE,
        title=f"{survey.unit.short_name}问卷调查“{title}”抽样",
        by=by,
        at=at,
        dice=dice,
        beacon_at=beacon_at,
        invitations=invitations,
    )
    survey.draw_serial = sealed.serial
    survey.save(update_fields=["draw_serial"])
    ledger.record(
        "surveys.planned",
        subject=f"survey:{code}",
        by=by,
        at=at,
        facts={
            "code": code,
            "version": found.version.digest,
            "serial": sealed.serial,
            "way": way,
            "population": found.layout.population,
            "left_out": found.layout.left_out,
            "sizes": [sizes[part.key] for part in found.layout.strata],
            "within": survey.within,
        },
    )
    return survey


@transaction.atomic
def open_drawn(*, survey: str, by: Actor, at: datetime, last_day: date | None = None) -> tuple[Survey, list[Card]]:
    """Ask those that the draw gave: fix who was not drawn, reveal the draw, return the survey and its cards.

    last_day: a new one, where the ceremony took longer than planned. The draw
    is revealed with it: its numbers name nobody, and anybody can verify them.
    Raises NotFound, what the policy says, Refusal ``surveys.not_planned``,
    ``surveys.ends_too_early``, and what ``draws.result_of`` and
    ``draws.reveal`` refuse. Records ``surveys.opened`` and ``draws.revealed``.
    """
    one = queries.survey(survey, lock=True)
    access.permit(by, "surveys.sample", one.unit)
    _refuse_unplanned(one)
    on = clock.beijing_date(at)
    last = last_day or one.last_day
    if last < on:
        raise Refusal("surveys.ends_too_early", "原定的截止日已经过去。", "请写一个新的截止日。")
    serial = one.draw_serial or 0
    drawn = draws.result_of(serial=serial, by=by)
    if draws.standing_of(draws.draw_of(serial)).state == draws.State.DRAWN:
        draws.reveal(serial=serial, by=by, at=at)
    places = dict(Cluster.objects.filter(stratum__survey=one).values_list("number", "pk"))
    targets = [each.target for each in drawn]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT surveys_take_over(%s, %s, %s, %s::text[], %s::bigint[])",
            [one.pk, on, last, targets, [places[each] for each in targets if each in places]],
        )
        invited = cursor.fetchone()[0]
    one.refresh_from_db()
    owe_closing(one, by=by, at=at)
    cards = issue(one, invited_to(one))
    ledger.record(
        "surveys.opened",
        subject=f"survey:{one.code}",
        by=by,
        at=at,
        facts={"code": one.code, "version": one.version.digest, "invited": invited, "serial": serial},
    )
    return one, cards


@transaction.atomic
def drop_plan(*, survey: str, by: Actor, at: datetime) -> Survey:
    """Give up a survey whose draw was declared void, so that its frame no longer counts as asked. Return it.

    Raises NotFound, what the policy says, Refusal ``surveys.not_planned`` and
    ``surveys.draw_stands``: who drew cannot drop what was drawn. Records ``surveys.dropped``.
    """
    one = queries.survey(survey, lock=True)
    access.permit(by, "surveys.sample", one.unit)
    _refuse_unplanned(one)
    if draws.standing_of(draws.draw_of(one.draw_serial or 0)).state != draws.State.VOID:
        raise Refusal(
            "surveys.draw_stands",
            "这次调查的摇号没有作废，不能放弃，否则可以一直抽到满意为止。",
            "请把摇号做完再发放；确需不做的，先按规定作废这次摇号。",
        )
    one.state = Survey.State.DROPPED
    one.save(update_fields=["state"])
    facts = {"code": one.code, "serial": one.draw_serial}
    ledger.record("surveys.dropped", subject=f"survey:{one.code}", by=by, at=at, facts=facts)
    return one


def refuse_bad_sizes(layout: Layout, way: str, sizes: Mapping[str, int], within: int, least: int) -> None:
    """Raise Refusal ``surveys.bad_sizes`` unless a draw of these sizes is possible and hides everybody.

    Of each stratum, and of each drawn cluster, at least ``least`` are asked, or
    all where there are fewer; of clusters at least two, or the only one.
    """
    if way not in (Survey.Way.SAMPLE, Survey.Way.CLUSTERS, Survey.Way.TWO_STAGE):
        raise _bad("没有选抽样的办法。")
    if set(sizes) != {part.key for part in layout.strata}:
        raise _bad("各层的数目和现在的名册对不上，名册可能刚刚有变动。")
    for part in [*layout.strata, *layout.clusters]:
        if part.population < least:
            raise _bad(f"“{part.title}”只有{part.population}户，少于{least}户，容易认出是谁答的。")
    for part in layout.strata:
        there, fewest, unit = part.population, least, "户"
        if way != Survey.Way.SAMPLE:
            there, fewest, unit = len(layout.clusters_of(part.key)), FEWEST_CLUSTERS, "个群"
        if not min(fewest, there) <= sizes[part.key] <= there:
            raise _bad(f"“{part.title}”有{there}{unit}，要抽{min(fewest, there)}到{there}{unit}。")
    if way == Survey.Way.TWO_STAGE and within < least:
        raise _bad(f"每个群里至少抽{least}户，太少了容易认出是谁答的。")


def _bad(reason: str) -> Refusal:
    return Refusal("surveys.bad_sizes", reason, "请改正数目。")


def _refuse_unplanned(one: Survey) -> None:
    if one.state != Survey.State.PLANNED:
        raise Refusal("surveys.not_planned", "这次调查没有在等摇号。", "请看这次调查现在的情况。")


def _draw_plan(survey: Survey, layout: Layout) -> method.Plan:
    """Return what is sealed: clusters by stratum, parties by stratum or by cluster, under their numbers.

    Of two stages both are drawn at once, parties in every cluster: those of
    clusters that are not drawn count for nothing. So the second stage cannot
    depend on the first (Särndal, Swensson, Wretman 1992, 4.3: invariant and independent).
    """
    strata = {
        stratum.pk: (_class_name(f"S{place:02d}", stratum.title), stratum)
        for place, stratum in enumerate(survey.strata.order_by("pk"), start=1)
    }
    clusters = {each.pk: each for each in Cluster.objects.filter(stratum__survey=survey).order_by("pk")}
    purpose = {"title": survey.title, "frame": layout.roll.title, "way": str(survey.get_way_display())}
    purpose |= {name: stratum.title for name, stratum in strata.values()}
    purpose |= {each.number: each.title for each in clusters.values()}
    names = {pk: _class_name(each.number, each.title) for pk, each in clusters.items()}
    rules_of: list[method.Stratum] = []
    targets: dict[str, list[str]] = {}
    for name, stratum in strata.values():
        rules_of.append(method.Stratum(name, count=stratum.to_draw))
        targets[name] = [each.number for each in clusters.values() if each.stratum_id == stratum.pk]
    if survey.way == Survey.Way.TWO_STAGE:
        for each in clusters.values():
            rules_of.append(method.Stratum(names[each.pk], count=min(survey.within, each.population)))
            targets[names[each.pk]] = []
    if survey.way != Survey.Way.CLUSTERS:
        rows = FrameRow.objects.filter(survey=survey, reason="").values_list("stratum_id", "cluster_id", "number")
        for stratum_id, cluster_id, number in rows.iterator(chunk_size=10_000):
            place = names[cluster_id] if cluster_id else strata[stratum_id][0]
            targets[place].append(number)
    try:
        return method.Plan(purpose=purpose, strata=rules_of, targets=targets, pairs=False)
    except method.PlanProblem as problem:
        raise Refusal("draws.plan_does_not_fit", problem.said, "请改正数目；封存以前什么都没有保存。") from None


def _class_name(number: str, title: str) -> str:
    """Return a name that a draw can bear and people can read.

    >>> _class_name("S01", "企业、合作社（本地）")
    'S01-企业-合作社-本地'
    """
    return f"{number}-{UNFIT.sub('-', title).strip('-')}"[:LONGEST_NAME].rstrip("-")
