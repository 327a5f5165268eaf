"""One page for each deed on a letter: a form, one operation, back to the letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.letters import AnswerForm, DecideForm, DraftForm, ObjectionForm, TalkForm
from yingshang.oversight.supervision.models import Answer, Letter
from yingshang.oversight.supervision.operations import Upload

Deed = Callable[[dict[str, Any]], str]
"""What a clean form does; returns the sentence that says so."""


def _page(
    request: ActorRequest, letter_id: int, form: forms.Form, deed: Deed, *, title: str, button: str, said: str = ""
) -> HttpResponse:
    if form.is_valid():
        messages.success(request, deed(form.cleaned_data))
        return redirect("supervision:letter", letter_id=letter_id)
    seen = queries.letter_seen(letter_id, request.actor, clock.today())
    context = {"form": form, "letter": seen.letter, "lines": seen.lines, "title": title, "button": button, "said": said}
    return render(request, "supervision/deed.html", context, status=422 if form.is_bound else 200)


def _upload(given: dict[str, Any]) -> Upload | None:
    file = given.get("file")
    return Upload(file.file, file.name, file.content_type or "") if file is not None else None


@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Answer a letter."""
    form = AnswerForm(request.POST or None, request.FILES or None)

    def deed(given: dict[str, Any]) -> str:
        done = operations.answer_letter(
            letter_id=letter_id,
            text=given["text"],
            promised_on=given["promised_on"],
            evidence=_upload(given),
            by=request.actor,
            at=clock.now(),
        )
        return "答复已提交，记为逾期答复。" if done.is_late else "答复已按期提交，等待审核。"

    return _page(request, letter_id, form, deed, title="答复督办文书", button="提交答复")


@require_http_methods(["GET", "POST"])
def review_answer(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Accept the answer that waits, or return it."""
    form = DecideForm(request.POST or None, yes="接受", no="退回")
    waiting = Answer.objects.filter(letter=letter_id, state=Answer.State.WAITING).first()

    def deed(given: dict[str, Any]) -> str:
        if waiting is None:
            raise NotFound("待审核的答复")
        if given["decision"] == "yes":
            operations.accept_answer(answer_id=waiting.pk, by=request.actor, at=clock.now())
            return "已接受答复。事项办结以前，督办不结束。"
        operations.return_answer(answer_id=waiting.pk, reason=given["reason"], by=request.actor, at=clock.now())
        return "已退回，单位须在期限内重新答复。"

    said = waiting.text if waiting else ""
    return _page(request, letter_id, form, deed, title="审核答复", button="提交", said=said)


@require_http_methods(["GET", "POST"])
def object_to(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Ask for a review of a letter."""
    form = ObjectionForm(request.POST or None, request.FILES or None)

    def deed(given: dict[str, Any]) -> str:
        operations.object_to_letter(
            letter_id=letter_id, text=given["text"], evidence=_upload(given), by=request.actor, at=clock.now()
        )
        within = queries.limit_in_words("SUP.REVIEW", clock.today())
        return f"复核申请已提交，由没有参与原文书的人员在{within}内决定。答复不因此停止。"

    within = queries.limit_in_words("SUP.OBJECT", clock.today())
    said = f"自收到文书之日起{within}内可以申请复核（《政府督查工作条例》第十七条）。"
    return _page(request, letter_id, form, deed, title="申请复核", button="提交申请", said=said)


@require_http_methods(["GET", "POST"])
def decide_objection(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Decide the review of a letter."""
    form = DecideForm(request.POST or None, yes="异议成立，予以更正", no="维持", always_reason=True)
    asked = queries.letter_seen(letter_id, request.actor, clock.today()).objection

    def deed(given: dict[str, Any]) -> str:
        if asked is None:
            raise NotFound("这件复核申请")
        upheld = given["decision"] == "yes"
        operations.decide_objection(
            objection_id=asked.pk, upheld=upheld, reason=given["reason"], by=request.actor, at=clock.now()
        )
        return "已决定更正，更正通知待签发。" if upheld else "已决定维持。"

    return _page(request, letter_id, form, deed, title="复核决定", button="作出决定", said=asked.text if asked else "")


@require_http_methods(["GET", "POST"])
def redraft(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Change the wording of a letter that waits."""
    found = queries.letter_seen(letter_id, request.actor, clock.today()).letter
    form = DraftForm.for_letter(found, request.POST or None)

    def deed(given: dict[str, Any]) -> str:
        operations.redraft_letter(letter_id=letter_id, **given, by=request.actor, at=clock.now())
        return "已保存。"

    return _page(request, letter_id, form, deed, title="修改文书", button="保存")


@require_http_methods(["GET", "POST"])
def decide(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Read or approve a letter that waits."""
    form = DecideForm(request.POST or None, yes="同意", no="不同意")

    def deed(given: dict[str, Any]) -> str:
        done = operations.decide_letter(
            letter_id=letter_id,
            agrees=given["decision"] == "yes",
            reason=given["reason"],
            by=request.actor,
            at=clock.now(),
        )
        if done.state == Letter.State.ISSUED:
            operations.render_letter(letter_id=letter_id, by=SYSTEM, at=clock.now())
            return f"已批准，文书{done.no}已发出。"
        return "已同意，等待下一步审批。" if done.state == Letter.State.WAITING else "已决定不发。"

    return _page(request, letter_id, form, deed, title="审批文书", button="提交")


@require_http_methods(["GET", "POST"])
def talk(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Record a talk."""
    form = TalkForm(request.POST or None, request.FILES or None)

    def deed(given: dict[str, Any]) -> str:
        operations.record_talk(
            letter_id=letter_id,
            held_at=given["held_at"],
            place=given["place"],
            attendees=given["attendees"],
            minutes=given["minutes"],
            scan=_upload(given),
            by=request.actor,
            at=clock.now(),
        )
        return "约谈已记录。"

    return _page(request, letter_id, form, deed, title="记录约谈", button="保存记录")


@require_POST
def issue_correction(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Sign a correction."""
    done = operations.issue_correction(letter_id=letter_id, by=request.actor, at=clock.now())
    operations.render_letter(letter_id=letter_id, by=SYSTEM, at=clock.now())
    messages.success(request, f"更正通知{done.no}已发出。")
    return redirect("supervision:letter", letter_id=letter_id)


@require_POST
def render_papers(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Make the papers of a letter that has none yet."""
    operations.render_letter(letter_id=letter_id, by=request.actor, at=clock.now())
    messages.success(request, "文书文件已生成。")
    return redirect("supervision:letter", letter_id=letter_id)


@require_POST
def seal(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Put the seal on a letter."""
    operations.seal_letter(letter_id=letter_id, by=request.actor, at=clock.now())
    messages.success(request, "已盖章，盖章的文书已送达。")
    return redirect("supervision:letter", letter_id=letter_id)


@require_POST
def publish(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Make the public part of a circular public."""
    operations.publish_circular(letter_id=letter_id, by=request.actor, at=clock.now())
    messages.success(request, "通报的公开部分已公开。")
    return redirect("supervision:letter", letter_id=letter_id)
