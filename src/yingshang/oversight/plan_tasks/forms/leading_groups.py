"""Forms of the leading group and its special groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from yingshang.kernel import org
from yingshang.oversight.plan_tasks.models import Seat

DAY = forms.DateInput(attrs={"type": "date"})


class SeatForm(forms.Form):
    """Who sits in a group: whoever holds a post, or one person by name."""

    role = forms.ChoiceField(label="组内职务", choices=Seat.Role.choices)
    unit = forms.ChoiceField(label="单位")
    post = forms.ChoiceField(label="按岗位确定", required=False, help_text="岗位换人，组内成员随着换。")
    name = forms.CharField(label="或者确定到人：姓名", required=False, max_length=60)
    since = forms.DateField(label="任职日期", widget=DAY, error_messages={"required": "请填写任职日期。"})
    source = forms.CharField(
        label="依据",
        max_length=200,
        help_text="确定成员的文件，例如文号。",
        error_messages={"required": "请填写依据。"},
    )

    def __init__(self, *args: Any, units: Iterable[org.Unit], posts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].choices = [(unit.code, unit.short_name) for unit in units]
        fields["post"].choices = [("", "——"), *posts]

    def clean(self) -> dict[str, Any]:
        """Find the person by name among those who hold a post of the unit on the day."""
        given: dict[str, Any] = super().clean() or {}
        post, name = given.get("post", ""), (given.get("name") or "").strip()
        given["person"] = ""
        if bool(post) == bool(name):
            self.add_error("post", "请选择岗位，或者填写姓名，二者选一。")
        elif name and given.get("unit") and given.get("since"):
            given["person"] = self._pseudonym(name, given["unit"], given["since"])
        return given

    def _pseudonym(self, name: str, unit: str, since: date) -> str:
        held = org.Appointment.objects.filter(post__unit__code=unit).on(since).values("person_id")
        found = org.Person.objects.filter(pk__in=held, name__in=[name, f"{name}（演示）"])
        if len(found) == 1:
            return found[0].pseudonym
        said = (
            "这个单位那一天有几位同名的人，请按岗位确定。" if found else "这个单位那一天没有这位在任人员，请核对姓名。"
        )
        self.add_error("name", said)
        return ""


class UnseatForm(forms.Form):
    """From when a member no longer sits there, and why."""

    last_day_gone = forms.DateField(label="从哪一天起离任", widget=DAY, error_messages={"required": "请填写离任日期。"})
    reason = forms.CharField(label="离任原因", max_length=200, error_messages={"required": "请写明原因。"})


class HandOverForm(SeatForm):
    """Who takes the seat over, from when, and why."""

    reason = forms.CharField(label="原成员离任原因", max_length=200, error_messages={"required": "请写明原因。"})
    field_order = ("unit", "post", "name", "since", "source", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["role"]


class DescribeForm(forms.Form):
    """What a group does, and which parts of the plan it looks after."""

    duties = forms.CharField(
        label="职责",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行写一条。",
    )
    sections = forms.TypedMultipleChoiceField(
        label="牵头方案的哪些部分", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sections: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sections"]
        field.choices = list(sections)
