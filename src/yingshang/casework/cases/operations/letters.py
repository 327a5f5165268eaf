"""A letter of the office stands in for the license until it is given (以函代证)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, Letter
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, clock, ledger, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue import api as catalogue

SERIES = "case-letter"


@transaction.atomic
def issue_letter(*, case_id: int, text: str, by: Actor, at: datetime, valid_to: date | None = None) -> Letter:
    """Issue the letter that stands in for the license while an accepted case goes on, and return it.

    text: what it says; empty: the item's own wording.
    Raises NotFound, what the policy refuses, Refusal ``cases.no_letter_here``,
    ``cases.letter_issued``, ``cases.not_accepted_yet``. Records ``cases.letter_issued``, strict.
    """
    case = found(case_id)
    access.permit(by, "cases.decide", case)
    choices = catalogue.version(case.version_id).content.choices
    if not choices.letter_in_lieu:
        raise Refusal("cases.no_letter_here", "这个事项没有规定可以以函代证。", "请按程序办理，作出决定后发证。")
    if Letter.objects.filter(case=case).exists():
        raise Refusal("cases.letter_issued", "本件已经发过函。", "不需要再发。")
    _refuse_unless_running(case)
    letter = Letter.objects.create(
        case=case,
        official_no=work.next_number(SERIES, clock.beijing_date(at).year),
        text=text.strip() or choices.letter_text or f"同意按《{case.version.title}》的要求先行办理后续事项。",
        valid_to=valid_to,
        issued_at=at,
        issued_by=by.person,
    )
    facts = {"official_no": letter.official_no}
    ledger.record("cases.letter_issued", subject=f"case:{case.pk}", by=by, at=at, facts=facts)
    return letter


def _refuse_unless_running(case: Case) -> None:
    if not case.is_open or case.state in ("submitted", "correcting", "received", "informed", "granted"):
        raise Refusal(
            "cases.not_accepted_yet", "以函代证要在受理之后、作出决定之前办理。", "请先受理；已经准予的，直接送达证照。"
        )
