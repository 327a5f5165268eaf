"""Loading kinds and issuers: ``credentials/*.yaml`` of the nation, ``credentials/`` of the county."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound
from yingshang.methods import county_files
from yingshang.methods.identifiers import uscc
from yingshang.registers.credentials import queries
from yingshang.registers.credentials.models import Issuer, Kind, Release
from yingshang.registers.credentials.operations.county_schema import ISSUERS, KINDS
from yingshang.registers.credentials.operations.printing import template_of


@transaction.atomic
def load(county_folder: Path) -> None:
    """Load kinds of credentials, who issues them and, in a demonstration, releases of their templates.

    Safe to repeat; the last word of the files counts, and what was issued
    keeps what is printed on it. Raises the first DataProblem; nothing is loaded then.
    """
    for folder in (county_folder.parent / "_national" / "credentials", county_folder / "credentials" / "kinds"):
        for file in county_files.read_folder(folder, KINDS):
            for place, row in enumerate(file.data["kinds"]):
                _load_kind(file, place, row)
    path = county_folder / "credentials" / "issuers.yaml"
    if path.exists():
        file = county_files.read(path, ISSUERS)
        for place, row in enumerate(file.data["issuers"]):
            _load_issuer(file, place, row)
        if settings.YS_DEMO:
            for row in file.data.get("demo_releases", []):
                _release(row)


def _load_kind(file: county_files.CountyFile, place: int, row: dict[str, Any]) -> None:
    code = row["type_code"]["code"]
    try:
        uscc.check(code[:18])
    except ValueError as error:
        raise file.problem(
            ("kinds", place, "type_code"), f"its first 18 characters are no credit code: {error}"
        ) from None
    renewal = row["renewal"] or {}
    weak = [
        f"{about}：{part['todo']}"
        for about, part in (
            ("证照类型", row),
            ("证照类型代码", row["type_code"]),
            ("有效期", row["validity"]),
            ("延续", renewal),
            ("到期提醒", row["remind"] or {}),
        )
        if part.get("todo")
    ]
    for about in ("validity", "remind"):
        part = row[about]
        if part is not None and part["source"] is None and "todo" not in part:
            raise file.problem(
                ("kinds", place, about), "the source is null and nothing says what to do about it.", "Add “todo: …”."
            )
    Kind.objects.update_or_create(
        code=row["kind"],
        effective_from=row["effective"]["from"],
        defaults={
            "title": row["title"],
            "group": row["group"],
            "type_code": code,
            "is_type_code_demo": row["type_code"].get("demo", False),
            "number_prefix": row.get("number_prefix", ""),
            "fields": [{"required": False, **field} for field in row["fields"]],
            "holders": row["holders"],
            "validity": row["validity"].get("length"),
            "is_renewable": row["renewal"] is not None,
            "opens": renewal.get("opens"),
            "closes": renewal.get("closes"),
            "remind": row["remind"]["length"] if row["remind"] else None,
            "source": _source(row["source"]),
            "weak": weak,
            "effective_to": row["effective"]["to"],
        },
    )


def _source(source: dict[str, str] | None) -> str:
    return f"{source['text']}（{source['edition']}）" if source else ""


def _load_issuer(file: county_files.CountyFile, place: int, row: dict[str, Any]) -> None:
    key = ("issuers", place)
    try:
        unit = org.unit(row["unit"])
    except NotFound:
        codes = set(org.Unit.objects.values_list("code", flat=True))
        raise file.unknown((*key, "unit"), "unit", row["unit"], codes) from None
    try:
        uscc.check(row["code"]["code"])
    except ValueError as error:
        raise file.problem((*key, "code"), f"no credit code: {error}") from None
    known = set(Kind.objects.values_list("code", flat=True))
    for kind in row["kinds"]:
        if kind not in known:
            raise file.unknown((*key, "kinds"), "kind of credential", kind, known)
        Issuer.objects.update_or_create(
            kind_code=kind,
            unit=unit,
            defaults={
                "authority_code": row["code"]["code"],
                "is_demo": row["code"].get("demo", False),
                "valid_from": row["effective"]["from"],
                "valid_to": row["effective"]["to"],
            },
        )


def _release(row: dict[str, Any]) -> None:
    """Release the present templates of a unit as two demo people would have; those released stay as they are."""
    people = [org.demo_pseudonym(row[role]) for role in ("proposed_by", "released_by")]
    if org.Person.objects.filter(pseudonym__in=people).count() != len(people):
        return
    unit = org.unit(row["unit"])
    at = datetime.combine(row["on"], time(1, 0), tzinfo=UTC)
    for issuer in queries.issuers_on(row["on"]).filter(unit=unit):
        for kind in Kind.objects.filter(code=issuer.kind_code):
            Release.objects.get_or_create(
                kind=kind,
                unit=unit,
                template=template_of(kind),
                defaults={
                    "proposed_at": at,
                    "proposed_by": people[0],
                    "released_at": at,
                    "released_by": people[1],
                    "is_demo": True,
                },
            )
