"""Which kinds there are on a day, who issues them, and whether their template was released."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound
from yingshang.registers.credentials.models import Issuer, Kind, Release
from yingshang.registers.credentials.rules import FieldRule


def kinds_on(day: date) -> QuerySet[Kind]:
    """Return the editions of kinds in force on a day, by group and title."""
    standing = Q(effective_to=None) | Q(effective_to__gte=day)
    return Kind.objects.filter(standing, effective_from__lte=day).order_by("group", "title", "pk")


def kind_on(code: str, day: date) -> Kind:
    """Return the edition of a kind in force on a day. Raises NotFound."""
    found = kinds_on(day).filter(code=code).last()
    if found is None:
        raise NotFound("这种证照")
    return found


def fields_of(kind: Kind) -> tuple[FieldRule, ...]:
    """Return the fields that a kind prints, in their order."""
    return tuple(
        FieldRule(
            key=row["key"],
            label=row["label"],
            required=row["required"],
            names=(row["key"], *row.get("also", ())),
            takes_title=row.get("falls_back") == "title",
        )
        for row in kind.fields
    )


def fields_to_print(code: str, day: date) -> tuple[FieldRule, ...]:
    """Return what a kind prints on a day, so that a page can ask for what is missing. Raises NotFound."""
    return fields_of(kind_on(code, day))


def issuers_on(day: date) -> QuerySet[Issuer]:
    """Return who issues what on a day."""
    standing = Q(valid_to=None) | Q(valid_to__gte=day)
    return Issuer.objects.filter(standing, valid_from__lte=day).select_related("unit").order_by("kind_code", "unit_id")


def issuer_on(kind_code: str, unit: org.Unit, day: date) -> Issuer | None:
    """Return the unit as an issuer of a kind on a day, or None."""
    return issuers_on(day).filter(kind_code=kind_code, unit=unit).first()


def releases_of(unit: org.Unit) -> QuerySet[Release]:
    """Return the proposals and releases of a unit, the latest first."""
    return Release.objects.filter(unit=unit).select_related("kind", "unit").order_by("-proposed_at", "-pk")


def release_of(release_id: int) -> Release:
    """Return a release. Raises NotFound."""
    found = Release.objects.select_related("kind", "unit").filter(pk=release_id).first()
    if found is None:
        raise NotFound("这次启用")
    return found


def kinds_issued_by(unit: org.Unit, day: date) -> list[Kind]:
    """Return the kinds that a unit issues on a day. Queries: 1."""
    codes = issuers_on(day).filter(unit=unit).values("kind_code")
    return list(kinds_on(day).filter(code__in=codes))


def issuers_by_kind(day: date) -> dict[str, str]:
    """Return the names of the units that issue each kind, by its code. Queries: 1."""
    names: dict[str, list[str]] = {}
    for issuer in issuers_on(day):
        names.setdefault(issuer.kind_code, []).append(issuer.unit.short_name)
    return {code: "、".join(each) for code, each in names.items()}
