"""What clerks type to charge, enter, take back and pay back; how the list is searched."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yingshang.kernel import org
from yingshang.registers.fees.rules import KINDS, FeeRow, yuan

MOST_YUAN = Decimal("999999999.99")
DATE = forms.DateInput(attrs={"type": "date"})


class RowFilter(forms.Form):
    """Search in the public list."""

    word = forms.CharField(label=_("关键词"), required=False, max_length=40)
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *KINDS.items()])
    unit = forms.ChoiceField(label=_("收费单位"), required=False)

    def __init__(self, *args: Any, units: Iterable[org.Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [("", _("全部")), *((unit.code, unit.short_name) for unit in units)]


class ChargeForm(forms.Form):
    """A charge under a row of the list. The payer: by the matter's number, or by identity or credit code."""

    row_code = forms.ChoiceField(label=_("收费项目"), help_text=_("只列出清单上由本单位收取、标准已经写明的项目。"))
    quantity = forms.DecimalField(
        label=_("数量"), min_value=Decimal("0.01"), max_value=Decimal("99999999"), decimal_places=2, initial=1
    )
    dossier_no = forms.CharField(
        label=_("办件编号"), required=False, max_length=60, help_text=_("由申请人缴纳的，写办件编号。")
    )
    payer_code = forms.CharField(
        label=_("缴费人的信用代码或者身份证号码"),
        required=False,
        max_length=40,
        help_text=_("没有办件编号的，写这一项。"),
    )
    exempted_because = forms.CharField(
        label=_("减免依据"),
        required=False,
        max_length=200,
        help_text=_("符合清单写明的减免条件的，写依据；不减免的空着。"),
    )

    def __init__(self, *args: Any, rows: Iterable[FeeRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["row_code"]
        field.choices = [("", _("请选择")), *((row.code, _words(row)) for row in rows)]


class PaperForm(forms.Form):
    """What was taken outside the platform."""

    row_code = forms.CharField(
        label=_("清单编号"), required=False, max_length=20, help_text=_("清单上没有的空着，平台会当作清单之外的收费。")
    )
    name = forms.CharField(label=_("收的是什么"), max_length=120)
    payer_code = forms.CharField(label=_("缴费人的信用代码或者身份证号码"), max_length=40)
    quantity = forms.DecimalField(
        label=_("数量"), min_value=Decimal("0.01"), max_value=Decimal("99999999"), decimal_places=2, initial=1
    )
    amount = forms.DecimalField(label=_("收了多少元"), min_value=Decimal("0.01"), max_value=MOST_YUAN, decimal_places=2)
    taken_on = forms.DateField(label=_("哪一天收的"), widget=DATE)
    receipt_no = forms.CharField(label=_("票据号"), max_length=80)


class ProofForm(forms.Form):
    """Proof of a refund."""

    proof = forms.CharField(label=_("退款凭证号"), max_length=120, help_text=_("银行回单或者支付令的编号。"))


class ReasonForm(forms.Form):
    """Why a charge is taken back."""

    because = forms.CharField(label=_("作废原因"), max_length=200)


class DayForm(forms.Form):
    """A day of the statement."""

    day = forms.DateField(label=_("日期"), required=False, widget=DATE)


def _words(row: FeeRow) -> str:
    if row.per_unit_fen is None:
        return row.name
    return f"{row.name}（{yuan(row.per_unit_fen)}元/{row.per or '件'}）"
