"""Publishing a version: from then on it can be followed, and never changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.kernel.procedures.definition import Definition
from yingshang.kernel.procedures.models import ProcedureVersion
from yingshang.kernel.procedures.queries import frozen
from yingshang.kernel.procedures.reading import misfit


@transaction.atomic
def publish(definition: Definition, *, by: Actor, at: datetime) -> ProcedureVersion:
    """Freeze one version under its SHA-256; return it, also when it was published before.

    Raises whatever the policy refuses; Refusal ``procedures.version_is_frozen``
    when this number was published with other content, and
    ``procedures.versions_do_not_meet`` when it overlaps the version before or
    leaves a gap. Records ``procedures.published``, strict.
    """
    access.permit(by, "procedures.publish", definition)
    earlier = list(ProcedureVersion.objects.filter(procedure_id=definition.id).order_by("-version"))
    for version in earlier:
        if version.sha256 == definition.sha256:
            return version
    if earlier and earlier[0].version >= definition.version:
        raise Refusal(
            "procedures.version_is_frozen",
            f"程序“{definition.title}”第{definition.version}版已经发布，内容不能再改。",
            f"请把改动写成第{earlier[0].version + 1}版，并写明从哪一天起施行。",
        )
    complaint = earlier and misfit(frozen(earlier[0]), definition)
    if complaint:
        raise Refusal(
            "procedures.versions_do_not_meet",
            f"程序“{definition.title}”第{definition.version}版与上一版的施行日期不衔接。",
            f"请改正施行日期：新版从上一版最后一天的次日起施行（{complaint}）。",
        )
    version = ProcedureVersion.objects.create(
        procedure_id=definition.id,
        version=definition.version,
        title=definition.title,
        kind=definition.kind,
        lead_unit_code=definition.lead_unit,
        item_code=definition.item_code,
        effective_from=definition.effective_from,
        effective_to=definition.effective_to,
        canonical=definition.canonical,
        sha256=definition.sha256,
        published_at=at,
        published_by=by.person,
    )
    ledger.record(
        "procedures.published",
        subject=f"procedure:{definition.id}",
        by=by,
        at=at,
        facts={"title": definition.title, "version": definition.version, "sha256": definition.sha256},
    )
    return version
