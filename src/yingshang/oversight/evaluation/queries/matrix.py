"""The matrix indicator × series × unit × person × source, and the editions that the county knows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound
from yingshang.methods import scoring
from yingshang.oversight.evaluation.models import Evaluation, Method, Owner
from yingshang.oversight.evaluation.queries.cells import edition_of
from yingshang.oversight.evaluation.queries.evaluations import owners_of


@dataclass(frozen=True)
class MatrixRow:
    """One series: its indicator, who answers for it, and where its values come from.

    people: holders of the post on the day, in words; empty where the post is vacant or nobody answers.
    """

    indicator: str
    series: str
    title: str
    owner: Owner | None
    post: str
    people: str

    @property
    def method(self) -> str:
        """The way of collecting, in words."""
        code = self.owner.method if self.owner else ""
        return str(Method(code).label) if code in Method.values else ""


def matrix_of(edition: scoring.Edition, on: date) -> list[MatrixRow]:
    """Return the matrix with the people of a day, in the order of the edition. Queries: 2."""
    owners = owners_of(edition.key)
    held: dict[tuple[int, str], list[org.Appointment]] = defaultdict(list)
    units = {one.unit_id for one in owners.values()}
    posts = {one.post for one in owners.values()}
    appointed = org.Appointment.objects.on(on).filter(post__unit__in=units, post__code__in=posts)
    for one in appointed.select_related("person", "post"):
        held[one.post.unit_id, one.post.code].append(one)
    rows = []
    for series in edition.series:
        owner = owners.get(series.key)
        mine = held.get((owner.unit_id or 0, owner.post), []) if owner else []
        under = edition.by_key[series.under].title if series.under else ""
        post = mine[0].post.title if mine else ""
        people = "、".join(one.person.name for one in mine)
        rows.append(MatrixRow(under, series.key, series.title, owner, post, people))
    return rows


def editions_with_owners() -> list[str]:
    """Return the keys of editions that have a matrix, the newest first."""
    keys = Owner.objects.order_by("-edition_key").values_list("edition_key", flat=True).distinct()
    return [key for key in keys if _of_key(key) is not None]


def known_edition(key: str) -> scoring.Edition:
    """Return an edition by its key: of the county's files, or of a published evaluation. Raises NotFound."""
    found = _of_key(key)
    if found is None:
        raise NotFound("这一版责任矩阵")
    return found


def _of_key(key: str) -> scoring.Edition | None:
    if key in county_editions():
        return scoring.read(county_editions()[key])
    taken = Evaluation.objects.filter(edition_key=key, published_at__isnull=False).first()
    return edition_of(taken) if taken else None


def county_editions() -> dict[str, Path]:
    """Return key → file of the county's own editions (``indicators/*.yaml``)."""
    return _files(Path(settings.YS_COUNTIES_DIR) / settings.YS_COUNTY / "indicators")


@lru_cache(maxsize=4)
def _files(folder: Path) -> dict[str, Path]:
    return {scoring.read(file).key: file for file in sorted(folder.glob("*.yaml"))}
