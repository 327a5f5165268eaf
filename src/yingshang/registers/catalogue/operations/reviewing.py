"""A second person looks before anything is published."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue.models import ItemVersion
from yingshang.registers.catalogue.operations.locking import locked_version, must_be


@transaction.atomic
def send_to_review(*, version_id: int, by: Actor, at: datetime) -> ItemVersion:
    """Hand a draft to a second person. Records ``catalogue.version_sent``.

    Raises NotFound, whatever the policy refuses, Refusal ``catalogue.version_in_another_state``.
    """
    version = locked_version(version_id)
    access.permit(by, "catalogue.edit", version.item)
    must_be(version, ItemVersion.State.DRAFT)
    version.state = ItemVersion.State.CHECKING
    version.save(update_fields=["state"])
    _record("catalogue.version_sent", version, by, at)
    return version


@transaction.atomic
def review_version(*, version_id: int, agree: bool, note: str = "", by: Actor, at: datetime) -> ItemVersion:
    """Agree to a version, or give it back with the reason; return it.

    Raises NotFound, whatever the policy refuses (nobody reviews their own),
    Refusal ``catalogue.version_in_another_state`` and
    ``catalogue.reason_missing``. Records ``catalogue.version_reviewed`` or
    ``catalogue.version_returned``.
    """
    version = locked_version(version_id)
    access.permit(by, "catalogue.review", version)
    must_be(version, ItemVersion.State.CHECKING)
    if not agree and not note.strip():
        raise Refusal("catalogue.reason_missing", "退回要写明理由。", "请写明要改什么。")
    version.review_note = note.strip()[:400]
    if agree:
        version.state, version.reviewed_by = ItemVersion.State.REVIEWED, by.person
    else:
        version.state = ItemVersion.State.DRAFT
    version.save(update_fields=["state", "reviewed_by", "review_note"])
    _record("catalogue.version_reviewed" if agree else "catalogue.version_returned", version, by, at)
    return version


def _record(kind: str, version: ItemVersion, by: Actor, at: datetime) -> None:
    facts = {"title": version.title, "number": version.number}
    ledger.record(kind, subject=f"item:{version.item.slug}", by=by, at=at, facts=facts)
