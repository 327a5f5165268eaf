"""The page that shows every component and how to use it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yingshang.kernel.web.source_text import Span
from yingshang.kernel.web.tables import Column, table

SENTENCE = "（一）推行“一窗受理”。12月底前，事项进厅率达到100%。（牵头单位：县营商局；责任单位：县直有关部门）"


class Shown(forms.Form):
    """Each kind of field once."""

    name = forms.CharField(label="企业名称", help_text="与营业执照一致。", max_length=40)
    day = forms.DateField(label="申请日期", required=False, widget=forms.DateInput)
    kind = forms.ChoiceField(label="经营方式", choices=[("shop", "门店"), ("net", "网络")], widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(
        label="随附材料",
        choices=[("form", "申请书"), ("plan", "平面图")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    unit = forms.ChoiceField(label="办理单位", choices=[("", "请选择"), ("a", "县市场监管局"), ("b", "县营商局")])
    text = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label="附件", required=False)
    agrees = forms.BooleanField(label="以上内容属实")


class Filter(forms.Form):
    """A filter with two fields."""

    word = forms.CharField(label="关键词", required=False)
    lamp = forms.ChoiceField(label="亮灯", choices=[("", "全部"), ("red", "超期")], required=False)


def left(days: int, *, unit: str = "wd") -> SimpleNamespace:
    """Return what ``clock.remaining`` would."""
    return SimpleNamespace(days=abs(days), unit=unit, is_overdue=days < 0)


def span(words: str, label: str, **options: str) -> Span:
    """Return a span over words of the sentence."""
    start = SENTENCE.index(words)
    return Span(start=start, end=start + len(words), label=label, **options)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show all components; figures and names on this page are made up."""
    form = Shown({"name": "", "kind": "", "unit": ""})
    rows = [
        {
            "title": "报送分方案",
            "unit": "县市场监管局",
            "due": date(2026, 12, 4),
            "lamp": "yellow",
            "left": left(2),
            "count": 3,
        },
        {
            "title": "公示抽查结果",
            "unit": "县营商局",
            "due": date(2026, 11, 18),
            "lamp": "red",
            "left": left(-2),
            "count": 12,
        },
        {"title": "编制办事指南", "unit": "县司法局", "due": None, "lamp": "gray", "left": None, "count": 0},
    ]
    columns = [
        Column(title="事项", value="title", heads=True, href=lambda row: "#tables"),
        Column(title="责任单位", value="unit"),
        Column(title="期限", value="due", kind="date"),
        Column(title="还剩", value="left", kind="remaining"),
        Column(title="亮灯", value="lamp", kind="lamp"),
        Column(title="件数", value="count", kind="number"),
    ]
    return render(
        request,
        "web/components.html",
        {
            "form": form,
            "filter": Filter(),
            "table": table(columns, rows, caption="应办事项（示例）"),
            "empty": table(columns, [], empty="没有符合条件的事项。", empty_hint="请减少筛选条件。"),
            "left": left(2),
            "over": left(-2),
            "hours": left(5, unit="h"),
            "standing": SimpleNamespace(days=3, unit="wd", is_overdue=False, is_paused=True),
            "due": date(2026, 12, 4),
            "tasks": [
                {"title": "报送分方案", "href": "#tasks", "lamp": "yellow", "remaining": left(2), "hint": "方案第4项"},
                {"title": "公示抽查结果", "href": "#tasks", "lamp": "red", "remaining": left(-2)},
                {"title": "指定联络员", "tag": "已完成", "tag_color": "green"},
            ],
            "timeline": [
                {
                    "title": "县市场监管局受理",
                    "at": datetime(2026, 11, 16, 1, 30, tzinfo=UTC),
                    "who": "王某",
                    "state": "done",
                },
                {"title": "应当办结", "on": date(2026, 11, 18), "text": "超出2个工作日。", "state": "late"},
                {"title": "等待核查结果"},
            ],
            "facts": [
                {"key": "牵头单位", "value": "县营商局", "href": "#summary"},
                {"key": "期限", "value": "2026年12月31日", "source": "方案第14项", "change": "#summary"},
            ],
            "job": SimpleNamespace(done=30, total=100, message="正在核对第30行，共100行。", is_finished=True),
            "sentence": SENTENCE,
            "spans": [
                span("12月底前", "期限", key="due"),
                span("事项进厅率达到100%", "目标", key="goal"),
                span("县营商局", "牵头单位", key="lead"),
                span("县直有关部门", "责任单位（需要核对）", key="units", kind="check"),
            ],
        },
    )
