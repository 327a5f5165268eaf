"""Bulletins and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from yingshang.kernel.errors import NotFound
from yingshang.oversight.bulletins.models import Bulletin, Figure, Outline
from yingshang.oversight.bulletins.rules.figures import BY_SECTION, OVERALL


def bulletins() -> QuerySet[Bulletin]:
    """Return every bulletin, the latest month first."""
    related = Bulletin.objects.select_related("unit", "corrects", "corrected_by", "taking", "pdf", "docx")
    return related.order_by("-month", "-pk")


def issued() -> QuerySet[Bulletin]:
    """Return the bulletins that are out, the latest month first."""
    return bulletins().filter(state=Bulletin.State.ISSUED)


def bulletin(bulletin_id: int, *, only_issued: bool = False) -> Bulletin:
    """Return one bulletin. Raises NotFound. Queries: 1."""
    found = (issued() if only_issued else bulletins()).filter(pk=bulletin_id).first()
    if found is None:
        raise NotFound("这份通报")
    return found


def figures_shown(of: Bulletin) -> list[Figure]:
    """Return the figures of a bulletin without their rows, in their order. Queries: 1."""
    return list(Figure.objects.filter(taking=of.taking).defer("rows").order_by("place"))


def figure(of: Bulletin, place: int) -> Figure:
    """Return one figure with its rows. Raises NotFound. Queries: 1."""
    found = Figure.objects.filter(taking=of.taking, place=place).first()
    if found is None:
        raise NotFound("这个数字")
    return found


def values_of(figures: list[Figure]) -> dict[str, tuple[str, Figure | None]]:
    """Return what each place of the text stands for, and the figure behind it where it is one number."""
    values: dict[str, Any] = {each.title: (each.shown, each) for each in figures if not each.about}
    for key, name in (("worst", "红灯最多的单位"), ("best", "按期办结最多的单位")):
        named = [f"{each.about}（{each.shown}件）" for each in figures if each.key == key]
        values[name] = ("、".join(named) or "没有", None)
    return values


def outline_on(day: date) -> Outline | None:
    """Return the outline in force on a day; None where the county has stated none. Queries: 1."""
    standing = Q(effective_to=None) | Q(effective_to__gte=day)
    return Outline.objects.filter(standing, effective_from__lte=day).order_by("-effective_from").first()


def section_table(figures: Sequence[Figure]) -> tuple[list[str], list[list[str]]]:
    """Return the head and the rows of the table of chapters."""
    by_section: dict[str, dict[str, str]] = {}
    for figure in figures:
        if figure.key.startswith("section."):
            by_section.setdefault(figure.about, {})[figure.key.removeprefix("section.")] = figure.shown
    head = ["方案部分", *(OVERALL[key][0] for key in BY_SECTION)]
    return head, [[about, *(numbers.get(key, "0") for key in BY_SECTION)] for about, numbers in by_section.items()]
