"""An application on paper at the window: who applies is found or noted, then it is handed in like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yingshang.casework.cases.models import Case
from yingshang.casework.cases.operations.handed_in import Paper, acting_unit
from yingshang.casework.cases.operations.submitting import enter_paper, submit
from yingshang.kernel import access, clock, parties
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.methods.identifiers import resident_id, uscc
from yingshang.registers.catalogue import api as catalogue


@transaction.atomic
def take_at_the_window(
    *,
    version: int,
    kind: str,
    name: str,
    code: str,
    answers: Mapping[str, Any],
    situation: Mapping[str, str],
    papers: Sequence[Paper],
    received_at: datetime,
    paper_no: str,
    because: str,
    channel: str,
    by: Actor,
    at: datetime,
    idempotency_key: str,
) -> Case:
    """Take an application on paper and return its case; one that came in on an earlier day runs from that day.

    kind, name, code: of the applicant; whoever is known by the code is that
    party. Raises what the policies refuse, Refusal ``cases.code_is_wrong``,
    ``cases.name_does_not_fit``, and what ``submit`` and ``enter_paper`` raise.
    """
    item = catalogue.version(version)
    access.permit(by, "cases.receive", acting_unit(item, clock.beijing_date(received_at), ""))
    sent: dict[str, Any] = {
        "version": version,
        "applicant": _applicant(kind, name, code),
        "answers": answers,
        "situation": situation,
        "papers": papers,
        "channel": channel,
        "by": by,
        "at": at,
        "idempotency_key": idempotency_key,
    }
    if clock.beijing_date(received_at) == clock.beijing_date(at) and not because.strip():
        return submit(**sent)
    return enter_paper(**sent, received_at=received_at, paper_no=paper_no, because=because)


def _applicant(kind: str, name: str, code: str) -> Party:
    try:
        plain = resident_id.check(code) if kind == Party.Kind.PERSON else uscc.check(code)
    except ValueError as error:
        raise Refusal("cases.code_is_wrong", str(error), "请对照证件逐位核对。") from None
    known = parties.party_by_code(plain)
    if known is None:
        digest = parties.code_hash(plain)
        known, _ = Party.objects.get_or_create(code_hash=digest, defaults={"kind": kind, "display_name": name.strip()})
    if known.display_name != name.strip() or known.kind != kind:
        raise Refusal(
            "cases.name_does_not_fit",
            "这个证件号码已经登记在另一个名称下，或者类别不同。",
            "请对照证件核对名称、类别和号码；名称确实变更的，请申请人先更正登记。",
        )
    return known
