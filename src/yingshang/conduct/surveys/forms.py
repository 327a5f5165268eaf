"""What people type and choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.conduct.surveys import rules
from yingshang.conduct.surveys.models import Survey
from yingshang.kernel.web import offer

CODE_HELP = _("小写字母、数字和横线，例如 2026-open；定了不能改。")


class CodeForm(forms.Form):
    """The answer code on the card."""

    code = forms.CharField(
        label=_("答题码"),
        max_length=40,
        help_text=_("卡片上的16位数字和字母，大小写、横线都不要紧。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class NewQuestionnaire(forms.Form):
    """A questionnaire to begin."""

    title = forms.CharField(label=_("问卷名称"), max_length=80)
    code = forms.SlugField(label=_("代号"), max_length=40, help_text=CODE_HELP)


class NewQuestion(forms.Form):
    """A question to add to the draft."""

    title = forms.CharField(label=_("题目"), max_length=rules.LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("题型"), choices=list(rules.KINDS.items()), widget=forms.RadioSelect)
    options = forms.CharField(
        label=_("选项"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("单选、多选要写，一行一个；其他题型不写。"),
    )
    optional = forms.BooleanField(label=_("可以不答"), required=False)

    def question(self) -> dict[str, Any]:
        """Return the question as a deed takes it."""
        given = self.cleaned_data
        options = [line.strip() for line in given["options"].splitlines() if line.strip()]
        return {"title": given["title"], "kind": given["kind"], "options": options, "required": not given["optional"]}


class Opening(forms.Form):
    """Whom to ask, until when, and in which shape the cards come."""

    title = forms.CharField(label=_("调查名称"), max_length=80, help_text=_("答卷的人和看结果的人都会看到。"))
    code = forms.SlugField(label=_("代号"), max_length=40, help_text=CODE_HELP)
    kinds = forms.MultipleChoiceField(
        label=_("问哪些市场主体"),
        choices=list(rules.STRATA.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("选中的每一户都发，不挑选；今年已经收到上限份数的不发。"),
    )
    last_day = forms.DateField(label=_("截止日"), widget=forms.DateInput, help_text=_("这一天还可以答。"))


class CardShape(forms.Form):
    """In which shape the cards come."""

    shape = forms.ChoiceField(
        label=_("答题卡"),
        choices=[("pdf", _("PDF，打印后剪开，有二维码")), ("xlsx", _("Excel表格，只有答题码"))],
        widget=forms.RadioSelect,
        initial="pdf",
    )


class OpeningWithCards(Opening, CardShape):
    """A survey to open, and its cards."""

    field_order = ("title", "code", "kinds", "last_day", "shape")


class Withholding(forms.Form):
    """Why results are not published."""

    reason = forms.CharField(label=_("不公布的原因"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class Merging(forms.Form):
    """A stratum with one answer, and the one it is merged with."""

    stratum = forms.ChoiceField(label=_("只有一份答卷的层"))
    into = forms.ChoiceField(label=_("并入哪一层计算误差"), help_text=_("选情况最相近的一层。权重不变，只合算误差。"))

    def __init__(self, *args: Any, survey: Survey, **options: Any) -> None:
        super().__init__(*args, **options)
        strata = [(each.key, each.title) for each in survey.strata.order_by("pk")]
        for name in ("stratum", "into"):
            offer(self, name, strata)
