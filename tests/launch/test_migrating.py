"""Migrations of a first start do less, and come to the same."""

from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from yingshang.site.processes.migrating import light_states


def grown() -> ProjectState:
    """Return the state of a model that got a constraint and an index after it was rendered."""
    state = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("day", models.DateField())]
    state.add_model(ModelState("made_up", "Visit", fields))
    assert state.apps.all_models["made_up"]["visit"]._meta.constraints == []
    state.add_constraint("made_up", "visit", models.UniqueConstraint(fields=["day"], name="one_a_day"))
    state.add_index("made_up", "visit", models.Index(fields=["day"], name="by_day"))
    return state


def test_the_model_knows_its_constraints_and_indexes_as_it_usually_does():
    usual = grown()
    with light_states():
        light = grown()
    assert light == usual
    for option in ("constraints", "indexes"):
        ours, django = (getattr(one.apps.all_models["made_up"]["visit"]._meta, option) for one in (light, usual))
        assert ours == django
        assert len(ours) == 1


def test_a_model_is_not_rendered_anew_for_a_constraint():
    state = grown()
    before = state.apps.all_models["made_up"]["visit"]
    with light_states():
        state.add_constraint("made_up", "visit", models.UniqueConstraint(fields=["id", "day"], name="another"))
    assert state.apps.all_models["made_up"]["visit"] is before
    assert [one.name for one in before._meta.constraints] == ["one_a_day", "another"]
