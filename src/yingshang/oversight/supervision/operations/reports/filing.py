"""Somebody reports a problem: no log-in, no trace of who, once however often the form is sent."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from yingshang.kernel import access, audience, clock, documents, ledger, org, work
from yingshang.kernel.audience import Audience
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import ANONYMOUS, SYSTEM
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import ProblemReport, ReportStep
from yingshang.oversight.supervision.policies.reports import TRIAGE
from yingshang.oversight.supervision.rules import reports as rules
from yingshang.oversight.supervision.rules.county import CountyRules
from yingshang.oversight.supervision.rules.photos import without_marks

KEY = re.compile(r"^[0-9a-f]{32}$")


@dataclass(frozen=True)
class Filed:
    """A report with what its asker is told once. ``code`` is stored nowhere."""

    report: ProblemReport
    code: str


@transaction.atomic
def file_report(
    *,
    key: str,
    text: str,
    place: str,
    unit: str,
    contact: str,
    photos: Sequence[bytes],
    sent_today: int,
    at: datetime,
) -> Filed:
    """Take in a report of a problem and return it with its query code.

    Whoever sends it acts as nobody: no person, party or address is passed in.
    key: 32 hex digits made at random with the form; the same key again returns
    the first report and stores nothing. unit: code of the unit the reporter
    names, empty for *don't know*. contact: as written, may be empty; kept as a
    sealed document that only those who triage can open. photos: JPEG or PNG;
    what the camera wrote into them is taken out. sent_today: reports that this
    browser has sent today.
    Opens the bureau's duty to triage. Records ``supervision.report_received``
    without number or content. Raises Refusal
    ``supervision.report_form_too_old``, ``supervision.report_too_short``,
    ``supervision.report_sent_already``, ``supervision.too_many_reports``,
    ``supervision.too_many_photos``, ``supervision.photo_too_large``,
    ``supervision.not_a_photo``, ``supervision.nobody_keeps_contacts``.
    """
    county, text, place, contact = queries.rules_of_county(), text.strip(), place.strip(), contact.strip()
    if not KEY.match(key):
        raise Refusal("supervision.report_form_too_old", "这张表单不完整，无法提交。", "请回到第一步重新填写。")
    retry = _digest(f"report-key|{key}")
    _wait_for_the_same(retry)
    access.permit(ANONYMOUS, "supervision.file_report")
    code = rules.code_for(key, settings.SECRET_KEY)
    clean = _clean(photos, county)
    content = _digest("|".join([text, place, unit, contact, *(hashlib.sha256(each).hexdigest() for each in clean)]))
    before = ProblemReport.objects.filter(retry_digest=retry).first()
    if before is not None:
        return Filed(_same(before, content), code)
    _refuse_unfit(text, sent_today, county)
    said = org.unit(unit) if unit else None
    number = audience.random_number()
    report = ProblemReport.objects.create(
        public_no=number,
        door=rules.door(number, code),
        retry_digest=retry,
        content_digest=content,
        text=text,
        place=place,
        said_unit=said,
        risk_word=rules.risk_word(f"{text} {place}", county.reports.risk_words),
        photos=len(clean),
        received_at=at,
    )
    _keep(report, clean, contact, county, at)
    report.triage = work.owe(
        kind="supervision.triage_report",
        title="分办群众反映的问题",
        unit=county.bureau,
        limit="RPT.TRIAGE",
        origin="reports",
        by=SYSTEM,
        at=at,
    )
    report.save(update_fields=["triage"])
    ReportStep.objects.create(report=report, kind=ReportStep.Kind.RECEIVED, at=at)
    ledger.record(
        "supervision.report_received",
        subject="reports",
        by=SYSTEM,
        at=at,
        facts={"commitment": ledger.private(f"{number} {content}")},
    )
    return Filed(report, code)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _wait_for_the_same(retry: str) -> None:
    """Let a second sending of the same form wait until the first has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [retry])


def _same(before: ProblemReport, content: str) -> ProblemReport:
    if before.content_digest != content:
        raise Refusal(
            "supervision.report_sent_already",
            "这张表单已经提交过，内容和这次不一样，没有再收一次。",
            "补充情况请凭编号和查询码办理；另有问题请重新填一张。",
        )
    return before


def _refuse_unfit(text: str, sent_today: int, county: CountyRules) -> None:
    if len(text) < county.reports.shortest_text:
        raise Refusal("supervision.report_too_short", "还没有说清楚是什么问题。", "请写明发生了什么事。")
    if sent_today >= county.reports.per_day:
        raise Refusal(
            "supervision.too_many_reports",
            f"同一个浏览器一天最多反映{county.reports.per_day}件，今天已经满了。",
            f"请明天再来；情况紧急的，请拨打{org.county().hotline}。",
        )


def _clean(photos: Sequence[bytes], county: CountyRules) -> list[bytes]:
    limits = county.reports
    if len(photos) > limits.photos:
        raise Refusal("supervision.too_many_photos", f"最多上传{limits.photos}张照片。", "请挑最能说明问题的几张。")
    clean = []
    for place, photo in enumerate(photos, 1):
        if len(photo) > limits.photo_bytes:
            raise Refusal(
                "supervision.photo_too_large",
                f"第{place}张照片超过{limits.photo_bytes >> 20}MB。",
                "请用手机自带的编辑功能缩小后再上传。",
            )
        try:
            clean.append(without_marks(photo))
        except ValueError:
            raise Refusal(
                "supervision.not_a_photo",
                f"第{place}个文件不是完整的照片，只收JPG和PNG。",
                "请重新拍照，或者截图后上传截图。",
            ) from None
    return clean


def _keep(report: ProblemReport, photos: Sequence[bytes], contact: str, county: CountyRules, at: datetime) -> None:
    for place, photo in enumerate(photos, 1):
        documents.keep(
            io.BytesIO(photo),
            # Never the name that the file came with: it may say who took it.
            name=f"照片{place}",
            media_type="",
            subject=queries.subject_of(report),
            by=ANONYMOUS,
            at=at,
            audience=Audience(unit=county.bureau),
        )
    if not contact:
        return
    keepers = queries.holders_of(TRIAGE, clock.beijing_date(at))
    if not keepers:
        raise Refusal(
            "supervision.nobody_keeps_contacts",
            "现在没有可以保管联系方式的人员，不能收下您的联系方式。",
            "请把联系方式留空再提交；凭编号和查询码一样可以查进展。",
        )
    documents.keep_sealed(
        io.BytesIO(contact.encode()),
        name="反映人联系方式",
        media_type="",
        subject=queries.contact_subject_of(report),
        handlers=keepers,
        at=at,
    )
