"""A granted license goes public within seven working days (国办发〔2018〕118号)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.casework.cases.models import Case
from yingshang.casework.cases.operations.results import credential_of
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, disclosure
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Party


@transaction.atomic
def publish_decision(*, case_id: int, by: Actor, at: datetime) -> disclosure.Disclosure:
    """Publish what was granted, masked by the rule of its kind, and return the disclosure; fulfills the duty.

    Raises NotFound, what the policies refuse, Refusal ``cases.nothing_to_publish``
    and those of ``disclosure.publish``. Records ``disclosure.published``.
    """
    case = found(case_id)
    access.permit(by, "cases.publish_decision", case)
    decision = getattr(case, "decision", None)
    if decision is None or not decision.is_granted:
        raise Refusal(
            "cases.nothing_to_publish",
            "只有准予的决定需要公开。",
            "请在作出准予决定后公开。",
            source="《行政许可法》第四十条",
        )
    return disclosure.publish(
        subject=f"case:{case.pk}",
        kind="license",
        title=case.version.title,
        fields=_fields(case),
        unit=case.unit.code,
        by=by,
        at=at,
    )


def _fields(case: Case) -> dict[str, str]:
    decision, name, credential = case.decision, case.applicant.display_name, credential_of(case)
    natural = case.applicant.kind == Party.Kind.PERSON
    fields = {
        "person" if natural else "party": name,
        "document_no": decision.document_no,
        "category": "普通",
        "license_no": credential.number if credential else "",
        "content": decision.content or case.version.title,
        "decided_on": decision.decided_on.isoformat(),
        "valid_from": decision.valid_from.isoformat() if decision.valid_from else "",
        "valid_to": decision.valid_to.isoformat() if decision.valid_to else "",
        "authority": case.unit.name,
    }
    return {key: value for key, value in fields.items() if value}
