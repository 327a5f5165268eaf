"""What tests of inspections begin with, made from the example county's own pools."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from yingshang.conduct.inspections import operations
from yingshang.conduct.inspections.models import Crew, Inspector, Permission, Target, Visit
from yingshang.kernel import org
from yingshang.kernel.parties import Actor

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def log_in(example_county: Any) -> Callable[[str], Client]:
    """Return what logs a member of the cast in, each in a browser of their own."""

    def logged_in(key: str) -> Client:
        client = Client()
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return logged_in


@pytest.fixture
def crew() -> Callable[..., list[tuple[Inspector, str]]]:
    """Return what names inspectors by certificate, the first as lead; two of the market regulators if none is named."""

    def chosen(*numbers: str) -> list[tuple[Inspector, str]]:
        found = [Inspector.objects.get(certificate_no=no) for no in numbers or ("黑演000001", "黑演000002")]
        return [(each, Crew.Role.COMPANION if place else Crew.Role.LEAD) for place, each in enumerate(found)]

    return chosen


@pytest.fixture
def permission_for() -> Callable[..., Permission]:
    """Return what makes a permission for a single case, granted unless said otherwise."""

    def made(target: Target, cause: str = "complaint", state: str = "granted", **facts: Any) -> Permission:
        decided = {} if state == "asked" else {"decided_by": "head", "decided_at": AT, "decision": "按程序办理。"}
        return Permission.objects.create(
            unit=org.unit("scjgj"),
            target=target,
            kind=Permission.Kind.CASE,
            items=["X01"],
            cause=cause,
            reason="接到投诉。",
            state=state,
            asked_by="officer",
            asked_at=AT,
            **decided,
            **facts,
        )

    return made


@pytest.fixture
def plan_visit(
    example_county: Any,
    wang_min: Actor,
    crew: Callable[..., list[tuple[Inspector, str]]],
    permission_for: Callable[..., Permission],
) -> Callable[..., Visit]:
    """Return what plans a single-case visit of the market regulators; every part can be said otherwise."""

    def planned(target: Target | None = None, **facts: Any) -> Visit:
        target = target or Target.objects.order_by("code")[0]
        if "permission" not in facts:
            facts["permission"] = permission_for(target)
        usual = {"kind": Visit.Kind.CASE, "items": ["X01"], "crew": crew(), "planned_on": DAY}
        return operations.plan_visit(target=target, lead_unit=org.unit("scjgj"), by=wang_min, at=AT, **(usual | facts))

    return planned
