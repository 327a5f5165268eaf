"""The helper that compares a policy with its queryset twin finds both kinds of lie."""

import pytest

from yingshang.kernel import access, org
from yingshang.kernel.access import registered
from yingshang.kernel.errors import Refusal
from yingshang.kernel.testing import twins_disagree

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(monkeypatch):
    """A made-up rule: officials see their own unit and what stands under it."""
    monkeypatch.setattr(registered, "_rules", {})
    monkeypatch.setattr(registered, "_twins", {})

    @access.policy("example.look")
    def may_look(actor, unit):
        """Whoever acts for the unit or one above it."""
        is_above = unit.path.startswith(org.unit(actor.unit).path) if actor.unit else False
        return None if is_above else Refusal("example.not_yours", "这不是您的单位。")


def test_a_true_twin_agrees_on_every_unit_of_the_county(look, wang_min, li_qiang, wu):
    @access.visibility("example.look")
    def seen(actor):
        mine = org.Unit.objects.filter(code=actor.unit).first()
        return org.subtree_of(mine) if mine else org.Unit.objects.none()

    assert twins_disagree("example.look", [wang_min, li_qiang, wu], org.Unit.objects.all()) == []


def test_a_twin_that_shows_too_much_or_too_little_is_named(look, li_qiang):
    @access.visibility("example.look")
    def seen(actor):
        return org.Unit.objects.filter(code__in=["sfj", "fgj"])

    found = twins_disagree("example.look", [li_qiang], org.Unit.objects.all())
    assert len(found) == 2
    assert any("the policy refuses" in sentence and "the twin lists it" in sentence for sentence in found)
    assert any("the policy allows" in sentence and "does not list it" in sentence for sentence in found)
