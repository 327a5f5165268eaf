"""What a content is checked against on a day, read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from yingshang.kernel import clock, forms, lists, org
from yingshang.registers.catalogue.models import BasicItem, Code, ForbiddenWord, NamedList
from yingshang.registers.catalogue.rules.checks import BasicRow, Known, Word
from yingshang.registers.catalogue.rules.content import Fault


def known_for(basic: BasicItem | None, day: date) -> Known:
    """Return everything that a content beginning on a day is checked against. Queries: at most 10."""
    return with_basic(known_on(day), basic, day)


def known_on(day: date) -> Known:
    """Return what is the same for all items on a day."""
    codes: dict[str, set[str]] = defaultdict(set)
    for of, code in Code.objects.values_list("of", "code"):
        codes[of].add(code)
    words: dict[str, list[Word]] = defaultdict(list)
    for word in ForbiddenWord.objects.order_by("-words"):
        words[word.rule].append(Word(word.words, word.source, word.whole))
    limits = clock.Limit.objects.filter(Q(effective_to=None) | Q(effective_to__gte=day), effective_from__lte=day)
    named = dict(NamedList.objects.values_list("part", "code"))
    return Known(
        codes={of: frozenset(each) for of, each in codes.items()},
        words=words,
        units=frozenset(org.Unit.objects.on(day).values_list("code", flat=True)),
        posts=frozenset(org.Post.objects.values_list("code", flat=True)),
        limits={code: (amount or 0, unit) for code, amount, unit in limits.values_list("code", "amount", "unit")},
        certificates=_rows_on(named.get("certificates", ""), day),
        fees=_rows_on(named.get("fees", ""), day),
    )


def with_basic(known: Known, basic: BasicItem | None, day: date) -> Known:
    """Return the same with the row of the basic catalogue that an item implements."""
    if basic is None:
        return replace(known, basic=None)
    is_over = basic.canceled_on is not None and basic.canceled_on <= day
    canceled = f"{basic.canceled_on:%Y年%m月%d日}，{basic.canceled_by}" if is_over else ""
    return replace(known, basic=BasicRow(basic.code, basic.title, basic.kind, tuple(basic.levels), canceled))


def form_faults(form: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a form's schema, under ``form``; an item may have no form."""
    if not form:
        return []
    return [
        Fault(f"form.{fault.path}".rstrip("."), fault.what, fault.remedy, code="form_contradicts_itself")
        for fault in forms.check(form)
    ]


def _rows_on(code: str, day: date) -> frozenset[str] | None:
    edition = lists.edition_on(code, day) if code else None
    if edition is None:
        return None
    in_effect = (Q(effective_from=None) | Q(effective_from__lte=day)) & (
        Q(effective_to=None) | Q(effective_to__gte=day)
    )
    return frozenset(edition.rows.filter(in_effect).values_list("key", flat=True))
