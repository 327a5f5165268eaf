"""The pool of targets as a roll that can be asked: it knows township and industry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from yingshang.conduct.inspections.models import Target
from yingshang.kernel import org
from yingshang.kernel.parties import Actor, Attribute, Party, Roll


def survey_frames(_actor: Actor, _subject: Any) -> list[Roll]:
    """Return the roll of the targets that are in the pool and known as parties."""
    return [
        Roll(
            code="inspections.targets",
            title="抽查名录库中的市场主体",
            hint="名录库里的检查对象，知道所在乡镇和行业；没有和平台当事人对上的不在内。",
            kinds=(Party.Kind.ENTERPRISE, Party.Kind.HOUSEHOLD, Party.Kind.COOPERATIVE),
            rows=_rows,
            attributes={
                "township_code": Attribute(title="所在乡镇", words=_unit_words, is_group=True),
                "industry": Attribute(title="行业", words=_same),
            },
        )
    ]


def _rows(_first: date | None, _last: date | None) -> QuerySet[Any, Any]:
    """Return each party of the pool once; of two targets of one party the later one counts."""
    rows = Target.objects.filter(left_on=None, party__isnull=False).order_by("party_id", "-pk").distinct("party_id")
    return rows.values("industry", party_key=F("party_id"), township_code=F("township__code"))


def _unit_words(codes: Sequence[str]) -> dict[str, str]:
    return dict(org.Unit.objects.filter(code__in=codes).values_list("code", "short_name"))


def _same(keys: Sequence[str]) -> dict[str, str]:
    return {key: key for key in keys}
