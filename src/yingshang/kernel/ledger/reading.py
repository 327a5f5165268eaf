"""An entry in words, for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yingshang.kernel import org, registry
from yingshang.kernel.errors import NotFound
from yingshang.kernel.ledger.commitments import KEY
from yingshang.kernel.ledger.models import Checkpoint, Entry

NOT_TOLD = "（不公开）"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as its page shows it.

    sentence: the kind's wording with the facts in their places. unit: name of
    the unit that did the deed, empty if none. index: None while it waits for
    its number. is_signed: whether the newest checkpoint includes it.
    """

    id: UUID
    kind: str
    sentence: str
    subject: str
    at: datetime
    unit: str
    actor: str
    index: int | None
    is_signed: bool
    content: str


def tell(entry_id: UUID) -> Told:
    """Return an entry in words. Raises NotFound. Queries: 3."""
    entry = Entry.objects.select_related("leaf").filter(pk=entry_id).first()
    if entry is None:
        raise NotFound("这条存证记录")
    leaf = getattr(entry, "leaf", None)
    signed = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    content = bytes(entry.content).decode()
    return Told(
        id=entry.id,
        kind=entry.kind,
        sentence=sentence(entry.kind, json.loads(content)["facts"]),
        subject=entry.subject,
        at=entry.at,
        unit=_unit_name(entry.unit),
        actor=entry.actor,
        index=leaf.index if leaf else None,
        is_signed=leaf is not None and leaf.index < signed,
        content=content,
    )


def sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """Return the wording of a kind with the facts in their places; the kind itself if nobody declares it now."""
    try:
        wording = registry.ledger_wording(kind)
    except KeyError:
        return kind
    return wording.format_map(_Places({name: _word(value) for name, value in facts.items()}))


class _Places(dict[str, str]):
    """A wording may be newer than the entry: a place it does not have shows a dash."""

    def __missing__(self, name: str) -> str:
        return "—"


def _word(value: Any) -> str:
    match value:
        case {"private": _} if value.keys() == {KEY}:
            return NOT_TOLD
        case bool():
            return "是" if value else "否"
        case None:
            return "无"
        case list():
            return "、".join(_word(one) for one in value)
        case dict():
            return "，".join(f"{name}：{_word(one)}" for name, one in value.items())
    return str(value)


def _unit_name(code: str) -> str:
    if not code:
        return ""
    return org.Unit.objects.filter(code=code).values_list("name", flat=True).first() or code
