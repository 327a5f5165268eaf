"""What was found: the sheet with its answers, photos and results, sent once and stored once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Answer, FollowUp, Outcome, Photo, Visit
from yingshang.conduct.inspections.rules import results
from yingshang.kernel import access, clock, disclosure, documents, ledger, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor

RESULT_KIND = "inspection_result"
PUBLISH_LIMIT = "INS.PUBLISH"
FOLLOW_UPS: Mapping[str, tuple[str, str, str]] = {
    "rectify": ("inspections.rectify", "改正检查发现的问题", "INS.RECTIFY"),
    "abnormal": ("inspections.list_abnormal", "列入经营异常名录", "INS.ABNORMAL"),
    "transfer": ("inspections.transfer", "移送有权机关", "INS.TRANSFER"),
    "file": ("inspections.file_case", "决定是否立案", "INS.FILE"),
}
"""What must follow → kind of obligation, its words, its limit."""


@dataclass(frozen=True)
class Marked:
    """One point of the sheet as answered. is_right None: does not apply."""

    item_code: str
    point: int
    question: str
    is_right: bool | None
    remark: str = ""


@dataclass(frozen=True)
class Sheet:
    """A check sheet as it comes from the phone.

    codes: codes of the scheme. rectify_by: the day set for rectification, if one was set on the spot.
    """

    scheme: str
    codes: Sequence[str]
    marks: Sequence[Marked] = ()
    remark: str = ""
    rectify_by: date | None = None
    photos: Sequence[tuple[BinaryIO, str, str]] = field(default=())


@transaction.atomic
def record_visit(*, public_id: UUID, sheet: Sheet, attempt: str, by: Actor, at: datetime) -> Visit:
    """Store what was found and open what follows; the visit becomes ``recorded``. Return it.

    attempt: names this sending; the same one sent again, from a phone that was
    cut off, returns the visit and does nothing twice. The lead unit owes the
    publication by ``INS.PUBLISH``, and each kind of follow-up once: the
    enterprise rectifies where the platform knows it as a party, else the unit
    sees to it. Raises NotFound, whatever the policy refuses, Refusal
    ``inspections.scan_first``, ``inspections.recorded_already``,
    ``inspections.rectify_by_is_past``, ``inspections.unknown_result``, ``inspections.sheet_incomplete``,
    ``inspections.no_result``, ``inspections.results_contradict``, and what
    ``documents.keep`` refuses of a photo. Records ``inspections.visit_recorded`` (strict).
    """
    visit = queries.visit_with(public_id, lock=True)
    access.permit(by, "inspections.inspect", visit)
    if visit.attempt and visit.attempt == attempt:
        return visit
    _refuse_out_of_turn(visit)
    today = clock.beijing_date(at)
    if sheet.rectify_by is not None and sheet.rectify_by < today:
        raise Refusal("inspections.rectify_by_is_past", "责令改正的期限已经过去。", "请填写今天或者以后的日期。")
    codes = codes_of(sheet, today)
    _store_marks(visit, sheet.marks, by, at)
    faults = sum(mark.is_right is False for mark in sheet.marks)
    refused = results.codes_fit(codes, faults)
    if refused is not None:
        raise refused
    for stream, name, media_type in sheet.photos:
        add_photo(visit=visit, stream=stream, name=name, media_type=media_type, by=by, at=at)
    store_outcomes(visit, codes, sheet.remark, round=1, by=by, at=at)
    visit.state, visit.recorded_at, visit.attempt = Visit.State.RECORDED, at, attempt[:80]
    visit.finished_on = today
    visit.save(update_fields=["state", "recorded_at", "attempt", "finished_on"])
    for code in results.follows(codes):
        _owe_follow_up(visit, code, sheet.rectify_by, by, at)
    disclosure.owe_publication(
        subject=f"visit:{visit.public_id}",
        kind=RESULT_KIND,
        title=visit.target.name,
        unit=visit.lead_unit,
        limit=PUBLISH_LIMIT,
        by=by,
        at=at,
    )
    # What was found is not public before the results are: the entry commits to it and tells nothing.
    found = {"faults": faults, "scheme": sheet.scheme, "codes": [each.code for each in codes]}
    facts = {"unit": visit.lead_unit.code, "found": ledger.private(found)}
    ledger.record("inspections.visit_recorded", subject=visit.in_ledger, by=by, at=at, facts=facts)
    return visit


def add_photo(*, visit: Visit, stream: BinaryIO, name: str, media_type: str, by: Actor, at: datetime) -> Photo:
    """Keep a picture of a visit, as part of a deed that has been permitted; raises what ``documents.keep`` refuses."""
    kept = documents.keep(stream, name=name, media_type=media_type, subject=f"visit:{visit.public_id}", by=by, at=at)
    return Photo.objects.create(visit=visit, document=kept, caption=name[:200])


def _refuse_out_of_turn(visit: Visit) -> None:
    if visit.state == Visit.State.PLANNED:
        raise Refusal(
            "inspections.scan_first",
            "还没有扫企业的码。不扫码，不得开始检查，也不能录入结果。",
            "请在企业门口扫“企业码”以后再录入。",
            source="国办发〔2024〕54号",
        )
    if visit.state != Visit.State.STARTED:
        raise Refusal(
            "inspections.recorded_already",
            f"这次检查现在是“{visit.get_state_display()}”，结果已经由同组人员录入或者检查已中止。",
            "请刷新页面查看；录错的，由牵头单位更正。",
        )


def codes_of(sheet: Sheet, today: date) -> list[results.Code]:
    rows = {row.code: row for row in queries.result_codes(sheet.scheme, today)}
    unknown = [code for code in sheet.codes if code not in rows]
    if unknown:
        raise Refusal(
            "inspections.unknown_result", f"检查结果代码表里没有“{'、'.join(unknown)}”。", "请从列出的结果中选择。"
        )
    return [
        results.Code(sheet.scheme, code, rows[code].words, rows[code].follow, rows[code].is_clean)
        for code in dict.fromkeys(sheet.codes)
    ]


def _store_marks(visit: Visit, marks: Sequence[Marked], by: Actor, at: datetime) -> None:
    items = {item.item_code: item for item in visit.items.all()}
    asked = {(point.item, point.place) for point in queries.points_of(list(items), visit.planned_on)}
    answered = {(mark.item_code, mark.point) for mark in marks}
    missing = asked - answered
    if missing or not answered <= asked or len(answered) < len(marks):
        raise Refusal(
            "inspections.sheet_incomplete",
            f"检查表还有{len(missing)}项没有回答。" if missing else "检查表里有重复的或者不属于这次检查的项目。",
            "请逐项回答“符合、不符合、不适用”。",
        )
    if any(mark.is_right is False and not mark.remark.strip() for mark in marks):
        raise Refusal("inspections.sheet_incomplete", "有不符合的项目没有写明情况。", "请写明哪里不符合。")
    Answer.objects.bulk_create(
        Answer(
            item=items[mark.item_code],
            point=mark.point,
            question=mark.question,
            is_right=mark.is_right,
            remark=mark.remark.strip(),
            by=by.person,
            at=at,
        )
        for mark in marks
    )


def store_outcomes(
    visit: Visit, codes: Sequence[results.Code], remark: str, *, round: int, by: Actor, at: datetime
) -> None:
    Outcome.objects.bulk_create(
        Outcome(
            visit=visit,
            scheme=each.scheme,
            code=each.code,
            words=each.words,
            remark=remark,
            round=round,
            by=by.person,
            at=at,
        )
        for each in codes
    )


def _owe_follow_up(visit: Visit, code: results.Code, rectify_by: date | None, by: Actor, at: datetime) -> FollowUp:
    kind, words, limit = FOLLOW_UPS[code.follow]
    party = visit.target.party if code.follow == "rectify" else None
    set_on_the_spot = rectify_by if code.follow == "rectify" else None
    owed = work.owe(
        kind=kind,
        title=f"{visit.target.name}：{words}",
        unit=None if party else visit.lead_unit,
        party=party,
        limit=None if set_on_the_spot else limit,
        due_date=set_on_the_spot,
        origin=visit.in_ledger,
        by=by,
        at=at,
    )
    return FollowUp.objects.create(visit=visit, follow=code.follow, words=f"{code.words}：{words}", obligation=owed)
