"""A template is used once two people looked at its specimen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from yingshang.kernel import access, clock, ledger, org, typesetting
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.credentials import queries, rules
from yingshang.registers.credentials.models import Credential, Kind, Release
from yingshang.registers.credentials.operations.printing import paper_of, template_of

SPECIMEN_CODE = "0" * 16


@transaction.atomic
def propose_template(*, kind: str, unit: str, by: Actor, at: datetime) -> Release:
    """Propose the present template of a kind for use by a unit, and return the proposal.

    Raises NotFound, whatever the policy refuses, Refusal
    ``credentials.not_the_issuer`` and ``credentials.proposed_already``.
    Records ``credentials.template_proposed``.
    """
    issuing = org.unit(unit)
    access.permit(by, "credentials.propose_template", issuing)
    on = clock.beijing_date(at)
    edition = queries.kind_on(kind, on)
    if queries.issuer_on(kind, issuing, on) is None:
        raise Refusal(
            "credentials.not_the_issuer",
            f"{issuing.short_name}不是“{edition.title}”的颁发机构。",
            "请由颁发机构办理；职责已经调整的，请更新县里的证照目录。",
        )
    template = template_of(edition)
    release = Release(kind=edition, unit=issuing, template=template, proposed_at=at, proposed_by=by.person)
    try:
        with transaction.atomic():
            release.save()
    except IntegrityError:
        raise Refusal(
            "credentials.proposed_already",
            f"“{edition.title}”现在的模板已经提请过。",
            "还没有启用的，请由另一个人核对样张后启用。",
        ) from None
    _record("credentials.template_proposed", release, by, at)
    return release


@transaction.atomic
def release_template(*, release_id: int, by: Actor, at: datetime) -> Release:
    """Let a proposed template be used, as the second person, and return it.

    Raises NotFound, whatever the policy refuses (never the proposer), Refusal
    ``credentials.released_already`` and ``credentials.template_changed``.
    Records ``credentials.template_released``.
    """
    rows = Release.objects.select_for_update(of=("self",)).select_related("kind", "unit")
    release = rows.filter(pk=release_id).first()
    if release is None:
        raise NotFound("这次提请")
    access.permit(by, "credentials.release_template", release)
    if release.released_at is not None:
        raise Refusal("credentials.released_already", f"“{release.kind.title}”的模板已经启用。", "不用再办。")
    if release.template != template_of(release.kind):
        raise Refusal(
            "credentials.template_changed", "提请以后模板又改动过，样张已经不是提请时的样子。", "请重新提请再启用。"
        )
    release.released_at, release.released_by = at, by.person
    release.save(update_fields=["released_at", "released_by"])
    _record("credentials.template_released", release, by, at)
    return release


def present_release(kind: Kind, releases: Iterable[Release]) -> Release | None:
    """Return the proposal or release of a kind's present template among those of a unit, or None."""
    template = template_of(kind)
    return next((each for each in releases if each.kind_id == kind.pk and each.template == template), None)


def specimen(*, kind: Kind, unit: org.Unit, at: datetime) -> bytes:
    """Return the PDF of a specimen (样张): every field filled with its own label, not sealed, nothing kept."""
    on = clock.beijing_date(at)
    one = Credential(
        title=kind.title,
        number="样张",
        identifier="样张",
        fields={row["key"]: f"（{row['label']}）" for row in kind.fields},
        valid_from=on,
        valid_to=rules.last_day(on, rules.period_of(kind.validity)),
        code=SPECIMEN_CODE,
    )
    paper = paper_of(one, kind, unit, on)
    return typesetting.pdf(typesetting.Certificate(**{**vars(paper), "note": "样张，不是证照"}))


def _record(kind: str, release: Release, by: Actor, at: datetime) -> None:
    facts = {"title": release.kind.title, "template": release.template}
    ledger.record(kind, subject=f"credential-template:{release.pk}", by=by, at=at, facts=facts)
