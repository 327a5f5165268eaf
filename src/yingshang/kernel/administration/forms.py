"""What people type on the pages of administration."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from yingshang.kernel import org
from yingshang.kernel.web import offer

USERNAME = RegexValidator(
    re.compile(r"^[A-Za-z][A-Za-z0-9._-]{2,29}\Z"), _("登录名用字母开头，3到30个字母、数字、点或横线。")
)
UNIT_CODE = RegexValidator(re.compile(r"^[a-z][a-z0-9-]{0,39}\Z"), _("代码用小写字母开头，例如 scjgj。"))


class OwnPassword(forms.Form):
    """A password typed twice by its owner."""

    password = forms.CharField(
        label=_("密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), max_length=128
    )
    again = forms.CharField(
        label=_("再输入一次密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), max_length=128
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("两次输入的密码不一样。"))
        elif password:
            try:
                validate_password(password, get_user_model()(username=cleaned.get("username", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class FirstAdministrator(OwnPassword):
    """One of the three makes their own account."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    username = forms.CharField(label=_("登录名"), validators=[USERNAME], help_text=_("例如 zhangwei"))
    is_another_person = forms.BooleanField(label=_("我是本人，不是另外两位管理员"))

    field_order = ["name", "username", "password", "again", "is_another_person"]


class NewPerson(forms.Form):
    """Open an account."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    username = forms.CharField(label=_("登录名"), validators=[USERNAME], help_text=_("例如 zhangwei"))


class OnDay(forms.Form):
    """A deed with its day."""

    on = forms.DateField(label=_("生效日期"), widget=forms.DateInput)


class FoundUnit(OnDay):
    """A new unit."""

    code = forms.CharField(label=_("代码"), validators=[UNIT_CODE], help_text=_("拼音首字母，例如 scjgj"))
    name = forms.CharField(label=_("全称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=60)
    kind = forms.ChoiceField(label=_("类别"), choices=org.Unit.Kind.choices)
    parent: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("上级"), queryset=None, to_field_name="code")
    counts_only = forms.BooleanField(label=_("只收数量和状态，不催办、不排名"), required=False)

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = org.Unit.objects.on(day)  # type: ignore[attr-defined]


class RenameUnit(OnDay):
    """A new name."""

    name = forms.CharField(label=_("新全称"), max_length=120)
    short_name = forms.CharField(label=_("新简称"), max_length=60)


class CloseUnit(OnDay):
    """Merge into another unit, or abolish."""

    into: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("并入哪个单位"), queryset=None, to_field_name="code", required=False, empty_label=_("不并入，直接撤销")
    )

    def __init__(self, *args: Any, unit: org.Unit, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = org.Unit.objects.on(day).exclude(pk=unit.pk)  # type: ignore[attr-defined]


class Membership(OnDay):
    """A unit joins a group or leaves it."""

    group = forms.ModelChoiceField(label=_("单位组"), queryset=org.Group.objects.all(), to_field_name="code")
    deed = forms.ChoiceField(label=_("办什么"), choices=[("join", _("列入")), ("leave", _("退出"))])
    source = forms.CharField(label=_("依据"), max_length=120, help_text=_("写明文件名称和文号"))


class OpenPost(OnDay):
    """A post that other units have."""

    code = forms.ChoiceField(label=_("岗位"))

    def __init__(self, *args: Any, unit: org.Unit, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        has = org.Post.objects.on(day).filter(unit=unit).values("code")
        known = org.Post.objects.exclude(code__in=has).order_by("code").values_list("code", "title")
        offer(self, "code", dict(known).items())


class Appoint(OnDay):
    """A post for a person."""

    post: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("岗位"), queryset=None)

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = org.Post.objects.on(day).filter(unit__valid_to__isnull=True).select_related("unit")
        field = self.fields["post"]
        field.queryset = posts.order_by("unit__path", "code")  # type: ignore[attr-defined]
        field.label_from_instance = lambda post: f"{post.unit.short_name}：{post.title}"  # type: ignore[attr-defined]


class GiveDuty(OnDay):
    """A duty for a person."""

    duty = forms.ChoiceField(label=_("三员职责"), choices=org.Administrator.Duty.choices)


class Delegate(forms.Form):
    """Who stands in, from when until when."""

    post: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("岗位"), queryset=None)
    to_person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("委托给"), queryset=None)
    first = forms.DateField(label=_("从哪一天起"), widget=forms.DateInput)
    until = forms.DateField(label=_("到哪一天止"), widget=forms.DateInput, help_text=_("从这一天起不再代理"))
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, *args: Any, person: org.Person, unit: org.Unit, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = org.posts_held(person, day, in_unit=unit)
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        colleagues = org.Person.objects.filter(appointments__post__unit=unit).exclude(pk=person.pk).distinct()
        self.fields["to_person"].queryset = colleagues  # type: ignore[attr-defined]


class Explain(forms.Form):
    """Which deed, by whom, to what."""

    action = forms.ChoiceField(label=_("办什么事"))
    person = forms.CharField(label=_("谁来办"), required=False, max_length=40, help_text=_("人员代号；不填就是您自己"))
    subject = forms.CharField(label=_("对象编号"), required=False, max_length=40)

    def __init__(self, *args: Any, actions: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(action, f"{title}（{action}）") for action, title in actions.items()]
        offer(self, "action", choices)
