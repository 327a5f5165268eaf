"""From draft to published: check, preview, send, review, publish, drop; and the trial's two ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access, clock
from yingshang.kernel import forms as data_forms
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.forms.deeds import PublishForm, ReasonForm, ReviewForm, RollOutForm, SureForm
from yingshang.registers.catalogue.forms.sections import TITLES, part_of
from yingshang.registers.catalogue.models import ItemVersion
from yingshang.registers.catalogue.queries import desk as queries
from yingshang.registers.catalogue.queries.versions import materials_for
from yingshang.registers.catalogue.rules.checks.running import shown
from yingshang.registers.catalogue.rules.content import Content, applies, read
from yingshang.registers.catalogue.rules.differences import differences
from yingshang.registers.catalogue.views.asking import Asking, answer


def deeds_on(actor: Actor, version: ItemVersion) -> list[tuple[str, str]]:
    """Return what a person may do next with a version: (words, address)."""
    state, found = ItemVersion.State, []
    if version.state == state.DRAFT and access.may(actor, "catalogue.edit", version.item) is None:
        found.append((_("交审核"), "catalogue:send"))
    if version.state == state.CHECKING and access.may(actor, "catalogue.review", version) is None:
        found.append((_("审核"), "catalogue:review"))
    if access.may(actor, "catalogue.publish", version.item) is None:
        if version.state == state.REVIEWED:
            found.append((_("发布"), "catalogue:publish"))
        if version.state == state.PUBLISHED and version.zone_id and not version.ended_because:
            found.append((_("推广到全县"), "catalogue:roll_out"))
            found.append((_("停止试行"), "catalogue:drop_trial"))
    return [(words, reverse(name, args=[version.pk])) for words, name in found]


@require_safe
def check(request: ActorRequest, version_id: int) -> HttpResponse:
    """Show every fault with where to mend it, and what changes against the version before."""
    version = queries.version_for(request.actor, version_id)
    before = queries.version_before(version)
    found = queries.faults_of_draft(version, clock.today()) if version.published_at is None else []
    faults = []
    for fault in found:
        part = part_of(fault)
        faults.append((fault, TITLES.get(part, part), reverse("catalogue:part", args=[version.pk, part])))
    context = {
        "version": version,
        "faults": faults,
        "before": before,
        "differences": differences(read(before.content), read(version.content)) if before else [],
        "deeds": deeds_on(request.actor, version),
    }
    return render(request, "catalogue/check.html", context)


@require_safe
def preview(request: ActorRequest, version_id: int) -> HttpResponse:
    """Show a version as an applicant will see it; the answers to the questions choose the materials."""
    version = queries.version_for(request.actor, version_id)
    content = read(version.content)
    answers = {question.key: request.GET.get(question.key, "") for question in content.situations}
    good_form = bool(content.form) and not data_forms.check(content.form)
    context = {
        "version": version,
        "content": content,
        "facts": facts_of(content),
        "questions": _questions(content, answers),
        "materials": materials_for(content, answers),
        "drawn": data_forms.fields(content.form) if good_form else None,
    }
    return render(request, "catalogue/preview.html", context)


def facts_of(content: Content) -> list[dict[str, Any]]:
    """Return what an applicant asks first: how long, how often to come, where, what comes out of it."""
    committed, statutory = content.limits.committed, content.limits.statutory
    rows = [
        (_("多久办好"), _("当场办结") if content.choices.instant else shown(committed) if committed else ""),
        (_("法定时限"), shown(statutory) if statutory else ""),
        (_("跑几次"), _("一次也不用跑") if not content.where.visits else _("%(n)d次") % {"n": content.where.visits}),
        (_("办理地点"), "；".join(" ".join((place.name, place.address)) for place in content.where.places)),
        (_("咨询电话"), content.where.consult),
        (_("办理结果"), content.basics.result.title),
        (_("收费"), "；".join(fee.row for fee in content.fees) or _("不收费")),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def send(request: ActorRequest, version_id: int) -> HttpResponse:
    """Hand a draft to a second person."""
    version = queries.version_for(request.actor, version_id)
    access.permit(request.actor, "catalogue.edit", version.item)
    waiting = len(queries.faults_of_draft(version, clock.today())) if version.published_at is None else 0
    intro = [_("由本单位另一位有审核岗位的人员审核。审核以前不能再改。")]
    if waiting:
        intro.append(_("还有%(n)d处要改，改好才能发布。") % {"n": waiting})
    asking = Asking(heading=_("交审核"), button=_("交审核"), back=_back(version), caption=str(version), intro=intro)

    def do() -> tuple[str, str]:
        operations.send_to_review(version_id=version_id, by=request.actor, at=clock.now())
        return _("已交审核。"), _address(version)

    return answer(request, SureForm(_posted(request)), asking, do=do)


def review(request: ActorRequest, version_id: int) -> HttpResponse:
    """Agree to a version, or give it back."""
    version = queries.version_for(request.actor, version_id)
    access.permit(request.actor, "catalogue.review", version)
    form = ReviewForm(_posted(request))
    found = queries.faults_of_draft(version, clock.today()) if version.published_at is None else []
    asking = Asking(
        heading=_("审核"),
        button=_("确定"),
        back=_back(version),
        caption=str(version),
        intro=[fault.what + fault.remedy for fault in found],
    )

    def do() -> tuple[str, str]:
        operations.review_version(version_id=version_id, **form.cleaned_data, by=request.actor, at=clock.now())
        return (_("已同意，请公示岗发布。") if form.cleaned_data["agree"] else _("已退回。")), _address(version)

    return answer(request, form, asking, do=do)


def publish(request: ActorRequest, version_id: int) -> HttpResponse:
    """Publish a reviewed version from a day on."""
    version = queries.version_for(request.actor, version_id)
    access.permit(request.actor, "catalogue.publish", version.item)
    form = PublishForm(_posted(request), initial={"effective_from": clock.today()})
    asking = Asking(
        heading=_("发布"),
        button=_("发布"),
        back=_back(version),
        caption=str(version),
        intro=[_("发布以后内容不能再改，要改就起草新的一版。平台同时按环节生成办理程序，群众从生效那天起可以申请。")],
    )

    def do() -> tuple[str, str]:
        operations.publish_version(version_id=version_id, **form.cleaned_data, by=request.actor, at=clock.now())
        return _("已发布。"), _address(version)

    return answer(request, form, asking, do=do)


def drop(request: ActorRequest, version_id: int) -> HttpResponse:
    """Give up a version that is not published."""
    version = queries.version_for(request.actor, version_id)
    access.permit(request.actor, "catalogue.edit", version.item)
    asking = Asking(
        heading=_("放弃这一版"), button=_("放弃"), back=_back(version), caption=str(version), warn=True,
        intro=[_("放弃以后不能再改，也不能发布；内容还能看到。")],
    )  # fmt: skip

    def do() -> tuple[str, str]:
        operations.drop_version(version_id=version_id, by=request.actor, at=clock.now())
        return _("已放弃。"), reverse("catalogue:item_desk", args=[version.item.slug])

    return answer(request, SureForm(_posted(request)), asking, do=do)


def roll_out(request: ActorRequest, version_id: int) -> HttpResponse:
    """Let what was tried in a zone hold in the whole county."""
    version = queries.version_for(request.actor, version_id)
    access.permit(request.actor, "catalogue.publish", version.item)
    form = RollOutForm(_posted(request))
    compared = [_("先看看版本比较：步骤、材料、跑动次数、时限和办件数据。")]
    asking = Asking(
        heading=_("推广到全县"), button=_("推广"), back=_back(version), caption=str(version), intro=compared
    )

    def do() -> tuple[str, str]:
        made = operations.roll_out(version_id=version_id, **form.cleaned_data, by=request.actor, at=clock.now())
        return _("已定为全县施行的第%(n)d版。") % {"n": made.number}, _address(made)

    return answer(request, form, asking, do=do)


def drop_trial(request: ActorRequest, version_id: int) -> HttpResponse:
    """Stop a trial today."""
    version = queries.version_for(request.actor, version_id)
    access.permit(request.actor, "catalogue.publish", version.item)
    form = ReasonForm(_posted(request))
    asking = Asking(heading=_("停止试行"), button=_("停止"), back=_back(version), caption=str(version), warn=True)

    def do() -> tuple[str, str]:
        operations.drop_trial(version_id=version_id, **form.cleaned_data, by=request.actor, at=clock.now())
        return _("已停止试行，新的申请按全县的版本办。"), _address(version)

    return answer(request, form, asking, do=do)


def _questions(content: Content, answers: dict[str, str]) -> forms.Form | None:
    """Return the questions asked so far as a form; None when there are none."""
    if not content.situations:
        return None
    form = forms.Form(initial=answers)
    for question in content.situations:
        if applies(question.applies, answers):
            form.fields[question.key] = forms.ChoiceField(
                label=question.title,
                help_text=question.hint,
                choices=[(each.key, each.title) for each in question.answers],
                widget=forms.RadioSelect,
                required=False,
            )
    return form


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _address(version: ItemVersion) -> str:
    return reverse("catalogue:draft", args=[version.pk])


def _back(version: ItemVersion) -> tuple[str, str]:
    return str(version), _address(version)
