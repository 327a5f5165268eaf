"""Hand in a draft: its files are kept for the unit that acts, the case is made, what was given once is held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import Case, Draft, Upload
from yingshang.casework.cases.operations import staging
from yingshang.casework.cases.operations.handed_in import Paper
from yingshang.casework.cases.operations.submitting import audience_of_files, submit
from yingshang.casework.cases.queries import Course, MaterialStand
from yingshang.casework.cases.rules import Given
from yingshang.kernel import access, clock, documents, forms, parties
from yingshang.kernel.audience import Audience
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.profiles import api as profiles


@transaction.atomic
def hand_in(*, draft: UUID, declared: bool, channel: str, promised: bool = False, by: Actor, at: datetime) -> Case:
    """Hand in what was filled in, and return the case; handed in before, the same case again.

    declared: the applicant declared that it is true. promised: the license is
    asked for on a commitment, where the item allows it. Raises Refusal
    ``cases.not_finished``, ``cases.not_declared``, and what ``submit`` raises.
    Files, case, receipt and what is held stand together or not at all.
    """
    row = queries.draft_of(by, draft, lock=True)
    access.permit(by, "cases.apply", row)
    if row.case is not None:
        return row.case
    course = queries.course_of(row, on=clock.beijing_date(at))
    if not course.is_complete:
        missing = "、".join(place.title for place in course.places if not place.is_done)
        raise Refusal("cases.not_finished", f"还有没填完的：{missing[:200]}。", "请填完再提交；填过的内容都在。")
    if not declared:
        raise Refusal("cases.not_declared", "还没有声明填写的内容真实。", "请勾选声明后再提交。")
    unit = catalogue.acting_unit(course.version, day=clock.beijing_date(at), zone=row.zone)
    readers = audience_of_files(row.applicant, unit)
    case = submit(
        version=row.version_id,
        applicant=row.applicant,
        answers=course.values,
        situation=row.situation,
        papers=[paper for stand in course.materials for paper in _papers(stand, row, readers, by, at)],
        channel=channel,
        by=by,
        at=at,
        idempotency_key=row.key,
        prefilled=len(course.usable),
        place=row.zone,
        promise=course.version.content.choices.commitment_text if promised else "",
    )
    row.case = case
    row.save(update_fields=["case"])
    forget_uploads(list(row.uploads.all()))
    _hold_once(course, by, at)
    return case


def keep_upload(upload: Upload, *, subject: str, readers: Audience, by: Actor, at: datetime) -> UUID:
    """Keep a whole upload as a document of the matter and return its id."""
    with staging.opened(upload.public_id) as content:
        document = documents.keep(
            content,
            name=upload.name,
            media_type=upload.media_type,
            subject=subject,
            by=by,
            at=at,
            audience=readers,
        )
    return document.pk


def forget_uploads(uploads: list[Upload]) -> None:
    """Remove uploads whose content is kept now; their bytes go when this is committed."""
    Upload.objects.filter(pk__in=[one.pk for one in uploads]).delete()
    for one in uploads:
        transaction.on_commit(partial(staging.remove, one.public_id))


def _papers(stand: MaterialStand, row: Draft, readers: Audience, by: Actor, at: datetime) -> list[Paper]:
    key = stand.material.key
    if stand.given == "none":
        return []
    if stand.given != Given.FILE:
        return [Paper(key=key, given=Given(stand.given), source=stand.source)]
    subject = f"draft:{row.public_id}"
    return [
        Paper(key=key, given=Given.FILE, document=keep_upload(one, subject=subject, readers=readers, by=by, at=at))
        for one in stand.files
    ]


def _hold_once(course: Course, by: Actor, at: datetime) -> None:
    """Hold what was typed, so that no unit asks again. What the register does not take does not stop the case."""
    if not course.schema:
        return
    party = course.draft.applicant
    side = "person." if party.kind == parties.Party.Kind.PERSON else "enterprise."
    source = f"申办“{course.version.title}”时填写"
    for name, held in forms.held_names(course.schema).items():
        value: Any = course.values.get(name)
        if name in course.usable or not isinstance(value, str) or not held.startswith(side):
            continue
        _hold(party, {held: value}, source, by, at)


def _hold(party: parties.Party, values: Mapping[str, str], source: str, by: Actor, at: datetime) -> None:
    try:
        with transaction.atomic():
            profiles.hold(party, values, source=source, by=by, at=at)
    except Refusal:
        return  # for example a number that is held of somebody else: the case is looked at by an officer anyway
