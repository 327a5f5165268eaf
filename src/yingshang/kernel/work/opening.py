"""Opening a dossier, and closing one that follows no procedure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yingshang.kernel import clock, events, ledger, org, procedures, registry
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.kernel.work.deed import Deed
from yingshang.kernel.work.entering import begin_limits, open_branches
from yingshang.kernel.work.models import Dossier, Involvement, Move, Step

OPEN = "open"


@transaction.atomic
def open_dossier(
    *,
    kind: str,
    title: str,
    by: Actor,
    at: datetime,
    procedure: str | procedures.ProcedureVersion | None = None,
    lead_unit: org.Unit | str | None = None,
    parent: Dossier | None = None,
    involved: Iterable[tuple[Party, str]] = (),
    no: str | None = None,
    sealed: bool = False,
    since: date | None = None,
    recorded_as: tuple[str, Mapping[str, Any]] | None = None,
) -> Dossier:
    """Open a dossier and return it, standing in the first state of its procedure.

    kind: declared under ``dossiers`` in a manifest. procedure: id (the version
    in force on the Beijing date of ``at`` is taken and kept) or a version;
    None: it has no steps and is closed by ``close_dossier``. lead_unit: unit
    or code; the procedure's if left out. involved: (party, role); the role
    ``applicant`` is the one that procedures speak of. no: from ``next_number``.
    since: the earlier day on which it came in on paper; its limits count from there.
    recorded_as: ledger kind and facts of the caller's deed, where it is to be
    recorded in the place of ``work.dossier_opened``.
    The deed that opens it is the caller's, who has permitted it. Raises
    NotFound for an unknown procedure or unit, ValueError for an undeclared
    kind. Records ``work.dossier_opened`` unless sealed.
    """
    _must_be_declared(kind)
    on = clock.beijing_date(at)
    version = procedures.version_for(procedure, on) if isinstance(procedure, str) else procedure
    definition = procedures.frozen(version) if version else None
    lead = lead_unit or (definition.lead_unit if definition else None)
    if definition is not None and not lead:
        raise ValueError(f"the procedure {definition.id} leaves its lead unit to whoever opens the dossier")
    dossier = Dossier.objects.create(
        kind=kind,
        no=no,
        title=title,
        procedure=version,
        lead_unit=org.unit(lead) if isinstance(lead, str) else lead,
        parent=parent,
        state=definition.start if definition else OPEN,
        is_sealed=sealed,
        opened_at=at,
    )
    people = [Involvement(dossier=dossier, party=party, role=role, since=at) for party, role in involved]
    if people:
        Involvement.objects.bulk_create(people)
    if definition is None:
        _note_opening(dossier, by, at)
        return dossier
    main = Step.objects.create(dossier=dossier, unit=dossier.lead_unit, state=definition.start, opened_at=at)
    deed = Deed(dossier, definition, by, at, since=since or on, recorded_as=recorded_as)
    deed.note(main, Move.Kind.OPEN, "open", "")
    begin_limits(deed, main)
    open_branches(deed, main)
    deed.finish()
    return dossier


@transaction.atomic
def close_dossier(
    *, dossier_id: int, by: Actor, at: datetime, outcome: Dossier.Outcome = Dossier.Outcome.DONE
) -> Dossier:
    """Close a dossier that follows no procedure, and return it.

    The deed is the caller's, who has permitted it. Raises NotFound, Refusal
    ``work.follows_a_procedure`` and ``work.dossier_closed``. Tells
    ``work.dossier_closed`` and records ``work.moved``, unless sealed.
    """
    dossier = Dossier.objects.select_for_update(of=("self",)).filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound("这一卷宗")
    if dossier.procedure_id is not None:
        raise Refusal("work.follows_a_procedure", "这一卷宗按程序办理，随程序办结。", "请按程序办理下一步。")
    refuse_closed(dossier)
    before, dossier.state = dossier.state, outcome.value
    dossier.outcome, dossier.closed_at = outcome, at
    dossier.save(update_fields=["state", "outcome", "closed_at"])
    Move.objects.create(
        dossier=dossier,
        do="close",
        unit_id=dossier.lead_unit_id,
        from_state=before,
        to_state=dossier.state,
        by=by.person,
        at=at,
    )
    if not dossier.is_sealed:
        facts = {"title": outcome.label, "do": "close", "from": before, "to": dossier.state, "then": []}
        ledger.record("work.moved", subject=f"dossier:{dossier.pk}", by=by, at=at, facts=facts)
        events.tell("work.dossier_closed", at=at, dossier_id=dossier.pk, state=dossier.state)
    return dossier


def refuse_closed(dossier: Dossier) -> None:
    """Raise Refusal ``work.dossier_closed`` for a dossier that has ended."""
    if dossier.closed_at is not None:
        raise Refusal(
            "work.dossier_closed",
            f"“{dossier.title}”已于{clock.beijing_date(dossier.closed_at):%Y年%m月%d日}办结。",
            "办结后不能再办理。如需更正，请另行立卷。",
        )


def _note_opening(dossier: Dossier, by: Actor, at: datetime) -> None:
    Move.objects.create(
        dossier=dossier,
        kind=Move.Kind.OPEN,
        do="open",
        unit_id=dossier.lead_unit_id,
        to_state=OPEN,
        by=by.person,
        at=at,
    )
    if not dossier.is_sealed:
        facts = {"title": dossier_kinds()[dossier.kind], "do": "open", "from": "", "to": OPEN, "then": []}
        ledger.record("work.dossier_opened", subject=f"dossier:{dossier.pk}", by=by, at=at, facts=facts)


def dossier_kinds() -> dict[str, str]:
    """Return every declared kind of dossier with its Chinese title."""
    return {kind: title for manifest in registry.capabilities() for kind, title in manifest.dossiers.items()}


def _must_be_declared(kind: str) -> None:
    if kind not in dossier_kinds():
        raise ValueError(f"no manifest declares the kind of dossier “{kind}”.{registry.nearest(kind, dossier_kinds())}")
