"""Credentials: one, those of a holder, those of a unit, and the history of one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yingshang.kernel import access, parties
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.registers.credentials.models import Credential, StateChange

LATEST_FIRST = ("-issued_at", "-id")
_WITH = ("kind", "unit", "holder", "document", "replaced_by", "replaces")


def credential(credential_id: UUID) -> Credential:
    """Return a credential with its kind, unit, holder, file and neighbors. Raises NotFound. Queries: 1."""
    found = Credential.objects.select_related(*_WITH).filter(pk=credential_id).first()
    if found is None:
        raise NotFound("这本证照")
    return found


def of_holder(actor: Actor) -> QuerySet[Credential]:
    """Return the credentials of the party that the actor acts for, the latest first."""
    return access.visible(actor, "credentials.see_own").select_related(*_WITH).order_by(*LATEST_FIRST)


def issued_by(actor: Actor, *, state: str = "", kind: str = "", number: str = "") -> QuerySet[Credential]:
    """Return the credentials that the actor may see as issued by their unit, the latest first.

    number: the beginning of the number. Unknown words find nothing.
    """
    rows = access.visible(actor, "credentials.see_issued").select_related(*_WITH)
    wanted = Q()
    if state:
        wanted &= Q(state=state)
    if kind:
        wanted &= Q(kind__code=kind)
    if number:
        wanted &= Q(number__startswith=number)
    return rows.filter(wanted).order_by(*LATEST_FIRST)


def held_by(party: parties.Party, kind: str | None = None, *, on: date) -> list[Credential]:
    """Return the credentials in force that a party holds on a day, the latest first. Queries: 1.

    kind: the code of one kind, or all of them if None.
    """
    holds = Q(valid_to=None) | Q(valid_to__gte=on)
    rows = Credential.objects.filter(holds, holder=party, state=Credential.State.IN_FORCE, valid_from__lte=on)
    if kind is not None:
        rows = rows.filter(kind__code=kind)
    return list(rows.select_related(*_WITH).order_by(*LATEST_FIRST))


def in_force_of(dossier_id: int) -> list[Credential]:
    """Return the credentials in force that a matter gave, in their newest version. Queries: 1."""
    serials = Credential.objects.filter(dossier_id=dossier_id).values("serial")
    rows = Credential.objects.filter(serial__in=serials, state=Credential.State.IN_FORCE)
    return list(rows.select_related(*_WITH).order_by("issued_at", "id"))


def versions_of(one: Credential) -> list[Credential]:
    """Return all versions of a credential, the first one first. Queries: 1."""
    return list(Credential.objects.filter(serial=one.serial).select_related(*_WITH).order_by("version"))


def history(one: Credential) -> list[StateChange]:
    """Return what became of all versions of a credential, in order. Queries: 1."""
    rows = StateChange.objects.filter(credential__serial=one.serial).select_related("credential")
    return list(rows.order_by("at", "credential__version", "pk"))
