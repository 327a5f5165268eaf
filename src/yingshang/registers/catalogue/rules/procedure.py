"""The procedure that an item's content describes (procedure/1), in the fixed words that cases rely on."""

from __future__ import annotations

from datetime import date
from typing import Any

from yingshang.registers.catalogue.rules.content import Content


def procedure_of(
    content: Content, *, item: str, version: int, effective: tuple[date, date | None], item_code: str = ""
) -> dict[str, Any]:
    """Return the procedure of one version of an item: received or submitted, accepted, decided, delivered."""
    is_filing = content.kind == "filing"
    return {
        "schema": "procedure/1",
        "id": f"item-{item}",
        "title": content.title,
        "kind": "filing" if is_filing else "license" if content.kind == "license" else "other",
        "version": version,
        "effective": {"from": effective[0], "to": effective[1]},
        "lead_unit": None,
        "item_code": item_code or None,
        "sources": [{"key": b.key, "text": b.text, "edition": b.edition} for b in content.basics.bases],
        **(_filing() if is_filing else _decided()),
    }


def _filing() -> dict[str, Any]:
    return {
        "takes_effect": "received",
        "states": {"received": "已备案", "informed": "已告知更正", "withdrawn": "已撤销"},
        "start": "received",
        "final": {"informed": "done", "withdrawn": "withdrawn"},
        "moves": [
            {"do": "inform", "title": "告知更正", "from": "received", "to": "informed", "by": "reviewer"},
            {"do": "withdraw", "title": "撤销备案", "from": "received", "to": "withdrawn", "by": "applicant"},
        ],
        "scenarios": [{"name": "收到就生效", "given": {"received": "2026-03-02"}, "expect": {"state": "received"}}],
    }


def _decided() -> dict[str, Any]:
    return {
        "states": {
            "submitted": "已提交，待受理",
            "accepted": "已受理",
            "granted": "准予",
            "refused": "不予",
            "declined": "不予受理",
            "withdrawn": "申请人撤回",
        },
        "start": "submitted",
        "final": {"granted": "granted", "refused": "refused", "declined": "refused", "withdrawn": "withdrawn"},
        "moves": [
            {"do": "accept", "title": "受理", "from": "submitted", "to": "accepted", "by": "window-clerk"},
            {
                "do": "decline",
                "title": "不予受理",
                "from": "submitted",
                "to": "declined",
                "by": "window-clerk",
                "needs": {"reason": "理由"},
            },
            {"do": "grant", "title": "准予", "from": "accepted", "to": "granted", "by": "chief-representative"},
            {
                "do": "refuse",
                "title": "不予",
                "from": "accepted",
                "to": "refused",
                "by": "chief-representative",
                "needs": {"reason": "理由"},
            },
            {
                "do": "withdraw",
                "title": "撤回申请",
                "from": ["submitted", "accepted"],
                "to": "withdrawn",
                "by": "applicant",
            },
        ],
        "scenarios": [
            {
                "name": "受理后准予",
                "given": {"submitted": "2026-03-02"},
                "walk": ["accept", "grant"],
                "expect": {"state": "granted"},
            }
        ],
    }
