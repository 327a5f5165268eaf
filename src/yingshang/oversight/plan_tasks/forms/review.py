"""Forms of the review and of naming units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from yingshang.kernel import org
from yingshang.kernel.web import OneFileField
from yingshang.oversight.plan_tasks.models import Question, Reading


class UploadForm(forms.Form):
    """One document to read."""

    file = OneFileField(
        label="方案文件",
        help_text="可以是 Word（.docx）、PDF、网页（.html）或纯文本（.txt），不超过{largest}。"
        "旧式 .doc 请先另存为 .docx。",
        error_messages={"required": "请选择一个文件。", "empty": "这个文件是空的，请重新选择。"},
    )


class HandInForm(forms.Form):
    """The document that fulfills a duty."""

    file = OneFileField(
        label="报送的文件",
        help_text="子方案要写明阶段目标、完成时限和责任人。"
        "可以是 Word（.docx）、PDF 或 Excel（.xlsx），不超过{largest}。",
        error_messages={"required": "请选择要报送的文件。", "empty": "这个文件是空的，请重新选择。"},
    )


class AnswerForm(forms.Form):
    """The answer to one question."""

    question = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)
    answer = forms.ChoiceField(label="答复", choices=Question.Answer.choices, widget=forms.RadioSelect)
    unit = forms.CharField(label="是哪个单位", required=False, max_length=40)

    @classmethod
    def for_question(cls, question: Question, units: Iterable[org.Unit]) -> AnswerForm:
        """Return the form with the answers that fit the question and what was answered so far."""
        initial = {
            "question": question.pk,
            "answer": question.answer,
            "unit": question.unit.code if question.unit else "",
        }
        form = cls(initial=initial, auto_id=f"id_{question.place}_%s")
        about_unit = question.kind in {Question.Kind.UNKNOWN_UNIT, Question.Kind.DOUBTFUL_UNIT}
        fitting = set(Question.Answer.values) if about_unit else {Question.Answer.KEEP}
        if question.kind == Question.Kind.UNKNOWN_UNIT:
            fitting.discard(Question.Answer.KEEP)
        answers: Any = form.fields["answer"]
        answers.choices = [(value, word) for value, word in Question.Answer.choices if value in fitting]
        if about_unit:
            named = [("", "——"), *((unit.code, unit.short_name) for unit in units)]
            form.fields["unit"].widget = forms.Select(choices=named)
        else:
            del form.fields["unit"]
        return form


class PublishForm(forms.Form):
    """Under which code a plan is published."""

    plan_code = forms.SlugField(
        label="方案代号", help_text="同一方案的更正稿用同一个代号，成为新版本。例如：mulan-2019-1", max_length=80
    )

    @classmethod
    def for_reading(cls, reading: Reading) -> PublishForm:
        """Return the form, empty until the reading is confirmed."""
        return cls(auto_id="id_publish_%s")


class NamingForm(forms.Form):
    """The units that “有关” means."""

    units = forms.MultipleChoiceField(
        label="是哪些单位", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选择一个单位。"}
    )

    def __init__(self, *args: Any, candidates: Iterable[org.Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["units"]
        units.choices = [(unit.code, unit.short_name) for unit in candidates]
