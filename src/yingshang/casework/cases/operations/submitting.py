"""Handing in: the case, its receipt and its ledger entry stand together or not at all."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yingshang.casework.cases import rules
from yingshang.casework.cases.models import Case, Channel
from yingshang.casework.cases.operations import handed_in
from yingshang.casework.cases.operations.handed_in import Paper, Sent
from yingshang.casework.cases.policies import Application
from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.audience import Audience
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Party

KIND = "cases.case"
TRIES = 3
DRAWN_TWICE = ("work_dossier_no", "cases_case_number")
"""Constraints that a number drawn a second time breaks: once in many years."""


def submit(
    *,
    version: int,
    applicant: Party,
    answers: Mapping[str, Any],
    situation: Mapping[str, str],
    papers: Sequence[Paper],
    channel: str,
    by: Actor,
    at: datetime,
    idempotency_key: str,
    prefilled: int = 0,
    place: str = "",
    promise: str = "",
) -> Case:
    """Hand in an application or a filing and return its case; its number and ``queries.secret_of`` are the receipt.

    version: pk of the item version that was filled in. answers: of the form;
    situation: question → answer. prefilled: how many fields were held already.
    place: code of the township or zone where the applicant wants it handled.
    promise: the text of the commitment by which the license is asked for.
    idempotency_key: names this attempt; sent again with the same content, it
    returns the first case and does nothing.
    Raises NotFound; what the policy refuses; what the catalogue answers for an
    item that takes no new cases; Refusal ``cases.version_changed``,
    ``cases.answers_do_not_fit``, ``cases.papers_do_not_fit``,
    ``cases.file_not_yours``, ``cases.no_promises_now``, ``cases.not_held``,
    ``cases.attempt_used_before``. Records ``cases.submitted``.
    Statements: 15, with any number of files.
    """
    sent = Sent(
        version=version,
        applicant=applicant,
        answers=answers,
        situation=situation,
        papers=papers,
        channel=Channel(channel),
        prefilled=prefilled,
        place=place,
        promise=promise,
    )
    return _once(sent, by=by, at=at, attempt=idempotency_key)


def enter_paper(
    *,
    version: int,
    applicant: Party,
    answers: Mapping[str, Any],
    situation: Mapping[str, str],
    papers: Sequence[Paper],
    received_at: datetime,
    paper_no: str,
    because: str,
    by: Actor,
    at: datetime,
    idempotency_key: str,
    channel: str = Channel.WINDOW,
    place: str = "",
) -> Case:
    """Enter what came in on paper earlier (补录), and return its case: every clock runs from the real receipt.

    received_at: when the paper came in. paper_no: the number it bears.
    because: why it is entered late; who enters it is kept. See ``submit``.
    Raises also Refusal ``cases.received_in_the_future`` and ``cases.say_why_late``.
    """
    if received_at > at:
        raise Refusal(
            "cases.received_in_the_future",
            f"收件时间{clock.beijing_date(received_at):%Y年%m月%d日}晚于现在。",
            "请核对收件登记上的时间。",
        )
    if not because.strip():
        raise Refusal("cases.say_why_late", "补录要写明为什么没有当时录入。", "请填写补录原因。")
    sent = Sent(
        version=version,
        applicant=applicant,
        answers=answers,
        situation=situation,
        papers=papers,
        channel=Channel(channel),
        prefilled=0,
        place=place,
        promise="",
        received_at=received_at,
        paper_no=paper_no.strip(),
        entered_late_because=because.strip()[:200],
    )
    return _once(sent, by=by, at=at, attempt=idempotency_key)


def audience_of_files(applicant: Party, unit: str) -> Audience:
    """Return who may read a file of an application: the applicant's side and the unit that acts."""
    return Audience(unit=unit, party=str(applicant.public_id))


def _once(sent: Sent, *, by: Actor, at: datetime, attempt: str) -> Case:
    """Do it, or return what the same attempt did before.

    No look beforehand: the unique constraint decides, also between two clicks
    at the same moment; the one who was second finds the first one's case.
    """
    digest = _digest(sent)
    for _ in range(TRIES):
        try:
            return _submit(sent, digest, by=by, at=at, attempt=attempt)
        except IntegrityError as error:
            first = Case.objects.filter(entered_by=by.person, attempt=attempt).first()
            if first is not None:
                return _same(first, digest)
            _refuse_if_paper_number_taken(error, sent.paper_no)
    raise RuntimeError("no free number was drawn in three tries")


def _same(first: Case, digest: str) -> Case:
    if first.digest == digest:
        return first
    raise Refusal(
        "cases.attempt_used_before",
        f"这个页面已经提交过一次，办件编号是{first.number}，内容与这次不同。",
        "如要另办一件，请重新打开申请页面；如要更正，请在办件页面办理。",
    )


def _refuse_if_paper_number_taken(error: IntegrityError, paper_no: str) -> None:
    """Raise Refusal ``cases.paper_number_taken`` where that is the complaint; let a number drawn twice pass."""
    if "cases_case_paper_number_once" in str(error):
        raise Refusal(
            "cases.paper_number_taken", f"纸质编号“{paper_no}”已经录入过。", "请核对编号，或查看已经录入的办件。"
        ) from None
    if not any(name in str(error) for name in DRAWN_TWICE):
        raise error


@transaction.atomic
def _submit(sent: Sent, digest: str, *, by: Actor, at: datetime, attempt: str) -> Case:
    received = sent.received_at or at
    day = clock.beijing_date(received)
    version = handed_in.version_taking(sent.version, day)
    unit = handed_in.acting_unit(version, day, sent.place)
    access.permit(by, "cases.submit", Application(str(sent.applicant.public_id), unit.code))
    held = handed_in.check(version, sent, by=by, day=day)
    number = rules.case_number(day, secrets.randbelow(rules.CHANCES))
    dossier = work.open_dossier(
        kind=KIND,
        title=f"{version.title}（{number}）",
        procedure=version.procedure,
        lead_unit=unit,
        involved=[(sent.applicant, "applicant")],
        no=number,
        by=by,
        at=at,
        since=day,
        # The ledger is public: it holds that something came in, and who has the receipt can show what it was.
        recorded_as=("cases.submitted", {"receipt": ledger.private(receipt_line(number, digest))}),
    )
    case = Case.objects.create(
        dossier=dossier,
        version_id=version.pk,
        item_code=version.item_code,
        number=number,
        applicant=sent.applicant,
        unit=unit,
        bureau_id=bureau_of(unit),
        channel=sent.channel,
        answers=dict(sent.answers),
        situation=dict(sent.situation),
        fields_asked=len(sent.answers),
        fields_prefilled=min(sent.prefilled, len(sent.answers)),
        visits=1 if sent.channel == Channel.WINDOW else 0,
        received_at=received,
        entered_at=at,
        entered_by=by.person,
        attempt=attempt,
        digest=digest,
        paper_no=sent.paper_no,
        entered_late_because=sent.entered_late_because,
        state=dossier.state,
    )
    handed_in.keep(case, version, sent, held, by=by, at=at)
    return case


def receipt_line(number: str, digest: str) -> str:
    """Return what the ledger holds closed of a receipt: its number and the digest of what was handed in."""
    return f"{number} {digest}"


def bureau_of(unit: org.Unit) -> int:
    """Return the pk of the unit directly under the county to which a unit belongs. No query for most units."""
    parts = unit.path.strip("/").split("/")
    return unit.pk if len(parts) <= 2 else org.unit(parts[1]).pk


def _digest(sent: Sent) -> str:
    """Return the SHA-256 of what was sent, the same for the same content."""
    plain = {
        "version": sent.version,
        "applicant": str(sent.applicant.public_id),
        "answers": dict(sent.answers),
        "situation": dict(sent.situation),
        "papers": [[p.key, p.given.value, str(p.document or ""), p.source, p.copies, p.promise] for p in sent.papers],
        "channel": sent.channel.value,
        "place": sent.place,
        "promise": sent.promise,
        "paper_no": sent.paper_no,
    }
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
