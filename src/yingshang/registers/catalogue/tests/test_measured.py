"""The measures and the API say what the contents in force come to, and nothing of drafts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from yingshang.kernel import clock, measures
from yingshang.kernel.parties import ANONYMOUS
from yingshang.registers.catalogue import operations, slots

pytestmark = pytest.mark.django_db


def value(name, unit, at=(2026, 3)):
    period = measures.month(*at)
    return measures.compute(f"catalogue.{name}", [unit], [period]).at(unit, period).value


def test_measures_are_computed_from_the_contents_in_force(example_county):
    assert value("items", "scjgj") == 2
    assert value("items", "scjgj", (2025, 12)) == 0
    assert value("committed_share", "scjgj").value == 1
    assert value("average_compression", "scjgj").value == Fraction(3, 5)
    assert value("average_compression", "zjj").value is None
    assert value("materials_per_item", "scjgj") == Decimal("2.0")
    assert value("visits_per_item", "scjgj") == Decimal("0.0")
    assert value("online_rate", "scjgj").value == 1
    assert value("practices_answered_rate", "scjgj").value is None


def test_everybody_reads_what_is_published_over_the_api(client, example_county):
    rows = client.get("/api/v1/catalogue/items?unit=scjgj").json()["rows"]
    assert {row["slug"] for row in rows} == {"food-business", "small-kitchen"}
    found = next(row for row in rows if row["slug"] == "food-business")
    assert (found["committed"], found["materials"], found["compression"]) == ("8个工作日", 3, 0.6)
    whole = client.get("/api/v1/catalogue/items/11239901MB0000115D4230131001001").json()
    assert whole["slug"] == "food-business" and whole["content"]["limits"]["committed"]["days"] == 8
    asked = client.get(
        "/api/v1/catalogue/items/food-business/materials?answer=business:restaurant&answer=cold-dishes:yes"
    )
    assert [row["key"] for row in asked.json()][-1] == "cold-room-plan"
    assert client.get("/api/v1/catalogue/items/food-business/takes").json()["takes"] is True
    assert client.get("/api/v1/catalogue/items/nothing").status_code == 404
    assert client.get("/api/v1/catalogue/gaps").json()[0]["kind"] == "missing"
    assert client.get("/api/v1/catalogue/drafts").status_code in (401, 409)


def test_a_version_goes_its_whole_way_over_the_api(log_in):
    def call(key, method, path, body, expect=200):
        answer = getattr(log_in(key), method)(f"/api/v1/catalogue/{path}", body, content_type="application/json")
        assert answer.status_code == expect, answer.content.decode()
        return answer.json()

    made = call("han", "post", "items/food-business/drafts", {"changed_because": "压缩"}, 201)
    at = f"versions/{made['id']}"
    limits = {"statutory": {"days": 20, "basis": "licensing-law-42"}, "committed": {"days": 30, "basis": "清单"}}
    change = {"value": limits, "revision": made["revision"]}
    changed = call("han", "put", f"{at}/sections/limits", change)
    assert call("han", "put", f"{at}/sections/limits", change, 409)["code"] == "kernel.stale"
    (fault,) = log_in("han").get(f"/api/v1/catalogue/{at}/faults").json()
    assert (fault["path"], fault["code"]) == ("limits.committed.days", "committed_longer_than_statutory")
    limits["committed"]["days"] = 6
    call("han", "put", f"{at}/sections/limits", {"value": limits, "revision": changed["revision"]})
    call("han", "put", f"{at}/sections/nothing", {"value": [], "revision": changed["revision"] + 1}, 404)
    call("han", "post", f"{at}/send", {})
    assert call("han", "post", f"{at}/review", {"agree": True}, 409)["code"] == "catalogue.not_your_post"
    call("sun", "post", f"{at}/review", {"agree": True})
    tomorrow = clock.today() + timedelta(days=1)
    published = call("wang_min", "post", f"{at}/publish", {"effective_from": tomorrow.isoformat()})
    assert (published["state"], published["version"]) == ("published", 2)
    changes = log_in("wu").get("/api/v1/catalogue/items/food-business/differences?first=1&second=2").json()
    assert [(each["words"], each["after"]) for each in changes if each["section"] == "limits"][-1] == (
        "承诺时限",
        "6个工作日",
    )
    call("wu", "post", "items/food-business/end", {"ended_on": "2027-01-01", "because": "x", "go_to": "y"}, 409)


def test_the_workbench_names_what_waits_for_whom(writer, reviewer, publisher):
    assert slots.to_do(ANONYMOUS, None) == []
    version = operations.start_version(slug="food-business", changed_because="改", by=writer, at=clock.now())
    (card,) = slots.to_do(writer, None)
    assert [row["tag"] for row in card.rows] == ["草稿"]
    operations.send_to_review(version_id=version.pk, by=writer, at=clock.now())
    (card,) = slots.to_do(reviewer, None)
    assert [row["tag"] for row in card.rows] == ["待审核"]
    assert slots.to_do(publisher, None) == []
    weak = slots.unsourced(ANONYMOUS, None)
    assert any(row.kind == "事项依据" and "食品经营许可和备案管理办法" in row.title for row in weak)
