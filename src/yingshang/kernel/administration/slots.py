"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from yingshang.kernel import org
from yingshang.kernel.clock import Unsourced
from yingshang.kernel.parties import Actor


def unsourced(_actor: Actor, _subject: Any) -> list[Unsourced]:
    """Return what the county's register of units presumes: full names, members of groups, odd prints in documents."""
    names = [
        Unsourced(kind="单位全称", title=f"{unit.short_name}：{unit.name}", todo="请县里确认全称。", source=unit.note)
        for unit in org.Unit.objects.filter(is_presumed=True, valid_to=None)
    ]
    members = [
        Unsourced(kind="单位组范围", title=group.name, todo=group.note or "请县里确认包括哪些单位。")
        for group in org.Group.objects.filter(is_presumed=True)
    ]
    prints = [
        Unsourced(kind="文件中的写法", title=alias.text, todo=alias.note, source=alias.source)
        for alias in org.UnitAlias.objects.filter(needs_person=True)
    ]
    return names + members + prints
