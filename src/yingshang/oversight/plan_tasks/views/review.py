"""Review an imported notice: source beside result, and a queue of what needs a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yingshang.kernel import access, clock, org
from yingshang.kernel.web import ActorRequest, keyset
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import AnswerForm, PublishForm, UploadForm
from yingshang.oversight.plan_tasks.models import Reading
from yingshang.oversight.plan_tasks.readers.spooling import spooled
from yingshang.oversight.plan_tasks.views.marking import spans_of_reading


def readings(request: ActorRequest) -> HttpResponse:
    """List readings and take a new document in."""
    access.permit(request.actor, "plan_tasks.see_readings")
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        found = _read(request, form)
        messages.success(request, f"已读出{len(found.result['tasks'])}项任务，请核对。")
        return redirect("plan_tasks:reading", reading_id=found.pk)
    page = keyset(queries.readings(), request, order=("-read_at", "-pk"))
    context = {"form": form, "page": page, "may_read": access.may(request.actor, "plan_tasks.read_notice") is None}
    return render(request, "plan_tasks/readings.html", context, status=422 if form.is_bound else 200)


def _read(request: ActorRequest, form: UploadForm) -> Reading:
    upload = form.cleaned_data["file"]
    with spooled(upload) as path:
        return operations.read_notice(path=path, file_name=upload.name, by=request.actor, at=clock.now())


def reading(request: ActorRequest, reading_id: int) -> HttpResponse:
    """Show one reading: the source with every field marked, the result, and the questions."""
    access.permit(request.actor, "plan_tasks.see_readings")
    found = queries.reading(reading_id)
    questions = queries.questions_of(found)
    units = list(org.Unit.objects.order_by("path"))
    spans = spans_of_reading(found, questions)
    marked = {span.key for span in spans}
    context = {
        "reading": found,
        "questions": [
            (each, AnswerForm.for_question(each, units), f"question-{each.place}" in marked) for each in questions
        ],
        "open": sum(not each.answer for each in questions),
        "spans": spans,
        "publish_form": PublishForm.for_reading(found),
        "edition": getattr(found, "edition", None),
    }
    return render(request, "plan_tasks/reading.html", context)


@require_POST
def answer(request: ActorRequest, reading_id: int) -> HttpResponse:
    """Take one answer and come back to the question after it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请先选择一个答复；选“就是这个单位”时还要选定单位。")
        return redirect("plan_tasks:reading", reading_id=reading_id)
    given = form.cleaned_data
    question = operations.answer_question(
        question_id=given["question"], answer=given["answer"], unit_code=given["unit"], by=request.actor, at=clock.now()
    )
    place = redirect("plan_tasks:reading", reading_id=reading_id)
    place["Location"] += f"#question-{question.place + 1}"
    return place


@require_POST
def keep_findings(request: ActorRequest, reading_id: int) -> HttpResponse:
    """Keep the wording as printed wherever the grammar only doubts it."""
    kept = operations.keep_findings(reading_id=reading_id, by=request.actor, at=clock.now())
    messages.success(request, f"{kept}处原文疑问已答复为照原文保留。")
    return redirect("plan_tasks:reading", reading_id=reading_id)


@require_POST
def confirm(request: ActorRequest, reading_id: int) -> HttpResponse:
    """Confirm the reading."""
    operations.confirm_reading(reading_id=reading_id, by=request.actor, at=clock.now())
    messages.success(request, "已确认。现在可以发布。")
    return redirect("plan_tasks:reading", reading_id=reading_id)


@require_POST
def publish(request: ActorRequest, reading_id: int) -> HttpResponse:
    """Publish the reading as an edition."""
    form = PublishForm(request.POST)
    if not form.is_valid():
        messages.error(request, "方案代号只能用小写字母、数字和连字符，例如 mulan-2019-1。")
        return redirect("plan_tasks:reading", reading_id=reading_id)
    edition = operations.publish_edition(
        reading_id=reading_id,
        plan_code=form.cleaned_data["plan_code"],
        by=request.actor,
        on=clock.today(),
        at=clock.now(),
    )
    messages.success(request, "方案已发布，各单位的应办事项已经开出。")
    return redirect("plan_tasks:plan", code=edition.plan.code)


@require_POST
def set_aside(request: ActorRequest, reading_id: int) -> HttpResponse:
    """Set the reading aside."""
    operations.set_aside_reading(reading_id=reading_id, by=request.actor, at=clock.now())
    messages.success(request, "这份读取结果已作废，记录仍然保留。")
    return redirect("plan_tasks:readings")
