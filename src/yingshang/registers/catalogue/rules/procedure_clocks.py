"""Limits, pauses and sources of an item's procedure: codes of the law, and the days that the item itself promises."""

from __future__ import annotations

from typing import Any

from yingshang.registers.catalogue.rules.elements import Content, Limit, Material

OWN_LIMITS = {"wd": "ITEM.WORKING", "d": "ITEM.DAYS", "h": "ITEM.HOURS", "m": "ITEM.MONTHS"}
"""Limits whose amount stands in the item: by unit; see ``counties/_national/limits/service-items.yaml``."""
EDITION = "2019-04-23"
LAW = {
    "licensing-law-32": "《行政许可法》第三十二条",
    "licensing-law-42": "《行政许可法》第四十二条",
    "licensing-law-44": "《行政许可法》第四十四条",
    "licensing-law-45": "《行政许可法》第四十五条",
}


def sources(content: Content) -> list[dict[str, Any]]:
    """Return the texts that the item rests on, and the articles by which every application runs."""
    own = [
        {"key": basis.key, "text": basis.text, "edition": basis.edition} | ({"todo": basis.todo} if basis.todo else {})
        for basis in content.basics.bases
    ]
    held = {basis.key for basis in content.basics.bases}
    law = [] if content.kind == "filing" else list(LAW.items())
    return own + [{"key": key, "text": text, "edition": EDITION} for key, text in law if key not in held]


def filing_limits() -> dict[str, Any]:
    """Return the limit within which a filing is looked at; silence means that nothing is missing."""
    return {
        "look": {
            "title": "核对备案材料",
            "limit": "ITEM.FILING",
            "from": "received",
            "until": ["informed", "delivered"],
            "on_miss": "deem_accepted",
        }
    }


def limits(content: Content) -> dict[str, Any]:
    """Return the limits of an application, in the order in which they begin."""
    decided = ["granted", "refused"]
    found: dict[str, Any] = {
        "correction_notice": {
            "title": "一次性告知补正",
            "limit": "LIC.NOTICE",
            "from": "submitted",
            "until": ["accepted", "correcting", "declined", "not_needed", "granted"],
            "on_miss": "deem_accepted",
        }
    }
    statutory, committed = content.limits.statutory, content.limits.committed
    if statutory is not None:
        found["decision"] = _limit("法定办结时限", statutory, decided)
    if committed is not None or content.choices.instant:
        promised = committed or Limit(days=1)
        found["committed"] = _limit("承诺办结时限", promised, decided)
    for place, step in enumerate(content.steps, start=1):
        if step.days:
            state = f"step-{place}"
            found[f"{state}-limit"] = {
                "title": step.title,
                "limit": OWN_LIMITS["wd"],
                "amount": step.days,
                "from": state,
                "until": [f"step-{place + 1}" if place < len(content.steps) else "deciding"],
                "borne_by": step.unit or "holder",
            }
    found["delivery"] = {"title": "颁发、送达", "limit": "LIC.DELIVER", "from": "granted", "until": ["delivered"]}
    return found | _extensions(content, found)


def pauses(content: Content) -> list[dict[str, Any]]:
    """Return the special procedures: what stops, and that the applicant is told in writing for how long."""
    running = [key for key in limits(content) if key in ("decision", "committed")]
    held = {basis.key for basis in content.basics.bases}
    return [
        {
            "key": special.key,
            "title": special.title,
            "stops": running,
            "needs": {"notice": "书面告知申请人所需时间"},
            "source": special.basis if special.basis in held else "licensing-law-45",
        }
        for special in content.special
        if running
    ]


def tolerable_days(content: Content, material: Material) -> int:
    """Return by how many working days a material may come later: never longer than what is promised altogether."""
    assert material.tolerable_days is not None  # asked only of materials that may come later
    committed = content.limits.committed
    if committed is None or committed.unit != "wd":
        return material.tolerable_days
    return max(1, min(material.tolerable_days, committed.days))


def _limit(title: str, limit: Limit, until: list[str]) -> dict[str, Any]:
    """Cite the code of the law where the item names one; otherwise the days are the item's own."""
    if limit.limit:
        return {"title": title, "limit": limit.limit, "from": "accepted", "until": until}
    days = max(1, limit.days)
    return {"title": title, "limit": OWN_LIMITS[limit.unit], "amount": days, "from": "accepted", "until": until}


def _extensions(content: Content, found: dict[str, Any]) -> dict[str, Any]:
    """One lengthening, approved by the head, of what the law allows and of what was promised by it."""
    chosen = content.choices.extension
    if chosen is None or not chosen.limit:
        return {}
    rule = {"title": "延长办理期限", "approved_by": chosen.approved_by, "times": 1}
    extensions = {}
    if "decision" in found and found["decision"]["limit"] == chosen.limit.removesuffix(".EXTENSION"):
        extensions["extension"] = rule | {"limit": chosen.limit, "extends": "decision"}
    if "committed" in found and found["committed"]["limit"] == OWN_LIMITS["wd"]:
        extensions["committed_extension"] = rule | {"limit": f"{OWN_LIMITS['wd']}.EXTENSION", "extends": "committed"}
    return extensions
