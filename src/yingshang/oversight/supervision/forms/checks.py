"""What people type about checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.kernel import org
from yingshang.oversight.supervision.forms.reports import papers_field
from yingshang.oversight.supervision.models import CheckPlan
from yingshang.oversight.supervision.rules import checks as rules


class _WhomAndWho(forms.Form):
    """Units, an area and people to choose from."""

    def __init__(
        self,
        *args: Any,
        units: Iterable[org.Unit],
        areas: Mapping[str, str],
        people: Iterable[tuple[org.Person, org.Unit]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["units"].choices = [(each.code, each.short_name) for each in units]
        fields["area"].choices = [("", "——"), *areas.items()]
        fields["team"].choices = [(person.pseudonym, f"{person.name}　{unit.short_name}") for person, unit in people]


class PlanForm(_WhomAndWho):
    """A plan of checks: kind, content, objects, scope, the day and the team."""

    title = forms.CharField(label=_("方案名称"), max_length=120)
    kind = forms.ChoiceField(
        label=_("方式"),
        help_text=_("随机抽查的单位和人员由封存抽签决定，在“随机抽查”里安排。暗访在检查以前，被检查单位看不到。"),
        choices=[(value, word) for value, word in CheckPlan.Kind.choices if value != rules.RANDOM],
        widget=forms.RadioSelect,
    )
    area = forms.ChoiceField(label=_("领域"))
    content = forms.CharField(label=_("查什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    scope = forms.CharField(label=_("查哪些环节"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    units = forms.MultipleChoiceField(label=_("查哪些单位"), widget=forms.CheckboxSelectMultiple)
    day = forms.DateField(label=_("哪一天"), widget=forms.DateInput)
    team = forms.MultipleChoiceField(
        label=_("检查组"), help_text=_("不能有被检查单位的人员。"), widget=forms.CheckboxSelectMultiple
    )


class FindingForm(forms.Form):
    """A problem found."""

    what = forms.CharField(label=_("发现了什么问题"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    due_date = forms.DateField(
        label=_("整改到哪一天"), help_text=_("不填就按县里规定的整改期限。"), required=False, widget=forms.DateInput
    )
    papers = papers_field()


class AnswerForm(forms.Form):
    """How a finding was put right."""

    text = forms.CharField(label=_("怎样整改的"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    papers = papers_field()


class ReviewForm(forms.Form):
    """The decision on a review."""

    is_upheld = forms.TypedChoiceField(
        label=_("决定"),
        choices=[("no", _("维持结论")), ("yes", _("异议成立，更正结论"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class RandomForm(_WhomAndWho):
    """A draw for random checks: the pool, how many, and who may go."""

    title = forms.CharField(label=_("方案名称"), max_length=120)
    area = forms.ChoiceField(label=_("领域"))
    content = forms.CharField(label=_("查什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    scope = forms.CharField(label=_("查哪些环节"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    count = forms.IntegerField(label=_("抽几个单位"), min_value=1, max_value=200)
    units = forms.MultipleChoiceField(
        label=_("对象名录"),
        help_text=_("近期查过的、已经安排检查的，封存时自动排除并写明原因。"),
        widget=forms.CheckboxSelectMultiple,
    )
    team = forms.MultipleChoiceField(
        label=_("人员名录"), help_text=_("本单位的人员自动回避。"), widget=forms.CheckboxSelectMultiple
    )


class DayForm(forms.Form):
    """The day of the checks that were drawn."""

    day = forms.DateField(label=_("哪一天检查"), widget=forms.DateInput)
