"""One question, one page of the form at a time; every press on 继续 is kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.queries import Course
from yingshang.casework.cases.views.apply.drafts import around, on_a_draft, onward
from yingshang.kernel import clock, forms
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest


@require_http_methods(["GET", "POST"])
@on_a_draft
def question(request: ActorRequest, course: Course, key: str) -> HttpResponse:
    """Ask one question of the situation."""
    asked = next((one for one in course.questions if one.key == key), None)
    if asked is None:
        raise NotFound(_("这个问题"))
    place, error = f"question:{key}", ""
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        if answer in {one.key for one in asked.answers}:
            draft = operations.answer_question(
                draft=course.draft.public_id, question=key, answer=answer, by=request.actor, at=clock.now()
            )
            return onward(request, queries.course_of(draft, on=clock.today()), place)
        error = _("请选择一个答案。")
    values = {**around(course, place), "asked": asked, "chosen": course.draft.situation.get(key, ""), "error": error}
    return render(request, "cases/apply/question.html", values, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@on_a_draft
def page(request: ActorRequest, course: Course, number: int) -> HttpResponse:
    """Ask one page of the form. What is wrong is said and kept as typed; a row more or less draws the page anew."""
    asked = next((one for one in course.pages if one.number == number), None)
    if asked is None:
        raise NotFound(_("这一页"))
    place, values, faults = f"page:{number}", course.values, []
    if request.method == "POST":
        answers = forms.read(course.schema, request.POST, prefilled=course.held, page=asked, so_far=course.values)
        draft = operations.keep_answers(
            draft=course.draft.public_id,
            page=number,
            values=answers.values,
            is_done=answers.are_good,
            by=request.actor,
            at=clock.now(),
        )
        if answers.are_good:
            return onward(request, queries.course_of(draft, on=clock.today()), place)
        values, faults = answers.values, answers.faults
    elif place in course.draft.done:
        faults = [fault for fault in course.faults if fault.path.split(".")[0] in asked.names]
    drawn = forms.fields(course.schema, values, faults, course.held, page=asked)
    shown = {
        **around(course, place),
        "page": asked,
        "title": asked.title or course.form_title,
        "drawn": drawn,
        "then": request.GET.get("then", ""),
    }
    return render(request, "cases/apply/page.html", shown, status=422 if faults and request.method == "POST" else 200)
