"""Where versions are tried first: units that are zones, and those that the county names as one."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yingshang.kernel import org
from yingshang.registers.catalogue.models import NamedList

PART = "zone-"


def zones_on(day: date) -> QuerySet[org.Unit]:
    """Return the zones that stand on a day, in the order of the tree."""
    named = NamedList.objects.filter(part__startswith=PART).values("code")
    is_zone = Q(kind=org.Unit.Kind.ZONE) | Q(code__in=named)
    return org.Unit.objects.on(day).filter(is_zone).order_by("path")


def close_to_people_on(day: date) -> QuerySet[org.Unit]:
    """Return the townships and zones to which items may be delegated."""
    named = NamedList.objects.filter(part__startswith=PART).values("code")
    kinds = Q(kind__in=[org.Unit.Kind.TOWNSHIP, org.Unit.Kind.ZONE]) | Q(code__in=named)
    return org.Unit.objects.on(day).filter(kinds).order_by("path")
