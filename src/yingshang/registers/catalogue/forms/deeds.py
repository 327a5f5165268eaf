"""The forms of the deeds on items: begin, review, publish, end, delegate, move, propose, answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.registers.catalogue.models import Adoption

Pairs = Sequence[tuple[str, str]]


def day(label: Any, hint: Any = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}))


def words(label: Any, most: int, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """Return a field for a few lines."""
    rows = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, help_text=hint, widget=rows, required=required)


class SureForm(forms.Form):
    """No question but the button."""


class NewItemForm(forms.Form):
    """A new item: its name, its kind, its codes, and the name in its address."""

    title = forms.CharField(label=_("事项名称"), max_length=200)
    kind = forms.ChoiceField(label=_("事项类型"), widget=forms.Select)
    basic = forms.ChoiceField(label=_("基本目录中的哪一项"), required=False, help_text=_("行政许可必须选择"))
    code = forms.CharField(
        label=_("实施编码"), max_length=60, required=False, help_text=_("31位。选了基本目录的可以不填，自动生成")
    )
    slug = forms.CharField(
        label=_("网址代号"), max_length=50, help_text=_("小写字母、数字和连字符，例如 food-business；定了不能改")
    )

    def __init__(self, *args: Any, kinds: Pairs, basics: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind", list(kinds)), ("basic", [("", "——"), *basics])):
            field: Any = self.fields[name]
            field.choices = choices


class NewVersionForm(forms.Form):
    """Why the next version, and where it is tried first."""

    changed_because = words(_("为什么改"), 400, _("写明依据和要达到的效果，公布时会一起公布"))
    zone = forms.ChoiceField(label=_("先在哪个园区试"), required=False, help_text=_("不选就是全县施行"))

    def __init__(self, *args: Any, zones: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["zone"]
        field.choices = [("", _("全县施行")), *zones]


class ReviewForm(forms.Form):
    """Agree, or give back with what to change."""

    agree = forms.TypedChoiceField(
        label=_("审核意见"),
        choices=[("yes", _("同意发布")), ("no", _("退回修改"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = words(_("说明"), 400, _("退回的必须写明要改什么"), required=False)


class PublishForm(forms.Form):
    """From which day it holds."""

    effective_from = day(_("从哪一天起施行"), _("今天或者以后；上一版到前一天为止"))


class EndForm(forms.Form):
    """When and why an item ends, and where people go."""

    ended_on = day(_("从哪一天起不再受理"))
    because = words(_("停办的理由"), 400)
    by_text = forms.CharField(label=_("依据的文件"), max_length=200, required=False)
    go_to = words(_("群众以后去哪里办"), 300)


class RollOutForm(forms.Form):
    """A trial goes to the whole county."""

    effective_from = day(_("全县从哪一天起施行"))
    reason = words(_("比较的结果和推广的理由"), 400)


class ReasonForm(forms.Form):
    """A reason."""

    reason = words(_("理由"), 400)


class DelegateForm(forms.Form):
    """To whom, how far, by which document, after which training."""

    to = forms.ChoiceField(label=_("下放到"))
    from_on = day(_("从哪一天起"))
    scope = words(_("下放范围"), 400, _("例如“100平方米以下的小餐饮”"))
    document = forms.CharField(label=_("下放文件"), max_length=200)
    trained_on = day(_("培训日期"), _("不晚于下放的日期"))
    training = words(_("培训情况"), 400, _("内容、人数、考核结果"))

    def __init__(self, *args: Any, units: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = list(units)


class RecallForm(forms.Form):
    """The last day and the reason."""

    last_on = day(_("最后一天"))
    reason = words(_("收回的理由"), 400)


class TransferForm(forms.Form):
    """Which items move to which unit and seal."""

    slugs = forms.MultipleChoiceField(label=_("划转哪些事项"), widget=forms.CheckboxSelectMultiple)
    to = forms.ChoiceField(label=_("划转到哪个单位"))
    from_on = day(_("从哪一天起"))
    document = forms.CharField(label=_("批准划转的文件"), max_length=200)
    seal = forms.CharField(label=_("用哪一枚印章"), max_length=80)
    regulator = words(_("划转以后由谁监管"), 200)

    def __init__(self, *args: Any, items: Pairs, units: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("slugs", items), ("to", units)):
            field: Any = self.fields[name]
            field.choices = list(choices)


class PracticeForm(forms.Form):
    """A practice and the units that are asked."""

    title = forms.CharField(label=_("改革经验名称"), max_length=120)
    tried_in = forms.CharField(label=_("在哪里试的"), max_length=120)
    zone = forms.ChoiceField(label=_("是本县哪个园区试的"), required=False)
    what = words(_("做了什么"), 2000)
    effect = words(_("效果"), 1000, _("写数字，并写明怎么得来的"))
    source = forms.CharField(label=_("出处"), max_length=200)
    decide_by = day(_("各单位在哪一天前答复"))
    units = forms.MultipleChoiceField(label=_("请哪些单位答复"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, units: Pairs, zones: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("units", list(units)), ("zone", [("", _("不是")), *zones])):
            field: Any = self.fields[name]
            field.choices = choices


class AnswerForm(forms.Form):
    """What one's unit makes of a practice."""

    decision = forms.ChoiceField(
        label=_("答复"),
        choices=[choice for choice in Adoption.Decision.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    reason = words(_("怎么用，或者为什么不用"), 600)
    items = forms.MultipleChoiceField(
        label=_("改变本单位的哪些事项"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, items: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["items"]
        field.choices = list(items)


class FilterForm(forms.Form):
    """Which items of the county: of a unit, of a kind, of a class of the reform."""

    unit = forms.ChoiceField(label=_("单位"), required=False)
    kind = forms.ChoiceField(label=_("事项类型"), required=False)
    reform_class = forms.ChoiceField(label=_("证照分离改革方式"), required=False)

    def __init__(self, *args: Any, units: Pairs, kinds: dict[str, str], classes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = (("unit", units), ("kind", kinds.items()), ("reform_class", classes.items()))
        for name, choices in lists:
            field: Any = self.fields[name]
            field.choices = [("", _("全部")), *choices]
