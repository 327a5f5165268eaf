"""The router of a package, and the description of the whole: each shape is made once, however many declare it.

Ninja makes a model for every answer of every operation, and describes each
anew. All our operations declare the same errors, so that alone was most of the
time in which a process starts, and of the first look at the description.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ninja
from ninja.constants import NOT_SET
from ninja.openapi.schema import OpenAPISchema
from ninja.utils import contribute_operation_callback

from yingshang.kernel.web.rest.schemas import ProblemOut


class ProblemAnswer(ninja.Schema):
    """An answer as Ninja wraps it, for every error of every operation."""

    response: ProblemOut


class Router(ninja.Router):
    """A router whose operations share the model of ``ProblemOut``."""

    def add_api_operation(
        self,
        path: str,
        methods: list[str],
        view_func: Callable[..., Any],
        *,
        response: Any = NOT_SET,
        **options: Any,
    ) -> None:
        """Add an operation; its answers are those of ``response``."""
        declared: dict[Any, Any] = response if isinstance(response, dict) else {}
        problems = {state: ProblemAnswer for state, model in declared.items() if model is ProblemOut}
        if problems:
            response = {state: model for state, model in declared.items() if state not in problems}
            contribute_operation_callback(view_func, lambda operation: operation.response_models.update(problems))
        super().add_api_operation(path, methods, view_func, response=response, **options)


class Description(OpenAPISchema):
    """The description of an API, in which a model is described once."""

    def __init__(self, api: ninja.NinjaAPI, path_prefix: str) -> None:
        self._known: dict[tuple[Any, ...], tuple[dict[str, Any], bool]] = {}
        super().__init__(api, path_prefix)

    def _create_schema_from_model(self, model: Any, *how: Any, **options: Any) -> tuple[dict[str, Any], bool]:
        asked_for = (model, how, *sorted(options.items()))
        if asked_for not in self._known:
            self._known[asked_for] = super()._create_schema_from_model(model, *how, **options)
        schema, required = self._known[asked_for]
        return dict(schema), required
