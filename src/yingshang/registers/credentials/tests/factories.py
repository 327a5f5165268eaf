"""Credentials at each point of their life, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from yingshang.kernel import parties
from yingshang.kernel.testing import actor_of
from yingshang.registers.credentials import operations

ON = date(2026, 3, 30)
VALUES = {
    "name": "示例饺子馆（演示）",
    "credit_code": "92230127MA1B00025T",
    "representative": "赵兰",
    "address": "示例县示例镇人民大街18号",
    "format": "餐饮服务经营者（小型餐馆）",
    "scope": "热食类食品制售",
    "phone": "13800001234",
}


def at(day):
    """Return nine in the morning of a day in Beijing."""
    return datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC)


def enterprise(name="示例饺子馆（演示）", kind="household"):
    """Return a made-up party."""
    return parties.Party.objects.create(kind=kind, display_name=name, is_demo=True)


def issue(holder=None, *, day=ON, by=None, **changes):
    """Issue a food license at 县市场监管局, or as ``changes`` say."""
    asked = {
        "kind": "food-business",
        "holder": holder or enterprise(),
        "number": "JY12399010000016",
        "fields": VALUES,
        "valid_from": day,
        "unit": "scjgj",
        "by": by or actor_of("sun", unit="scjgj"),
        "at": at(day),
    }
    return operations.issue(**(asked | changes))
