"""What a grant brings with it from the registers: the license itself, the charges, and data not asked for again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, Decision
from yingshang.casework.cases.operations.filings import is_filing
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, clock, forms
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.credentials import api as credentials
from yingshang.registers.fees import api as fees
from yingshang.registers.profiles import api as profiles

ON_LICENSES = {
    "enterprise.name": "name",
    "enterprise.credit_code": "credit_code",
    "enterprise.address": "address",
    "enterprise.legal_representative": "representative",
    "enterprise.mobile": "phone",
    "person.name": "name",
    "person.mobile": "phone",
    "person.address": "address",
}
"""What a held field is called on licenses."""


@transaction.atomic
def issue_credential(
    *, case_id: int, by: Actor, at: datetime, fields: Mapping[str, str] | None = None
) -> credentials.Credential:
    """Issue the license a grant gives, or the receipt of a filing, sealed; a retry returns the one issued before.

    fields: to print beside, or in the place of, those that the form says.
    Raises NotFound, what the policies refuse, Unavailable when the signing
    process does not answer (the decision stands, the license is issued later),
    Refusal ``cases.nothing_to_issue`` and those of ``credentials.issue``.
    """
    case = found(case_id)
    access.permit(by, "cases.decide", case)
    kind = credential_kind(case)
    decision = getattr(case, "decision", None)
    effective = is_filing(case) and case.state != "withdrawn"
    if not kind or not (effective or (decision is not None and decision.is_granted)):
        raise Refusal("cases.nothing_to_issue", "本件没有要颁发的证照，或者还没有作出准予的决定。", "请先作出决定。")
    return credentials.issue(
        kind=kind,
        holder=case.applicant,
        title=catalogue.version(case.version_id).content.basics.result.title,
        fields={**printed_fields(case), **(fields or {})},
        valid_from=_first_day(case, decision),
        valid_to=decision.valid_to if decision else None,
        unit=case.unit,
        dossier_id=case.dossier_id,
        by=by,
        at=at,
    )


def revoke_credentials(case: Case, *, reason: str, by: Actor, at: datetime) -> None:
    """Revoke what a grant gave, in the transaction that revokes the grant: whoever verifies it sees so at once.

    Raises what the policy of the issuing unit refuses. Records ``credentials.revoked`` for each.
    """
    for held in credentials.in_force_of(case.dossier_id):
        credentials.revoke(credential_id=held.pk, reason=reason, basis="《行政许可法》第六十九条", by=by, at=at)


def _first_day(case: Case, decision: Decision | None) -> date:
    """Return the first day of a license: the decision's, or for a filing the day it came in."""
    if decision is None:
        return clock.beijing_date(case.received_at)
    return decision.valid_from or decision.decided_on


def credential_kind(case: Case) -> str:
    """Return the kind of license that the item gives, or an empty string."""
    return catalogue.version(case.version_id).content.basics.result.credential


def credential_of(case: Case) -> credentials.Credential | None:
    """Return the license that was issued for a case, or None. Queries: 1."""
    return credentials.Credential.objects.filter(dossier_id=case.dossier_id).order_by("issued_at").last()


def printed_fields(case: Case) -> dict[str, str]:
    """Return what the answers say for the fields of a license: by the name of the held field, else by their own."""
    form = catalogue.version(case.version_id).content.form
    held = forms.held_names(form) if form else {}
    named = {ON_LICENSES.get(held.get(name, ""), name): str(value) for name, value in case.answers.items()}
    decision = getattr(case, "decision", None)
    granted = {"scope": decision.content, "content": decision.content} if decision and decision.content else {}
    return {"name": case.applicant.display_name, **granted, **named}


@transaction.atomic
def charge_fees(*, case_id: int, by: Actor, at: datetime) -> list[fees.Charge]:
    """Charge what the item charges in this situation, each row once, and return the new charges.

    Raises NotFound, what the policies refuse and ``fees.check`` refuses: a row
    outside the list or after its end date. Records ``fees.charged``.
    """
    case = found(case_id)
    access.permit(by, "cases.accept", case)
    subject = f"dossier:{case.dossier_id}"
    charged = set(fees.Charge.objects.filter(subject=subject).values_list("row_code", flat=True))
    version = catalogue.version(case.version_id)
    due = [fee.row for fee in catalogue.fees_for(version, case.situation) if fee.row not in charged]
    return [fees.charge(subject=subject, row_code=row, quantity=1, by=by, at=at, payer=case.applicant) for row in due]


@transaction.atomic
def hold_answers(*, case_id: int, at: datetime) -> tuple[str, ...]:
    """Hold what the form asked and the county may hold, so that it is not asked again; return what was new.

    Only after a grant: then an officer has looked at it. What no register
    takes, because it contradicts what it has, is left out.
    """
    case = found(case_id)
    form = catalogue.version(case.version_id).content.form
    names = forms.held_names(form) if form else {}
    values = {held: str(case.answers[name]) for name, held in names.items() if case.answers.get(name)}
    if not values:
        return ()
    source = f"办件{case.number}《{case.version.title}》"
    return profiles.hold(case.applicant, values, source=source, by=SYSTEM, at=at, holder=case.unit.code)
