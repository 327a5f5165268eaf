"""Samples and clusters from the plan to the figure: who is asked a sealed draw says, and anybody can verify it."""

import json
from datetime import timedelta
from math import sqrt

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count

from yingshang.conduct.surveys import api, operations, queries, rules
from yingshang.conduct.surveys.models import Answer, Cluster, FrameRow, Survey, Token
from yingshang.conduct.surveys.tests.factories import LAST, market, officer, planned, pool, questionnaire, sheet
from yingshang.conduct.surveys.tests.factories import at as start
from yingshang.conduct.surveys.tests.test_asking import refused
from yingshang.kernel import draws, parties
from yingshang.kernel.testing import actor_of
from yingshang.kernel.testing.ceremony import DIGITS, sign
from yingshang.methods import draw
from yingshang.methods import survey as method

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]


def held(one, at=None):
    """Hold the ceremony of a planned survey; at: when it began."""
    at = at or start()
    host, witness, serial = officer("qin"), actor_of("jiang", unit="sfj"), one.draw_serial
    sign()
    draws.add_dice(serial=serial, digits=DIGITS, by=host, at=at + timedelta(minutes=5))
    draws.confirm_dice(serial=serial, digits=DIGITS, by=witness, at=at + timedelta(minutes=6))
    draws.run(serial=serial, by=host, at=at + timedelta(minutes=7))


def test_a_sample_is_drawn_in_public_and_verified_by_anybody():
    market(enterprise=60, household=30)
    questionnaire()
    one = planned(sizes={"enterprise": 20, "household": 10})
    assert (one.state, Token.objects.count(), FrameRow.objects.filter(reason="not_drawn").count()) == ("planned", 0, 0)

    def take_over():
        return operations.open_drawn(survey="s1", by=officer("qin"), at=start() + timedelta(hours=1))

    refused(take_over, "draws.no_result")
    refused(lambda: operations.drop_plan(survey="s1", by=officer("qin"), at=start()), "surveys.draw_stands")
    refused(lambda: operations.replace_codes(survey="s1", by=officer(), at=start()), "surveys.not_open")
    refused(lambda: operations.close(survey="s1", by=officer(), at=start()), "surveys.not_open")
    held(one)
    refused(lambda: operations.open_drawn(survey="s1", by=officer(), at=start()), "surveys.not_your_post")
    opened, cards = take_over()
    refused(take_over, "surveys.not_planned")
    assert opened.state == Survey.State.OPEN
    assert sorted(card.stratum for card in cards) == ["个体工商户"] * 10 + ["企业"] * 20

    # The published file: numbers and no names; the verifier finds nothing; each number is that of one party only.
    sign()
    file = draws.published(one.draw_serial)
    assert not [each.name for each in draw.verify(file) if each.name != "unproven"]
    rows = list(FrameRow.objects.filter(survey=one, number__gt="").select_related("party", "stratum"))
    assert not any(row.party.display_name in file.decode() or str(row.party.public_id) in file.decode() for row in rows)
    assert all(row.number == rules.number_of(row.salt, row.party.public_id) for row in rows)
    told = json.loads(file)
    pool_of = {number for numbers in told["plan"]["targets"].values() for number in numbers}
    assert pool_of == {row.number for row in rows}
    drawn = {number for numbers in told["result"]["drawn"].values() for number in numbers}
    assert drawn == {row.number for row in rows if not row.reason}
    assert {row.reason for row in rows if row.number not in drawn} == {"not_drawn"}

    # Twelve of 20 enterprises and nine of 10 households answer, each for its share of all in the frame.
    there = {each.key: each.population for each in one.strata.all()}
    chosen = [card for card in cards if card.stratum == "企业"][:12]
    chosen += [card for card in cards if card.stratum == "个体工商户"][:9]
    for number, card in enumerate(chosen):
        operations.answer(code=card.code, values=sheet(number), on=LAST)
    operations.close(survey="s1", by=officer(), at=start(LAST))
    # By hand: 1 2 3 4 5 1 2 3 4 5 1 2 sum to 33 and their squares to 115; 3 4 5 1 2 3 4 5 1 to 28 and 106. The 97.5 %
    # point of Student's t with 21 - 2 degrees of freedom is 2.093024.
    whole = sum(there.values())
    mean = (there["enterprise"] * 33 / 12 + there["household"] * 28 / 9) / whole
    variance = sum(
        (population / whole) ** 2 * (1 - n / population) * (squares - total**2 / n) / (n - 1) / n
        for population, n, total, squares in ((there["enterprise"], 12, 33, 115), (there["household"], 9, 28, 106))
    )
    half = 2.093024 * sqrt(variance)
    found = queries.estimates(queries.survey("s1"), 9)[0]
    assert (found.question, found.domain, found.n) == ("q1", "", 21)
    assert (found.value, found.low, found.high) == pytest.approx((mean, mean - half, mean + half), rel=1e-6)
    for statement in (
        "UPDATE surveys_framerow SET reason = '' WHERE reason = 'not_drawn'",
        "UPDATE surveys_stratum SET invited = 0",
        "UPDATE surveys_survey SET draw_serial = 99",
        "SELECT surveys_take_over(%s, current_date, current_date, '{}', '{}')",
    ):
        values = [one.pk] if "%s" in statement else None
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)


def test_two_stages_know_their_cluster_and_are_estimated_with_both_corrections():
    towns = pool({"东湖": 30, "西山": 24, "南河": 12, "北原": 4, "中心": 3})
    questionnaire()
    asked = {"roll": "inspections.targets", "way": "two_stage", "grouped_by": "township_code", "within": 10}
    refused(lambda: planned(**asked, sizes={"enterprise": 1}), "surveys.bad_sizes")
    refused(lambda: planned(**asked | {"within": 4}, sizes={"enterprise": 2}), "surveys.bad_sizes")
    refused(lambda: planned(**asked | {"grouped_by": "industry"}, sizes={"enterprise": 2}), "surveys.no_such_attribute")
    one = planned(**asked, sizes={"enterprise": 2})
    clusters = list(Cluster.objects.filter(stratum__survey=one).order_by("pk"))
    assert sorted(each.population for each in clusters) == [20, 24, 30]  # 4, 3 and one without a township joined the 12
    held(one)
    _, cards = operations.open_drawn(survey="s1", by=officer("qin"), at=start() + timedelta(hours=1))
    drawn = {each.title: each for each in Cluster.objects.filter(stratum__survey=one, invited__gt=0)}
    assert [each.invited for each in drawn.values()] == [10, 10]
    assert {card.cluster for card in cards} == set(drawn)
    # A card and a sheet say the cluster and no more, and each cluster has as many as the county publishes on.
    assert {field.name for field in Answer._meta.get_fields()} == {"id", "stratum", "cluster", "day", "values"}
    assert (
        min(Token.objects.values_list("cluster").annotate(count=Count("digest")).values_list("count", flat=True)) == 10
    )
    by_cluster = sorted(cards, key=lambda card: card.cluster)
    first, second = by_cluster[:6], by_cluster[10:11]
    for number, card in enumerate([*first, *second]):
        operations.answer(code=card.code, values=sheet(number), on=LAST)
    assert set(Answer.objects.values_list("cluster__title", flat=True)) == set(drawn)
    again = operations.replace_codes(survey="s1", by=officer(), at=start())
    assert len(again) == 13
    for number, card in enumerate([each for each in again if each.cluster == first[0].cluster], start=7):
        operations.answer(code=card.code, values=sheet(number), on=LAST)
    operations.close(survey="s1", by=officer(), at=start(LAST))
    lonely, other = drawn[second[0].cluster], drawn[first[0].cluster]
    refused(lambda: queries.estimates(queries.survey("s1"), 10), "surveys.stratum_has_one_answer")
    merge = {"survey": "s1", "by": officer("chu"), "at": start(LAST), "stratum": rules.cluster_key(lonely.number)}
    refused(lambda: operations.merge(**merge, into="enterprise"), "surveys.cannot_merge")
    operations.merge(**merge, into=rules.cluster_key(other.number))
    operations.publish_results(survey="s1", by=officer("chu"), at=start(LAST))

    said = [number % 5 + 1.0 for number in range(11)]
    design = method.Design(
        (method.Stratum("enterprise", 3),),
        ("one",) * 6 + ("two",) + ("one",) * 4,
        (method.Cluster("one", "enterprise", other.population), method.Cluster("two", "enterprise", lonely.population)),
        {"two": "one"},
    )
    expected = method.mean(design, said)
    found = next(each for each in api.estimates("s1") if (each.question, each.domain) == ("q1", ""))
    assert (found.value, found.low, found.high) == pytest.approx((expected.value, expected.low, expected.high))
    assert len(towns) == 5


def test_a_void_draw_lets_the_plan_go_and_frees_the_quota():
    market(enterprise=40)
    questionnaire()
    plan = {"kinds": ["enterprise"], "way": "sample"}
    one = planned(**plan, sizes={"enterprise": 12})
    planned("s2", **plan, sizes={"enterprise": 12})
    refused(lambda: planned("s3", **plan, sizes={}), "surveys.nobody_to_ask")
    sign()
    draws.void(serial=one.draw_serial, reason="work_cancelled", by=officer("chu"), at=start())
    operations.drop_plan(survey="s1", by=officer("qin"), at=start())
    refused(lambda: operations.drop_plan(survey="s1", by=officer("qin"), at=start()), "surveys.not_planned")
    assert planned("s3", **plan, sizes={"enterprise": 12}).state == "planned"
    assert parties.Party.objects.count() >= 40


def test_whole_clusters_ask_everybody_in_them_and_nobody_else():
    towns = pool({"东湖": 16, "西山": 14, "南河": 12, "北原": 11})
    parties.Party.objects.filter(display_name__in=[f"示例enterprise{place}" for place in range(16)]).update(
        kind="household"
    )
    questionnaire()
    asked = {"roll": "inspections.targets", "way": "clusters", "layered_by": "industry", "grouped_by": "township_code"}
    (stratum,) = queries.laid_out(
        rules.FrameAsked(
            roll=asked["roll"], kinds=("enterprise", "household"), layered_by="industry", grouped_by="township_code"
        ),
        questionnaire=queries.questionnaire("open-2026"),
        terms=queries.terms_on(LAST),
        on=LAST,
    ).strata
    # Of 53 no industry is known, of one of the county it is; an empty key would mean everybody.
    assert (stratum.key, stratum.title) == ("-+1", "没有登记、餐饮业")
    refused(lambda: planned(**asked, sizes={stratum.key: 1}), "surveys.bad_sizes")
    one = planned(**asked, sizes={stratum.key: 2})
    held(one)
    _, cards = operations.open_drawn(survey="s1", by=officer("qin"), at=start() + timedelta(hours=1))
    drawn = list(Cluster.objects.filter(stratum__survey=one, invited__gt=0))
    assert [each.invited for each in drawn] == [each.population for each in drawn]
    assert len(drawn) == 2
    assert len(cards) == sum(each.population for each in drawn)
    invited = FrameRow.objects.filter(survey=one, reason="")
    assert set(invited.values_list("cluster", flat=True)) == {each.pk for each in drawn}
    assert len(towns) == 4
