"""What people type and choose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Survey, Version
from yingshang.conduct.surveys.queries import Layout
from yingshang.kernel import draws
from yingshang.kernel.parties import Party, Roll
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

    def clean_code(self) -> str:
        """Return the code; one that was mistyped is told to be, which says nothing of any code."""
        typed = str(self.cleaned_data["code"])
        if not rules.is_code(typed):
            raise forms.ValidationError(_("输错了：少了、多了一位，或者有一位不对。请对照卡片再输入一次。"))
        return typed


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


class CardShape(forms.Form):
    """In which shape the cards come."""

    shape = forms.ChoiceField(
        label=_("答题卡"),
        choices=[("pdf", _("PDF，打印后剪开，有二维码")), ("xlsx", _("Excel表格，只有答题码"))],
        widget=forms.RadioSelect,
        initial="pdf",
    )


class Choosing(forms.Form):
    """Out of which list, and all of them or some."""

    roll = forms.ChoiceField(label=_("问哪个名册里的"), widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("怎么发"), choices=Survey.Way.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "roll", [(one.code, f"{one.title}：{one.hint}") for one in queries.rolls()])


class Framing(forms.Form):
    """Whom to ask, until when, and how the frame is divided."""

    title = forms.CharField(label=_("调查名称"), max_length=80, help_text=_("答卷的人和看结果的人都会看到。"))
    code = forms.SlugField(label=_("代号"), max_length=40, help_text=CODE_HELP)
    kinds = forms.MultipleChoiceField(label=_("问哪些"), widget=forms.CheckboxSelectMultiple)
    dealt_from = forms.DateField(label=_("从哪一天起"), widget=forms.DateInput)
    dealt_to = forms.DateField(label=_("到哪一天止"), widget=forms.DateInput)
    layered_by = forms.ChoiceField(
        label=_("按什么分层"),
        required=False,
        help_text=_("结果会分层公布。户数太少的层自动合在一起，免得认出是谁。"),
    )
    grouped_by = forms.ChoiceField(label=_("按什么分群"), help_text=_("抽中的群才发。户数太少的群自动合在一起。"))
    domain_question = forms.ChoiceField(
        label=_("结果再按哪道题分开公布"), required=False, help_text=_("只能选单选题；分到哪一组，由答卷的人自己说。")
    )
    skip_asked = forms.BooleanField(label=_("收到过这份问卷的不再发"), required=False)
    last_day = forms.DateField(label=_("截止日"), widget=forms.DateInput, help_text=_("这一天还可以答。"))

    def __init__(self, *args: Any, roll: Roll, way: str, version: Version, **options: Any) -> None:
        super().__init__(*args, **options)
        known = queries.attributes(roll)
        words = dict(Party.Kind.choices)
        offer(self, "kinds", [(kind, words[kind]) for kind in roll.kinds])
        offer(self, "layered_by", [(key, each.title) for key, each in known.items()])
        offer(self, "grouped_by", [(key, each.title) for key, each in known.items() if each.is_group])
        asked = rules.questions_of(version.questions)
        single = [(each.key, each.title) for each in asked if each.kind == "single"]
        offer(self, "domain_question", [("", _("不分")), *single])
        unused = [] if roll.takes_days else ["dealt_from", "dealt_to"]
        unused += [] if way in (Survey.Way.CLUSTERS, Survey.Way.TWO_STAGE) else ["grouped_by"]
        for name in unused:
            del self.fields[name]

    def clean_layered_by(self) -> str:
        """Return the attribute; the kind of the party where nothing was chosen."""
        return str(self.cleaned_data["layered_by"] or rules.KIND)


class Sizing(draws.RandomnessForm):
    """How many are drawn of each stratum, and where the randomness comes from."""

    def __init__(self, *args: Any, layout: Layout, way: str, sizes: Mapping[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = {f"size_{place}": part.key for place, part in enumerate(layout.strata, start=1)}
        for (name, key), part in zip(self.names.items(), layout.strata, strict=True):
            there = part.population if way == Survey.Way.SAMPLE else len(layout.clusters_of(key))
            words = _("“%(title)s”抽多少户") if way == Survey.Way.SAMPLE else _("“%(title)s”抽几个群")
            self.fields[name] = forms.IntegerField(
                label=words % {"title": part.title},
                min_value=1,
                max_value=there,
                initial=sizes.get(key, there),
                help_text=_("一共%(there)d。") % {"there": there},
            )
        if way == Survey.Way.TWO_STAGE:
            self.fields["within"] = forms.IntegerField(
                label=_("抽中的群里，每群抽多少户"), min_value=1, initial=sizes.get("within"), max_value=100_000
            )
        self.order_fields([*self.names, "within"])

    def plan(self) -> dict[str, Any]:
        """Return what ``plan_survey`` takes of it."""
        given = dict(self.cleaned_data)
        sizes = {key: given.pop(name) for name, key in self.names.items()}
        return {"sizes": sizes, **given}


class Drawn(CardShape):
    """Opening what was drawn: until when, and in which shape the cards come."""

    last_day = forms.DateField(label=_("截止日"), widget=forms.DateInput, help_text=_("这一天还可以答。"))
    field_order = ("last_day", "shape")


class Withholding(forms.Form):
    """Why results are not published."""

    reason = forms.CharField(label=_("不公布的原因"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class Merging(forms.Form):
    """A stratum or cluster with one answer, and the one it is merged with."""

    stratum = forms.ChoiceField(label=_("只有一份答卷的层或者群"))
    into = forms.ChoiceField(
        label=_("并入哪一个计算误差"), help_text=_("选情况最相近的；群只能并入同一层的群。权重不变，只合算误差。")
    )

    def __init__(self, *args: Any, survey: Survey, **options: Any) -> None:
        super().__init__(*args, **options)
        names = queries.sheets_of(survey).names
        choices = [(key, names[key]) for key in queries.mergeable(survey)]
        for name in ("stratum", "into"):
            offer(self, name, choices)
