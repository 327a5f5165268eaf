"""What a person writes who takes a disclosure back."""

from __future__ import annotations

from django import forms

LONGEST_REASON = 300


class WithdrawForm(forms.Form):
    """Why it is taken back; everybody reads it."""

    reason = forms.CharField(
        label="撤回的理由",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="理由一直公开：写明哪一项决定变更、撤销、确认违法或者无效。不要写姓名、电话等个人信息。",
    )
