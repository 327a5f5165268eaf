"""Fill in an application, page by page. Every step is kept, so that it can be gone on with on another device."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import Draft, Upload
from yingshang.casework.cases.operations import staging
from yingshang.kernel import access, clock, forms, parties
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.profiles import api as profiles

KEPT = "DRAFT.KEPT"  # natural days
PURPOSE = "apply"  # a row of the list of purposes: 申请时预填表单


@transaction.atomic
def start_draft(*, item: str, zone: str = "", by: Actor, at: datetime) -> Draft:
    """Begin an application under the version in force, with what is held already filled in.

    item: code or slug. zone: township or zone where it is to be handled.
    Raises NotFound for an unknown item, the catalogue's refusal for one that
    takes no new cases, Refusal ``cases.no_applicant``, ``cases.window_only``. What is held is read
    once, for the purpose 申请时预填表单; the person sees that reading.
    """
    access.permit(by, "cases.apply", None)
    day = clock.beijing_date(at)
    if (stopped := catalogue.takes_new_cases(item, day)) is not None:
        raise stopped
    version = catalogue.version_on(item, day, zone or None)
    if not queries.is_taken_online(version):
        raise Refusal(
            "cases.window_only",
            f"“{version.title}”还不能在网上申请。",
            "请带材料到办事指南写明的窗口办理，或者拨打咨询电话。",
        )
    applicant = parties.party(by.party)
    draft = Draft.objects.create(
        applicant=applicant,
        version_id=version.pk,
        item_code=version.item_code,
        zone=zone,
        key=uuid4().hex,
        started_by=by.person,
        started_at=at,
        saved_at=at,
    )
    draft.prefilled = _held(draft, version, by, at)
    draft.save(update_fields=["prefilled"])
    return draft


@transaction.atomic
def refresh_prefilled(*, draft: UUID, by: Actor, at: datetime) -> Draft:
    """Read again what is held, after something was corrected elsewhere."""
    row = _locked(draft, by)
    row.prefilled = _held(row, catalogue.version(row.version_id), by, at)
    return _saved(row, at, "prefilled")


@transaction.atomic
def answer_question(*, draft: UUID, question: str, answer: str, by: Actor, at: datetime) -> Draft:
    """Note the answer to a question of the situation; answers to questions that no longer apply are forgotten.

    Raises NotFound for a question that is not asked, Refusal ``cases.no_such_answer``.
    """
    row = _locked(draft, by)
    version = catalogue.version(row.version_id)
    asked = next((one for one in queries.asked(version, row.situation) if one.key == question), None)
    if asked is None:
        raise NotFound("这个问题")
    if answer not in {one.key for one in asked.answers}:
        raise Refusal("cases.no_such_answer", "请从所列的答案里选一个。", "都不合适时，请拨打事项的咨询电话。")
    row.situation = _that_apply(version, {**row.situation, question: answer})
    return _saved(row, at, "situation")


@transaction.atomic
def keep_answers(*, draft: UUID, page: int, values: Mapping[str, Any], is_done: bool, by: Actor, at: datetime) -> Draft:
    """Keep the answers of one page of the form, whether they are right or not: nothing typed is lost.

    values: all answers, as ``forms.read`` returned them. is_done: nothing was wrong on the page.
    """
    row = _locked(draft, by)
    row.answers = {name: value for name, value in values.items() if name not in row.prefilled}
    row.done = sorted({*row.done, f"page:{page}"} if is_done else {*row.done} - {f"page:{page}"})
    return _saved(row, at, "answers", "done")


@transaction.atomic
def fill_in(*, draft: UUID, values: Mapping[str, Any], by: Actor, at: datetime) -> Draft:
    """Keep the answers of the whole form, given as data; what is wrong is kept too, and told by the course."""
    row = _locked(draft, by)
    course = queries.course_of(row, on=clock.beijing_date(at))
    if not course.schema:
        return row
    answers = forms.take(course.schema, values, prefilled=course.held)
    row.answers = {name: value for name, value in answers.values.items() if name not in row.prefilled}
    row.done = [f"page:{page.number}" for page in forms.pages(course.schema, answers.values)]
    return _saved(row, at, "answers", "done")


@transaction.atomic
def choose_way(*, draft: UUID, material: str, way: str, by: Actor, at: datetime) -> Draft:
    """Note how a material is given: uploaded, on paper, promised, later, not at all.

    Raises Refusal ``cases.not_asked_for``, ``cases.way_not_offered``.
    """
    row = _locked(draft, by)
    version = catalogue.version(row.version_id)
    asked = next((one for one in catalogue.materials_for(version, row.situation) if one.key == material), None)
    if asked is None:
        raise Refusal("cases.not_asked_for", "您的情况不需要这份材料。", "请回到材料清单，按清单准备。")
    if way not in queries.ways_of(asked, version.content):
        raise Refusal("cases.way_not_offered", f"《{asked.title}》不能用这种方式提交。", "请从所列的方式里选一种。")
    row.ways = {**row.ways, material: way}
    return _saved(row, at, "ways")


@transaction.atomic
def move_to_newer(*, draft: UUID, by: Actor, at: datetime) -> Draft:
    """Go on under the version in force now; answers stay, pages are looked through again.

    Raises the catalogue's refusal for an item that takes no new cases.
    """
    row = _locked(draft, by)
    day = clock.beijing_date(at)
    if (stopped := catalogue.takes_new_cases(row.item_code, day)) is not None:
        raise stopped
    version = catalogue.version_on(row.item_code, day, row.zone or None)
    row.version_id = version.pk
    schema = version.content.form
    known = {field for page in forms.pages(schema) for field in page.names} if schema else set()
    row.answers = {name: value for name, value in row.answers.items() if name in known}
    row.situation = _that_apply(version, row.situation)
    row.done = []
    row.prefilled = _held(row, version, by, at)
    return _saved(row, at, "version", "answers", "situation", "done", "prefilled")


@transaction.atomic
def drop_draft(*, draft: UUID, by: Actor) -> None:
    """Throw a draft away with its files. It was never handed in, so nothing is recorded."""
    row = _locked(draft, by)
    files = list(row.uploads.values_list("public_id", flat=True))
    row.uploads.all().delete()
    row.delete()
    for public_id in files:
        transaction.on_commit(partial(staging.remove, public_id))


@transaction.atomic
def forget_drafts(*, at: datetime) -> int:
    """Delete what nobody has gone on with for as long as ``DRAFT.KEPT`` says, and return how many drafts went.

    Unfinished uploads for cases go by the same limit. Nothing was handed in, so nothing is recorded.
    """
    limit = clock.limit_on(KEPT, clock.beijing_date(at))
    before = at - timedelta(days=limit.amount or 0)
    old = Draft.objects.filter(case=None, saved_at__lt=before)
    files = list(Upload.objects.filter(Q(draft__in=old) | Q(touched_at__lt=before)).values_list("public_id", flat=True))
    gone = old.count()
    Upload.objects.filter(public_id__in=files).delete()
    old.delete()
    for public_id in files:
        transaction.on_commit(partial(staging.remove, public_id))
    return gone


def _locked(draft: UUID, by: Actor) -> Draft:
    row = queries.draft_of(by, draft, lock=True)
    access.permit(by, "cases.apply", row)
    if row.case_id is not None:
        raise Refusal("cases.handed_in_already", "这份申请已经提交。", "请在“我的办件”里查看进展。")
    return row


def _saved(row: Draft, at: datetime, *fields: str) -> Draft:
    row.saved_at = max(at, row.started_at)
    row.save(update_fields=[*fields, "saved_at"])
    return row


def _that_apply(version: catalogue.Version, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to questions that are asked, with answers that exist; later ones depend on earlier ones."""
    kept: dict[str, str] = {}
    for one in catalogue.situations(version):
        applies = all(kept.get(question) in wanted for question, wanted in one.applies.items())
        if applies and answers.get(one.key) in {each.key for each in one.answers}:
            kept[one.key] = answers[one.key]
    return kept


def _held(draft: Draft, version: catalogue.Version, by: Actor, at: datetime) -> dict[str, Any]:
    """Return field → value and source of what is held of the applicant; the reading is recorded by ``profiles``."""
    if not version.content.form:
        return {}
    names = forms.held_names(version.content.form)
    if not names:
        return {}
    try:
        held = profiles.read(
            by, draft.applicant, set(names.values()), purpose=PURPOSE, subject=f"draft:{draft.public_id}", at=at
        )
    except Refusal:
        return {}  # what cannot be read is asked; nobody is kept from applying by it
    return {
        field: {
            "value": held[name].value,
            "source": f"{held[name].source}（{held[name].held_since.astimezone(clock.BEIJING):%Y年%m月%d日}）",
            "held": name,
        }
        for field, name in names.items()
        if name in held
    }
