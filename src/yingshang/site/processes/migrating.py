"""Migrations without needless work: a first start runs more than a hundred of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


@contextmanager
def light_states() -> Iterator[None]:
    """Within it, Django does not render a model and all that point at it anew for each constraint or index.

    Such an operation makes its SQL from the constraint itself and from the
    fields of the model, which stay what they are; it is enough that the model
    knows the constraint. On an empty database that is more than half of the
    time of all migrations.
    """
    states: Any = ProjectState
    usual = states._append_option
    states._append_option = _append_option
    try:
        yield
    finally:
        states._append_option = usual


def _append_option(state: Any, app_label: str, model_name: str, option: str, made: Any) -> None:
    """Do what ``ProjectState._append_option`` does, but tell the rendered model instead of rendering it anew."""
    options = state.models[app_label, model_name].options
    options[option] = [*options[option], made]
    if "apps" in state.__dict__:  # rendered already; asking for the attribute would render
        setattr(state.apps.all_models[app_label][model_name]._meta, option, options[option])
