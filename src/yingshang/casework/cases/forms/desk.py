"""How an officer narrows the to-do list, and the name under which it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.casework.cases.forms.deeds import HOW
from yingshang.casework.cases.models import Channel
from yingshang.kernel.web import offer

STATES = [
    ("", _("所有在办的")),
    ("submitted", _("待受理")),
    ("correcting", _("等申请人补正")),
    ("review", _("审查中")),
    ("deciding", _("待决定")),
    ("granted", _("待送达")),
    ("ended", _("已办结")),
]
DUES = [
    ("", _("不限")),
    ("late", _("已超期")),
    ("today", _("今天到期")),
    ("week", _("七天内到期")),
    ("none", _("没有期限或者停止计时")),
]

TOLERATED = [("", _("不限")), ("on", _("只看容缺待补的"))]
MINE = [("", _("不限")), ("on", _("只看我办过的"))]


class DeskFilter(forms.Form):
    """Which cases to list; an empty field does not narrow."""

    state = forms.ChoiceField(label=_("办到哪一步"), choices=STATES, required=False)
    item = forms.ChoiceField(label=_("事项"), required=False)
    due = forms.ChoiceField(label=_("期限"), choices=DUES, required=False)
    channel = forms.ChoiceField(label=_("怎样收到的"), required=False)
    tolerated = forms.ChoiceField(label=_("容缺"), choices=TOLERATED, required=False)
    mine = forms.ChoiceField(label=_("谁办的"), choices=MINE, required=False)

    def __init__(self, *args: Any, items: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "item", [("", _("所有事项")), *items])
        offer(self, "channel", [("", _("所有渠道")), *Channel.choices])

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen; a value that no list has narrows nothing."""
        if self.is_bound:
            self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class SaveFilterForm(forms.Form):
    """A name for the filter that is on."""

    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如“本周到期的食品经营许可”。"))
    is_shared = forms.BooleanField(label=_("本单位同事也能用"), required=False)


class ScanForm(forms.Form):
    """What a scanner types, or a person."""

    q = forms.CharField(label=_("扫码或者输入办件编号"), max_length=300)


class ManyForm(forms.Form):
    """Which cases, and why all at once."""

    numbers = forms.MultipleChoiceField(label=_("选择办件"), widget=forms.CheckboxSelectMultiple)
    how = forms.ChoiceField(label=_("怎样送达"), choices=HOW, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("为什么可以一起办"), max_length=200, help_text=_("例如“材料都已逐件核对齐全”。"))

    def __init__(self, *args: Any, rows: Sequence[Any], asks_how: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        words = [(row.number, f"{row.number}　{row.item}　{row.applicant}") for row in rows]
        offer(self, "numbers", words)
        if not asks_how:
            del self.fields["how"]
