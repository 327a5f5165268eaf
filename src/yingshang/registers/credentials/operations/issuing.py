"""Issuing: number, identifier, page, seal, row and ledger entry, all at once or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, events, ledger, org, parties, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods.identifiers import credential_id
from yingshang.registers.credentials import queries, rules
from yingshang.registers.credentials.models import Credential, Issuer, Kind, Release, StateChange
from yingshang.registers.credentials.operations.printing import new_code, paper_of, sealed, template_of

SERIES = "credential"
Way = Credential.Way


@transaction.atomic
def issue(
    *,
    kind: str,
    holder: parties.Party,
    number: str = "",
    title: str = "",
    fields: Mapping[str, str],
    valid_from: date,
    valid_to: date | None = None,
    unit: org.Unit | str,
    dossier_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Credential:
    """Issue a credential and return it: printed, sealed by the signing process, kept for its holder.

    A retry returns what was issued: the same kind for the same dossier, or
    without a dossier the same number for the same holder.
    number: made from the kind's prefix and the serial if empty. title: the
    kind's if empty. fields: of which those the kind declares are printed.
    valid_to: the longest that the kind allows if None; None again for one without end.
    Raises NotFound for an unknown kind, unit or dossier, what the policies of
    issuing and sealing refuse, Unavailable when the signing process does not
    answer (nothing is issued then), Refusal ``credentials.not_the_issuer``,
    ``credentials.not_released``, ``credentials.holder_does_not_fit``,
    ``credentials.dates_do_not_fit``, ``credentials.longer_than_allowed``,
    ``credentials.field_missing``, ``credentials.field_too_long``,
    ``credentials.number_taken`` and ``credentials.issued_already``.
    Records ``credentials.issued`` and tells it.
    """
    issuing = org.unit(unit) if isinstance(unit, str) else unit
    on = clock.beijing_date(at)
    edition = queries.kind_on(kind, on)
    release, issuer = locked_release(edition, issuing, on)
    access.permit(by, "credentials.issue", issuing)
    _refuse_strange_dossier(dossier_id)
    number, title = number.strip(), title.strip() or edition.title
    if (before := _issued_before(edition, dossier_id, issuing, title, number, holder)) is not None:
        return before
    must_fit(edition, holder, valid_from, valid_to)
    serial = _next_serial(on)
    one = Credential(
        kind=edition,
        release=release,
        unit=issuing,
        holder=holder,
        holder_name=holder.display_name,
        dossier_id=dossier_id,
        title=title,
        number=number or f"{edition.number_prefix}{serial}",
        serial=serial,
        fields=rules.printed(queries.fields_of(edition), fields, title=title),
        valid_from=valid_from,
        valid_to=valid_to or rules.last_day(valid_from, rules.period_of(edition.validity)),
        issued_at=at,
        issued_by=by.person,
    )
    return put_out(one, issuer, by=by, at=at)


def put_out(
    one: Credential, issuer: Issuer, *, by: Actor, at: datetime, kind: str = "credentials.issued"
) -> Credential:
    """Identify, print, seal, store and record a credential that is otherwise ready. kind: of the ledger entry."""
    on = clock.beijing_date(at)
    one.code = new_code()
    one.identifier = credential_id.made(
        kind=one.kind.type_code, authority=issuer.authority_code, serial=one.serial, version=one.version
    )
    paper = paper_of(one, one.kind, one.unit, on)
    one.document = sealed(one, paper, holder=str(one.holder.public_id), by=by, at=at)
    entry = ledger.record(
        kind,
        subject=f"credential:{one.pk}",
        by=by,
        at=at,
        # The digest stands open: the file holds a random code, so only who has the file can compute it.
        facts={
            "title": one.kind.title,
            "digest": one.document.digest,
            "version": one.version,
            "identifier": ledger.private(one.identifier),
        },
    )
    one.entry = entry.pk
    one.save(force_insert=True)
    StateChange.objects.create(
        credential=one, state=one.state, on=on, at=at, by=by.person, reason=one.why, entry=entry.pk
    )
    events.tell("credentials.issued", at=at, credential_id=str(one.pk), kind=one.kind.code, way=str(one.way))
    return one


def locked_release(kind: Kind, unit: org.Unit, on: date) -> tuple[Release, Issuer]:
    """Return the release of a kind's template, locked so that two retries at once issue once, and the issuer.

    Raises Refusal ``credentials.not_the_issuer`` and ``credentials.not_released``.
    """
    issuer = queries.issuer_on(kind.code, unit, on)
    if issuer is None:
        raise Refusal(
            "credentials.not_the_issuer",
            f"{unit.short_name}不是“{kind.title}”的颁发机构。",
            "请由颁发机构办理；职责已经调整的，请更新县里的证照目录。",
        )
    rows = Release.objects.select_for_update().filter(kind=kind, unit=unit, template=template_of(kind))
    release = rows.filter(released_at__isnull=False).first()
    if release is None:
        raise Refusal(
            "credentials.not_released",
            f"“{kind.title}”的证照模板还没有启用，或者启用以后改动过。",
            "请在“证照模板”中核对样张，由一人提请、另一人启用后再颁发。",
        )
    return release, issuer


def must_fit(kind: Kind, holder: parties.Party, valid_from: date, valid_to: date | None) -> None:
    """Raise the Refusal that says why a holder or the dates do not fit a kind."""
    if holder.kind not in kind.holders:
        raise Refusal(
            "credentials.holder_does_not_fit",
            f"“{kind.title}”不能发给{holder.get_kind_display()}。",
            "请核对申请人的类别，或者选择别的证照。",
        )
    if valid_to is not None and valid_to < valid_from:
        raise Refusal("credentials.dates_do_not_fit", "有效期的最后一天早于第一天。", "请改正有效期。")
    longest = rules.last_day(valid_from, rules.period_of(kind.validity))
    if longest is not None and valid_to is not None and valid_to > longest:
        raise Refusal(
            "credentials.longer_than_allowed",
            f"“{kind.title}”从{valid_from}起最长到{longest}。",
            "请缩短有效期。",
            kind.source,
        )


def _refuse_strange_dossier(dossier_id: int | None) -> None:
    if dossier_id is not None and not work.Dossier.objects.filter(pk=dossier_id).exists():
        raise NotFound("这个卷宗")


def _issued_before(
    kind: Kind, dossier_id: int | None, unit: org.Unit, title: str, number: str, holder: parties.Party
) -> Credential | None:
    """Return what an earlier try issued; refuse what another matter or holder has."""
    rows = Credential.objects.select_related("kind", "unit", "holder", "document")
    if dossier_id is not None:
        before = rows.filter(dossier_id=dossier_id, kind__code=kind.code, way=Way.FIRST).first()
        if before is not None and (before.holder_id != holder.pk or (number and before.number != number)):
            raise Refusal(
                "credentials.issued_already",
                f"这一件已经颁发过{before.title}{before.number}。",
                "需要更改的，请办理换发。",
            )
        if before is not None:
            return before
    if not number:
        return None
    taken = rows.filter(unit=unit, title=title, number=number, version=1).first()
    if taken is None:
        return None
    if taken.holder_id == holder.pk and taken.dossier_id is None and dossier_id is None:
        return taken
    raise Refusal(
        "credentials.number_taken", f"编号{number}已经用在另一本{title}上。", "请核对编号，或者空着由平台编号。"
    )


def _next_serial(on: date) -> str:
    """Return the next serial of the county: the year and seven digits. The series is worded ``{year}{n}``."""
    year, count = str(on.year), work.next_number(SERIES, on.year).removeprefix(str(on.year))
    return f"{year}{int(count):07d}"
