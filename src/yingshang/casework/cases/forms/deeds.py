"""What each deed at the desk asks for. Whether it may be done is the operation's to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.kernel.web import offer

HOW = [
    ("window", _("窗口领取")),
    ("post", _("邮寄")),
    ("online", _("网上送达")),
    ("other", _("其他方式")),
]


def long_text(label: Any, *, required: bool = True, hint: Any = "", rows: int = 4, most: int = 4000) -> forms.CharField:
    """Return a field of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, help_text=hint, max_length=most, widget=widget)


def day(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    """Return a field of one day."""
    return forms.DateField(label=label, required=required, help_text=hint, widget=forms.DateInput)


class Confirm(forms.Form):
    """A deed that needs nothing but the click."""


class Accept(forms.Form):
    """Acceptance; a paper application may have been accepted on an earlier day."""

    accepted_on = day(_("受理日"), hint=_("不填就是今天。补录的纸质件，填受理通知书上的日期。"))


class AcceptTolerantly(forms.Form):
    """Which materials come later, and what the applicant promised."""

    missing = forms.MultipleChoiceField(label=_("还缺哪些材料"), widget=forms.CheckboxSelectMultiple)
    promise = long_text(_("申请人的书面承诺"), most=1000)

    def __init__(self, *args: Any, tolerable: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "missing", tolerable)


class Promise(forms.Form):
    """The promise by which a license is granted at once."""

    promise = long_text(_("承诺书的内容"), required=False, hint=_("申请时已经签过的，可以不填。"))


class Reasons(forms.Form):
    """Why not, and what may be done against it."""

    reason = long_text(_("理由"), hint=_("写清事实和依据，写到哪一条。"))
    remedy = long_text(_("救济途径"))


class Reason(forms.Form):
    """Why."""

    reason = long_text(_("理由"), most=400, rows=3)


class Opinion(forms.Form):
    """What the examiner says."""

    opinion = long_text(_("审查意见"), required=False, rows=3, most=1000)


class Grant(forms.Form):
    """What is granted, and for how long."""

    content = long_text(_("准予的内容"), required=False, rows=3)
    document_no = forms.CharField(
        label=_("决定书文号"), required=False, max_length=60, help_text=_("不填就用办件编号。")
    )
    valid_from = day(_("有效期从哪一天起"))
    valid_to = day(_("到哪一天止"), hint=_("长期有效的不填。"))


class License(forms.Form):
    """What the license says; filled in from the application where it can be."""

    def __init__(self, *args: Any, printed: Sequence[Any], values: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for rule in printed:
            known = next((values[name] for name in rule.names if values.get(name)), "")
            self.fields[rule.key] = forms.CharField(
                label=rule.label, required=rule.required and not rule.takes_title, max_length=400, initial=known
            )


class Deliver(forms.Form):
    """How the result was handed over."""

    how = forms.ChoiceField(label=_("怎样送达"), choices=HOW, widget=forms.RadioSelect)
    tracking_no = forms.CharField(label=_("邮寄单号"), required=False, max_length=60)


class LetterForm(forms.Form):
    """The letter that stands in for the license."""

    text = long_text(_("函的内容"), required=False, hint=_("不填就用事项里写好的内容。"))
    valid_to = day(_("函有效到哪一天"))


class Pause(forms.Form):
    """Which special procedure begins, and what the applicant was told."""

    key = forms.ChoiceField(label=_("特别程序"), widget=forms.RadioSelect)
    notice = long_text(_("怎样书面告知申请人、预计几天"), most=400, rows=3)
    on = day(_("从哪一天起不计时"), hint=_("不填就是今天。"))
    until = day(_("预计哪一天结束"), hint=_("还说不准的不填，结束时再办理“结束特别程序”。"))

    def __init__(self, *args: Any, pauses: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "key", pauses)


class Resume(forms.Form):
    """Which special procedure has ended."""

    key = forms.ChoiceField(label=_("结束哪一项"), widget=forms.RadioSelect)
    on = day(_("从哪一天起恢复计时"), hint=_("不填就是今天。"))

    def __init__(self, *args: Any, pauses: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "key", pauses)


class Approval(forms.Form):
    """The head's answer to a wish for more time."""

    approved = forms.ChoiceField(
        label=_("是否同意延长"), choices=[("yes", _("同意")), ("no", _("不同意"))], widget=forms.RadioSelect
    )
    answer = long_text(_("意见"), required=False, most=400, rows=2)


class Overdue(forms.Form):
    """Why a case was late, in public."""

    reason = long_text(_("超期的原因"), hint=_("对社会公开，不要写申请人的信息。"))
    expected_on = day(_("预计哪一天办结"))


class Check(forms.Form):
    """What the check of one promise found."""

    commitment = forms.ChoiceField(label=_("核查哪一项承诺"), widget=forms.RadioSelect)
    kept = forms.ChoiceField(
        label=_("核查结果"), choices=[("yes", _("属实")), ("no", _("不实"))], widget=forms.RadioSelect
    )
    finding = long_text(_("查了什么、结果怎样"))

    def __init__(self, *args: Any, promises: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "commitment", promises)


class Repair(forms.Form):
    """Which broken promise was repaired, and when."""

    commitment = forms.ChoiceField(label=_("哪一项承诺"), widget=forms.RadioSelect)
    on = day(_("信用修复日"), required=True)

    def __init__(self, *args: Any, promises: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "commitment", promises)


class PapersIn(forms.Form):
    """Which materials came to the window on paper."""

    keys = forms.MultipleChoiceField(label=_("窗口收到了哪些纸质材料"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, materials: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "keys", materials)
