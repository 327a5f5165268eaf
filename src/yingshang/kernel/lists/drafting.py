"""Declare a list and draft an edition of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import jsonschema_rs
from django.db import transaction

from yingshang.kernel import access, ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.lists.fitting import EFFECTIVE, as_plain, check_rows, digest_of
from yingshang.kernel.lists.models import Edition, PublishedList, Row
from yingshang.kernel.parties import Actor

MOST_TOLD = 5  # problems named in a refusal; the sheet of errors holds them all


@transaction.atomic
def declare(
    *,
    code: str,
    title: str,
    owner: str,
    row_schema: Mapping[str, Any],
    key_column: str,
    basis: str = "",
    by: Actor,
    at: datetime,
) -> PublishedList:
    """Declare a list, or say anew what a declared one is like; published rows stay as they are.

    owner: code of the unit that answers for it. row_schema: JSON Schema
    (2020-12) of one row, an object with ``properties``. key_column: the column
    by which a row is cited, required in every row.
    Raises ValueError for a schema that cannot serve; records ``lists.declared``
    when something is new.
    """
    jsonschema_rs.validator_for(dict(row_schema))
    if key_column not in row_schema.get("properties", {}) or key_column not in row_schema.get("required", []):
        raise ValueError(f"the key column {key_column} of list {code} must be a required property of its rows")
    said = {
        "title": title,
        "owner": org.unit(owner),
        "row_schema": dict(row_schema),
        "key_column": key_column,
        "basis": basis,
    }
    before = PublishedList.objects.select_for_update().filter(code=code).first()
    access.permit(by, "lists.declare", before)
    if before is not None and all(getattr(before, name) == value for name, value in said.items()):
        return before
    declared, _ = PublishedList.objects.update_or_create(code=code, defaults=said)
    ledger.record("lists.declared", subject=f"list:{code}", by=by, facts={"title": title, "owner": owner}, at=at)
    return declared


@transaction.atomic
def edition(
    *,
    list_code: str,
    rows: Sequence[Mapping[str, Any]],
    effective_from: date,
    effective_to: date | None = None,
    source: str,
    source_edition: str = "",
    by: Actor,
    at: datetime,
) -> Edition:
    """Draft the next edition of a list: all its rows, not the changes.

    rows: column → plain value. ``effective_from`` and ``effective_to`` in a row,
    both days included, narrow the dates of that row.
    Raises Refusal ``lists.rows_do_not_fit``, ``lists.no_rows`` and what the
    policy refuses. Records ``lists.drafted``.
    """
    of = locked(list_code)
    access.permit(by, "lists.draft", of)
    if not rows:
        raise Refusal("lists.no_rows", f"《{of.title}》这一版没有任何行。", "请至少填写一行。")
    if problems := check_rows(of, rows):
        told = "；".join(str(problem).rstrip("。") for problem in problems[:MOST_TOLD])
        raise Refusal(
            "lists.rows_do_not_fit",
            f"《{of.title}》有{len(problems)}处不合要求：{told}。",
            "请按提示改好后重新提交。",
        )
    last = of.editions.order_by("-number").values_list("number", flat=True).first() or 0
    draft = Edition.objects.create(
        of=of,
        number=last + 1,
        effective_from=effective_from,
        effective_to=effective_to,
        source=source,
        source_edition=source_edition,
        digest=digest_of(rows),
        drafted_by=by.person,
        drafted_at=at,
    )
    Row.objects.bulk_create([_row(draft, of, position, as_plain(row)) for position, row in enumerate(rows, start=1)])
    ledger.record(
        "lists.drafted",
        subject=f"list:{list_code}",
        by=by,
        facts={"number": draft.number, "digest": draft.digest},
        at=at,
    )
    return draft


@transaction.atomic
def date_draft(
    *,
    edition_id: int,
    effective_from: date,
    effective_to: date | None = None,
    source: str,
    source_edition: str = "",
    by: Actor,
    at: datetime,
) -> Edition:
    """Say when a draft begins and ends and on what it rests; its rows stay.

    Raises NotFound; Refusal ``lists.not_a_draft``, ``lists.ends_before_it_begins``
    and what the policy refuses. Records ``lists.dated``.
    """
    draft = Edition.objects.select_for_update(of=("self",)).select_related("of__owner").filter(pk=edition_id).first()
    if draft is None:
        raise NotFound("这一版清单")
    access.permit(by, "lists.draft", draft.of)
    if draft.state != Edition.State.DRAFT:
        raise left_the_draft(draft)
    if effective_to is not None and effective_to < effective_from:
        raise Refusal("lists.ends_before_it_begins", "截止日早于起始日。", "请改正两个日期。")
    draft.effective_from, draft.effective_to = effective_from, effective_to
    draft.source, draft.source_edition = source, source_edition
    draft.save(update_fields=["effective_from", "effective_to", "source", "source_edition"])
    ledger.record(
        "lists.dated",
        subject=f"list:{draft.of.code}",
        by=by,
        facts={"number": draft.number, "from": effective_from.isoformat()},
        at=at,
    )
    return draft


def left_the_draft(edition: Edition) -> Refusal:
    """Return the refusal to treat an edition as a draft."""
    return Refusal(
        "lists.not_a_draft",
        f"{edition}现在是“{edition.get_state_display()}”，不能再改动或者审核。",
        "需要改动时请另起草新的一版。",
    )


def locked(list_code: str) -> PublishedList:
    """Return the list, locked: editions of one list are numbered and published one after the other."""
    try:
        return PublishedList.objects.select_for_update(of=("self",)).select_related("owner").get(code=list_code)
    except PublishedList.DoesNotExist:
        raise NotFound(f"代码为“{list_code}”的清单") from None


def _row(draft: Edition, of: PublishedList, position: int, plain: dict[str, Any]) -> Row:
    first, last = (date.fromisoformat(plain[name]) if plain.get(name) else None for name in EFFECTIVE)
    return Row(
        edition=draft,
        key=str(plain[of.key_column]),
        position=position,
        values=plain,
        effective_from=first,
        effective_to=last,
    )
