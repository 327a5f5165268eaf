"""What evaluators, the bureau and units type and choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.kernel.web import OneFileField, offer
from yingshang.oversight.evaluation.models import Method

YEARS = (2019, 2100)


def _rows(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count})


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(), **options)


def _open_evidence() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("证据可以随结果公开"),
        required=False,
        help_text=_("没有个人信息、商业秘密和国家秘密的才勾选；不勾选的只公布文件的SHA-256。"),
    )


class Commission(forms.Form):
    """What the bureau commissions, with whom, under which contract."""

    title = forms.CharField(label=_("名称"), max_length=100)
    code = forms.SlugField(label=_("编号"), max_length=40, help_text=_("小写字母、数字和短横线，例如mulan-2026。"))
    year = forms.IntegerField(label=_("评价哪一年"), min_value=YEARS[0], max_value=YEARS[1])
    place = forms.CharField(label=_("被评价的地方"), max_length=60, help_text=_("和数据表里的写法一致，例如木兰县。"))
    evaluator = forms.ChoiceField(label=_("第三方机构"))
    contract_no = forms.CharField(label=_("合同编号"), max_length=60)
    contract_from = _day(_("合同开始日"))
    contract_to = _day(_("合同终止日"))

    def __init__(self, *args: Any, evaluators: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "evaluator", [("", ""), *evaluators])


class InterestForm(forms.Form):
    """Whether one has a conflict of interest."""

    has_conflict = forms.TypedChoiceField(
        label=_("与被评价的单位有没有利益冲突"),
        choices=[("no", _("没有")), ("yes", _("有"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("说明"),
        max_length=400,
        required=False,
        widget=_rows(3),
        help_text=_("有利益冲突的，写明与谁、有什么关系。声明会随结果公布。"),
    )


class EditionForm(forms.Form):
    """An edition: one of the county's, or a file."""

    known = forms.ChoiceField(label=_("县里的指标版本"), required=False)
    file = OneFileField(label=_("或者上传指标版本文件（YAML）"), required=False, max_length=200)

    def __init__(self, *args: Any, known: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "known", [("", _("不用县里的")), *[(key, key) for key in known]])

    def clean(self) -> dict[str, Any]:
        """Refuse a form with neither or both."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("known")) == bool(cleaned.get("file")) and not self.errors:
            raise forms.ValidationError(_("请选一个县里的指标版本，或者上传一个文件。"))
        return cleaned


class ValueForm(forms.Form):
    """One value with its source."""

    series = forms.ChoiceField(label=_("数据项"))
    place = forms.CharField(label=_("地方"), max_length=60)
    written = forms.CharField(label=_("值"), max_length=40, help_text=_("数字，或者指标版本约定的词，例如“未知”。"))
    method = forms.ChoiceField(label=_("采集方式"), choices=Method.choices)
    interview = forms.ChoiceField(
        label=_("哪一次访谈"), required=False, help_text=_("企业访谈里说的才选：来源、采集人、日期和证据都按那次访谈。")
    )
    source_ref = forms.CharField(
        label=_("来源"),
        max_length=200,
        required=False,
        help_text=_("写明从哪里来，例如文件文号、座谈记录、网址。选了访谈的不用填。"),
    )
    low = forms.CharField(
        label=_("区间下端"), max_length=40, required=False, help_text=_("值有误差范围的才填，例如问卷的95%区间。")
    )
    high = forms.CharField(label=_("区间上端"), max_length=40, required=False)
    collector = forms.CharField(label=_("采集人"), max_length=120)
    collected_on = _day(_("采集日期"))
    part = forms.CharField(label=_("部分"), max_length=60, required=False, help_text=_("按乡镇等分部分采集的才填。"))
    share = forms.CharField(
        label=_("份额"), max_length=20, required=False, help_text=_("这一部分占多少，例如0.55或者1/3。")
    )
    is_verified = forms.BooleanField(label=_("已经核实"), required=False)
    note = forms.CharField(label=_("说明"), max_length=400, required=False)
    evidence = OneFileField(label=_("证据文件"), required=False, max_length=200, help_text=_("不超过{largest}。"))
    evidence_is_open = _open_evidence()

    def __init__(self, *args: Any, series: dict[str, str], interviews: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "series", [("", ""), *series.items()])
        offer(self, "interview", [("", _("不是访谈")), *interviews.items()])

    def clean(self) -> dict[str, Any]:
        """Refuse a value without a source, unless an interview is its source."""
        cleaned = super().clean() or {}
        if not cleaned.get("source_ref") and not cleaned.get("interview"):
            self.add_error("source_ref", _("请写明来源，或者选一次访谈。"))
        return cleaned


class InquiryForm(forms.Form):
    """For which of its series a unit is asked."""

    series = forms.MultipleChoiceField(label=_("要哪些数据项"), widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(label=_("要说明什么"), max_length=400, required=False, widget=_rows(3))

    def __init__(self, *args: Any, series: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "series", list(series.items()))
        self.initial.setdefault("series", list(series))


class StatementForm(forms.Form):
    """What a unit states of one series, with its evidence."""

    written = forms.CharField(label=_("值"), max_length=40)
    note = forms.CharField(
        label=_("怎样统计的"),
        max_length=400,
        required=False,
        widget=_rows(3),
        help_text=_("口径、时间范围、数据出处。"),
    )
    evidence = OneFileField(
        label=_("证据文件"), required=False, max_length=200, help_text=_("台账、报表或者文件，不超过{largest}。")
    )
    evidence_is_open = _open_evidence()

    def __init__(self, *args: Any, unit: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["written"].help_text = (
            _("只写数字，单位是“%(unit)s”。没有数据的写“未知”。") % {"unit": unit}
            if unit
            else _("没有数据的写“未知”。")
        )


class InterviewForm(forms.Form):
    """Who was interviewed, when, with which consent, and the minutes."""

    enterprise = forms.CharField(label=_("企业名称"), max_length=120, help_text=_("只有评估机构看得到，不公布。"))
    described = forms.CharField(
        label=_("公开的说法"), max_length=100, help_text=_("看不出是哪一家，例如“一家餐饮业小微企业”。")
    )
    interviewer = forms.CharField(label=_("访谈人"), max_length=120)
    interviewed_on = _day(_("访谈日期"))
    has_consented = forms.BooleanField(
        label=_("企业同意接受访谈，并同意使用它说的数据"), required=False, help_text=_("没有同意的不能登记。")
    )
    minutes = OneFileField(
        label=_("访谈记录"), required=False, max_length=200, help_text=_("不超过{largest}，只有评估机构看得到。")
    )


class FigureForm(forms.Form):
    """Which figure of a survey becomes the value of which series."""

    figure = forms.ChoiceField(label=_("取哪一个数字"))
    series = forms.ChoiceField(label=_("作为哪个数据项的值"))
    method = forms.ChoiceField(
        label=_("采集方式"),
        choices=[(Method.QUESTIONNAIRE, Method.QUESTIONNAIRE.label), (Method.APPRAISAL, Method.APPRAISAL.label)],
        help_text=_("问企业的是问卷调查，问群众的是市民评议。"),
    )

    def __init__(self, *args: Any, figures: Sequence[tuple[str, str]], series: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "figure", [("", ""), *figures])
        offer(self, "series", [("", ""), *series.items()])


class SettleForm(forms.Form):
    """Which of differing values counts, and why."""

    value = forms.ChoiceField(label=_("取哪一个值"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), max_length=400, widget=_rows(3), help_text=_("理由会随结果公布。"))

    def __init__(self, *args: Any, values: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "value", values)


class AskedForm(forms.Form):
    """Who asked for another number, and what was answered."""

    who = forms.CharField(label=_("谁"), max_length=120, help_text=_("单位和职务。"))
    how = forms.CharField(label=_("以什么方式"), max_length=60, help_text=_("例如电话、当面、来函。"))
    asked_on = _day(_("哪一天"))
    series = forms.ChoiceField(label=_("数据项"))
    place = forms.CharField(label=_("地方"), max_length=60)
    wanted = forms.CharField(label=_("想改成什么"), max_length=200)
    answer = forms.CharField(label=_("怎样答复"), max_length=400, widget=_rows(3))

    def __init__(self, *args: Any, series: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "series", [("", ""), *series.items()])


class ScoreForm(forms.Form):
    """Why it is scored again."""

    why = forms.CharField(label=_("为什么重新计分"), max_length=200)


class AnswerForm(forms.Form):
    """What the evaluator found of an objection."""

    is_accepted = forms.TypedChoiceField(
        label=_("结果"),
        choices=[("yes", _("采纳")), ("no", _("不采纳"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("答复"), max_length=1000, widget=_rows(4))


class PublishForm(forms.Form):
    """Whether ranks are shown."""

    shows_ranking = forms.BooleanField(
        label=_("公布各地名次"), required=False, help_text=_("一般不公布：评价由省里组织，县里只看差距。")
    )


class ObjectForm(forms.Form):
    """What is wrong with a value."""

    text = forms.CharField(
        label=_("异议"),
        max_length=1000,
        widget=_rows(5),
        help_text=_("写明哪个值不对、应该是多少、依据是什么。异议和答复会随结果公布。"),
    )
    evidence = OneFileField(
        label=_("证据文件"),
        required=False,
        max_length=200,
        help_text=_("不超过{largest}。只有评估机构看得到，不公布。"),
    )


class ExtractForm(forms.Form):
    """A period, a kind of matters, some of its items, and from where to where each is looked at."""

    first = _day(_("第一天"), help_text=_("这段时间里办完的件才算。"))
    last = _day(_("最后一天"))
    stretch = forms.ChoiceField(label=_("量哪一段"), widget=forms.RadioSelect)
    subjects = forms.MultipleChoiceField(
        label=_("哪些事项"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个也不选，就是这一种的全部事项。"),
    )
    title = forms.CharField(label=_("名称"), max_length=100, required=False, help_text=_("不写就用种类的名称。"))

    def __init__(
        self, *args: Any, stretches: Sequence[tuple[str, str]], subjects: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "stretch", stretches)
        offer(self, "subjects", subjects)


class LogForm(forms.Form):
    """An outside log, and what its columns are called."""

    file = OneFileField(
        label=_("日志文件（CSV或者XES）"),
        max_length=200,
        help_text=_("一行一个事件。CSV用UTF-8编码。不超过{largest}。文件本身不保存，只保存算出的数和文件的SHA-256。"),
    )
    title = forms.CharField(label=_("名称"), max_length=100, required=False)
    case = forms.CharField(label=_("“案件”一列叫什么"), max_length=100, required=False, help_text=_("不填就按case找。"))
    activity = forms.CharField(
        label=_("“办理动作”一列叫什么"), max_length=100, required=False, help_text=_("不填就按activity找。")
    )
    moment = forms.CharField(label=_("“时间”一列叫什么"), max_length=100, required=False, help_text=_("不填就按at找。"))
    unit = forms.CharField(
        label=_("“单位”一列叫什么"), max_length=100, required=False, help_text=_("不填就按unit找，没有也可以。")
    )
    zone = forms.CharField(
        label=_("没写时区的时间，按哪个时区"),
        max_length=60,
        required=False,
        help_text=_("文件里的时间写了时区的，不填。没写的，问清楚以后填，例如Asia/Shanghai；不填就不收。"),
    )


class TakeForm(forms.Form):
    """Which figure of a line becomes the value of which series."""

    figure = forms.ChoiceField(label=_("取哪个数"), widget=forms.RadioSelect)
    series = forms.ChoiceField(label=_("数据项"))
    place = forms.CharField(label=_("地方"), max_length=60)

    def __init__(
        self, *args: Any, figures: Sequence[tuple[str, str]], series: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "figure", figures)
        offer(self, "series", [("", ""), *series])
