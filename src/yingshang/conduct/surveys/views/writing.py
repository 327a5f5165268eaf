"""The desk: questionnaires, their questions, their paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.conduct.surveys import operations, queries, rules
from yingshang.conduct.surveys.forms import NewQuestion, NewQuestionnaire
from yingshang.conduct.surveys.models import Questionnaire
from yingshang.conduct.surveys.policies import NEEDED
from yingshang.kernel import access, clock, typesetting
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out

HOW_ON_PAPER = {
    "scale": "选一个",
    "single": "选一个",
    "multiple": "可以选几个",
    "number": "填数字",
    "text": "写几句话",
}
LINES_ON_PAPER = {"number": 1, "text": 3}
VERSIONS_SHOWN = 20
ACROSS = 3  # boxes in a row
CODE_BOXES = "　—　".join(["□ □ □ □"] * 4)


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: ActorRequest) -> HttpResponse:
    """List the surveys and questionnaires of the unit; a post begins a questionnaire. Queries: fixed."""
    if not request.actor.unit or not any(request.actor.holds(action) for action in NEEDED):
        raise NotFound(_("这个页面"))
    form = NewQuestionnaire(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = operations.start(by=request.actor, **form.cleaned_data)
        return redirect("surveys:questionnaire", made.code)
    columns = [
        Column(
            title=_("调查"),
            value="title",
            heads=True,
            width=40,
            href=lambda row: reverse("surveys:survey", args=[row.code]),
        ),
        Column(title=_("现在"), value="get_state_display"),
        Column(title=_("开始"), value="opened_on", kind="date"),
        Column(title=_("截止日"), value="last_day", kind="date"),
    ]
    rows = queries.surveys_of(request.actor.unit)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(columns, rows, name=_("问卷调查")))
    page = keyset(rows, request, order=queries.LATEST_FIRST)
    listed = table(columns, page, request=request, name=_("问卷调查"), empty=_("还没有调查。"))
    context = {
        "listing": listed,
        "questionnaires": queries.questionnaires_of(request.actor.unit)[:100],
        "form": form,
        "may_write": request.actor.holds("surveys.design"),
    }
    return render(request, "surveys/desk.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: ActorRequest, code: str) -> HttpResponse:
    """Show the questions of the draft, or of the newest version; a post adds one. Queries: fixed."""
    one, questions, is_draft = _seen(request, code)
    form = NewQuestion(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = [*(each.written() for each in questions), form.question()]
        operations.write_questions(questionnaire=one.code, questions=found, by=request.actor)
        return redirect("surveys:questionnaire", one.code)
    context = {
        "one": one,
        "questions": [(each, rules.KINDS[each.kind], "、".join(each.options)) for each in questions],
        "is_draft": is_draft,
        "refusal": access.may(request.actor, "surveys.design", one.unit),
        "form": form,
        "versions": one.versions.filter(published_at__isnull=False).order_by("-number")[:VERSIONS_SHOWN],
    }
    return render(request, "surveys/questionnaire.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show a question to be changed; a post changes it, deletes it or moves it up by one."""
    one, questions, _is_draft = _seen(request, code)
    access.permit(request.actor, "surveys.design", one.unit)
    rows = [each.written() for each in questions]
    if not 1 <= number <= len(rows):
        raise NotFound(_("这道题"))
    taken = rows.pop(number - 1)
    if request.method == "POST" and ("up" in request.POST or "delete" in request.POST):
        if "up" in request.POST:
            rows.insert(max(number - 2, 0), taken)
    else:
        shown = taken | {"options": "\n".join(taken["options"]), "optional": not taken["required"]}
        form = NewQuestion(request.POST or None, initial=shown)
        if request.method != "POST" or not form.is_valid():
            context = {"one": one, "number": number, "form": form}
            return render(request, "surveys/change.html", context, status=422 if form.errors else 200)
        rows.insert(number - 1, form.question())
    operations.write_questions(questionnaire=one.code, questions=rows, by=request.actor)
    return redirect("surveys:questionnaire", one.code)


@require_POST
def publish_version(request: ActorRequest, code: str) -> HttpResponse:
    """Freeze the draft."""
    made = operations.publish_version(questionnaire=code, by=request.actor, at=clock.now())
    messages.success(request, _("第%(number)s版已发布，题目不再改动。") % {"number": made.number})
    return redirect("surveys:questionnaire", code)


@require_safe
def paper(request: ActorRequest, code: str) -> HttpResponse:
    """Send the questionnaire on paper, with room for the answer code of the card that goes with it."""
    one, questions, is_draft = _seen(request, code)
    note = _("草稿，不能发放") if is_draft else "演示" if one.is_demo else ""
    return _sent(paper_of(one.title, questions, note=note), one.code)


@require_safe
def survey_paper(request: ActorRequest, code: str) -> HttpResponse:
    """Send the version that a survey asks, on paper; a draft that was begun since does not matter."""
    one = queries.survey(code)
    if request.actor.unit != one.unit.code or not any(request.actor.holds(action) for action in NEEDED):
        raise NotFound(_("这次调查"))
    questions = rules.questions_of(one.version.questions)
    return _sent(paper_of(one.title, questions, note="演示" if one.is_demo else ""), one.code)


def _sent(printed: typesetting.Form, code: str) -> HttpResponse:
    response = HttpResponse(typesetting.pdf(printed), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="questionnaire-{code}.pdf"'
    return response


def paper_of(title: str, questions: Sequence[rules.Question], *, note: str = "") -> typesetting.Form:
    """Return the questionnaire as people fill it in by hand: boxes to tick, room to write, a place for the code."""
    body: list[typesetting.Block] = [
        typesetting.Paragraph(
            "不用写名字。在选中的□里打√；写明可以选几个的，才选几个。填完请放进信封或者票箱，封好再交。"
        )
    ]
    for number, each in enumerate(questions, start=1):
        how = HOW_ON_PAPER[each.kind] + ("" if each.required else "；可以不答")
        body += [typesetting.Heading(f"{number}．{each.title}（{how}）", level=3), _room(each)]
    return typesetting.Form(
        title=title, fields=[("答题码（照卡片抄，或者把卡片订在这里）", CODE_BOXES)], body=body, note=note
    )


def _room(question: rules.Question) -> typesetting.Grid:
    """Return what is ticked or written on: cells keep a box and its words together."""
    if question.kind in ("number", "text"):
        return typesetting.Grid([], [["\n".join("　" * LINES_ON_PAPER[question.kind])]])
    words = [said.replace("分，", " ") for said in rules.SCALE] if question.kind == "scale" else question.options
    boxes = [f"□{said}" for said in words]
    across = len(boxes) if question.kind == "scale" else ACROSS
    return typesetting.Grid([], [boxes[at : at + across] for at in range(0, len(boxes), across)])


def _seen(request: ActorRequest, code: str) -> tuple[Questionnaire, tuple[rules.Question, ...], bool]:
    """Return a questionnaire of the actor's unit, its questions and whether they are a draft. Raises NotFound."""
    one = queries.questionnaire(code)
    actor: Any = request.actor
    if actor.unit != one.unit.code or not any(actor.holds(action) for action in NEEDED):
        raise NotFound(_("这份问卷"))
    draft = queries.draft_of(one)
    version = draft or queries.newest_version(one)
    return one, rules.questions_of(version.questions), draft is not None
