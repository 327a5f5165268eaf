"""What a person chooses and types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.kernel import org
from yingshang.oversight.dashboards.rules import SORTS, Slice
from yingshang.oversight.dashboards.rules.slices import TENSES

SORT_WORDS = [("worst", _("最差的在前")), ("open", _("待办多的在前")), ("unit", _("按单位名录"))]
assert [key for key, _words in SORT_WORDS] == list(SORTS)

LAMP_WORDS = [("", _("全部")), ("red", _("红灯")), ("yellow", _("黄灯")), ("green", _("绿灯")), ("gray", _("未定期限"))]


class CockpitFilter(forms.Form):
    """Which units and sections the cockpit shows, and in which order."""

    sort = forms.ChoiceField(label=_("排序"), choices=SORT_WORDS, required=False)
    kind = forms.ChoiceField(label=_("单位类别"), required=False)
    section = forms.ChoiceField(label=_("方案部分"), required=False)

    def __init__(self, *args: Any, sections: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["kind"].choices = [("", _("全部")), *org.Unit.Kind.choices]
        fields["section"].choices = [("", _("全部")), *((name, name) for name in sections if name)]


class CallForm(forms.Form):
    """What was said on the telephone."""

    answer = forms.CharField(
        label=_("对方怎么答复"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：材料已备齐，周四报送。"),
    )
    promised_on = forms.DateField(
        label=_("答应哪天办完"), required=False, help_text=_("例如：2026-03-31；没有说就空着")
    )


def slice_from(query: Any) -> Slice:
    """Return the slice that an address asks for; what makes no sense is left out."""
    month = query.get("month", "")
    is_month = (
        len(month) == 7
        and month.isascii()
        and month[:4].isdecimal()
        and month[4] == "-"
        and month[5:] in _MONTHS
        and month[:4] > "0000"
    )
    tense = query.get("tense", "open")
    return Slice(
        unit=query.get("unit", "")[:40],
        kind=query.get("kind", "")[:20],
        section=query.get("section", "")[:340],
        lamp=query.get("lamp", "") if query.get("lamp", "") in dict(LAMP_WORDS) else "",
        month=month if is_month else "",
        tense=tense if tense in TENSES else "open",
    )


_MONTHS = frozenset(f"{number:02}" for number in range(1, 13))
