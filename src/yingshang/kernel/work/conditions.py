"""Named checks that every procedure may ask for, for many dossiers at once."""

from __future__ import annotations

from collections.abc import Iterable

from yingshang.kernel.errors import Refusal
from yingshang.kernel.work.models import Obligation


def all_materials_in(dossier_ids: Iterable[int]) -> dict[int, Refusal | None]:
    """Passed when no material that was to come later is still owed. One query."""
    ids = list(dossier_ids)
    late: dict[int, list[str]] = {}
    owed = Obligation.objects.filter(dossier__in=ids, kind="work.material", state=Obligation.State.OPEN)
    for dossier_id, title in owed.order_by("pk").values_list("dossier_id", "title"):
        late.setdefault(dossier_id, []).append(title)
    return {dossier_id: _materials_missing(late[dossier_id]) if dossier_id in late else None for dossier_id in ids}


def no_open_pause(dossier_ids: Iterable[int]) -> dict[int, Refusal | None]:
    """Passed when no limit of the dossier is paused. One query."""
    ids = list(dossier_ids)
    open_ones = Obligation.objects.filter(dossier__in=ids, state=Obligation.State.OPEN)
    standing = set(open_ones.filter(clock__paused_since__isnull=False).values_list("dossier_id", flat=True))
    refusal = Refusal("work.clock_stands", "本件已停止计时，还没有恢复。", "请先恢复计时，再办理下一步。")
    return {dossier_id: refusal if dossier_id in standing else None for dossier_id in ids}


def _materials_missing(titles: list[str]) -> Refusal:
    return Refusal(
        "work.materials_missing",
        f"还有材料没有补交：{'；'.join(titles)}。",
        "请等申请人补交后再办理，或提醒申请人补交。",
    )
