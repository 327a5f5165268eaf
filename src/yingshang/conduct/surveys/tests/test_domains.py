"""What respondents say of themselves makes groups: on the whole design, and never so few that anybody stands out."""

import pytest

from yingshang.conduct.surveys import operations, queries, rules
from yingshang.conduct.surveys.tests.factories import LAST, at, market, officer, opened, questionnaire, sheet
from yingshang.conduct.surveys.tests.test_asking import refused
from yingshang.methods import survey as method

LEAST = 10


@pytest.mark.parametrize(
    ("answers", "silent", "hidden"),
    [
        ({"a": 30, "b": 20}, 0, ""),
        ({"a": 30, "b": 20, "c": 9}, 0, "bc"),  # alone, the nine would follow from the whole
        ({"a": 30, "b": 20, "c": 5, "d": 4}, 0, "bcd"),  # together they are still nine
        ({"a": 30, "b": 20, "c": 6, "d": 4}, 0, "cd"),
        ({"a": 30, "b": 20}, 4, "b"),  # four said nothing of themselves, and would follow
        ({"a": 30, "b": 20}, 12, ""),
        ({"a": 30, "b": 20, "c": 0}, 0, "c"),
        ({"a": 8}, 0, "a"),
    ],
)
def test_what_is_held_back_hides_each_other(answers, silent, hidden):
    assert "".join(sorted(rules.held_back(answers, LEAST, silent=silent))) == hidden


def test_a_group_that_is_nearly_a_stratum_gives_nobody_away():
    # All 20 who said yes are among the 24 households: the four others would follow from the two figures.
    both = {("household", "yes"): 20, ("household", "no"): 4, ("enterprise", "no"): 30}
    strata, domains = {"household": 24, "enterprise": 30}, {"yes": 20, "no": 34}
    assert rules.nested(both, strata, domains, LEAST) == {"yes", "no"}
    assert rules.nested(both, {"household": 24}, {"yes": 12}, LEAST) == set()
    # Held back for that reason, it takes another with it: alone it would follow from the rest.
    assert rules.held_back({"a": 30, "b": 20, "c": 40}, LEAST, also={"b"}) == {"a", "b"}
    assert rules.held_back({"a": 30, "b": 20}, LEAST, silent=15, also={"b"}) == {"b"}


@pytest.mark.django_db
@pytest.mark.usefixtures("example_county")
def test_a_domain_is_estimated_on_the_whole_design():
    market(enterprise=60, household=40)
    questionnaire()
    refused(lambda: opened(domain_question="q1"), "surveys.no_domain_question")
    refused(lambda: opened(domain_question="q9"), "surveys.no_domain_question")
    one, cards = opened(domain_question="q2")
    there = {each.key: each.population for each in one.strata.all()}
    chosen = [card for card in cards if card.stratum == "企业"][:33]
    chosen += [card for card in cards if card.stratum == "个体工商户"][:24]
    for number, card in enumerate(chosen):
        operations.answer(code=card.code, values=sheet(number), on=LAST)
    operations.close(survey="s1", by=officer(), at=at(LAST))
    figures = {(each.question, each.option, each.domain): each for each in queries.estimates(one, LEAST)}
    design = method.Design(
        tuple(method.Stratum(key, count) for key, count in there.items()), ("enterprise",) * 33 + ("household",) * 24
    )
    said = [number % 5 + 1.0 for number in range(57)]
    expected = method.mean(design, said, within=[number % 3 == 1 for number in range(57)])
    found = figures["q1", "", "q2:许可"]
    assert (found.value, found.low, found.high, found.n) == pytest.approx(
        (expected.value, expected.low, expected.high, 19)
    )
    assert ("q2", "许可", "q2:许可") not in figures  # the question that makes the groups is not divided by itself
    assert all(each.value is None for each in queries.estimates(one, 20) if each.domain.startswith("q2:"))
