"""Read what national and county files settle about inspections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.conduct.inspections.models import Cap, CrewRule, GradeRule, NoticeText, ResultCode, Tag
from yingshang.conduct.inspections.operations.demo_pool import load_demo_pool
from yingshang.conduct.inspections.operations.file_shapes import CREW, NOTICE, RESULT_CODES, SETTLED
from yingshang.conduct.inspections.rules.grading import ratio
from yingshang.kernel import org
from yingshang.kernel.errors import NotFound
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile

NATIONAL = "_national"


@transaction.atomic
def load(folder: Path) -> None:
    """Load classes, caps, words of tags, crews, result codes, and the made-up pools of the demo; safe to repeat.

    An edition is found by its first day: what a file says later about the
    same day replaces what it said before. Raises DataProblem with file and line.
    """
    national = folder.parent / NATIONAL / "inspections"
    for file in county_files.read_folder(national / "results", RESULT_CODES):
        _load_codes(file)
    _load_crew(county_files.read(national / "crew.yaml", CREW))
    _load_notice(county_files.read(national / "notice.yaml", NOTICE))
    settled = folder / "inspections" / "settled.yaml"
    if settled.exists():
        file = county_files.read(settled, SETTLED)
        _load_grades(file)
        _load_caps(file)
        for code, title in file.data.get("tags", {}).items():
            Tag.objects.update_or_create(code=code, defaults={"title": title})
    if settings.YS_DEMO:
        load_demo_pool(folder / "inspections" / "pool.yaml")


def _load_codes(file: CountyFile) -> None:
    for scheme in file.data["schemes"]:
        first, last = scheme["effective"]["from"], scheme["effective"]["to"]
        for place, row in enumerate(scheme["codes"], 1):
            ResultCode.objects.update_or_create(
                scheme=scheme["scheme"],
                code=row["code"],
                effective_from=first,
                defaults={
                    "words": row["words"],
                    "follow": row["follow"],
                    "is_clean": row.get("clean", False),
                    "place": place,
                    "source": scheme["source"] or "",
                    "todo": scheme.get("todo", ""),
                    "effective_to": last,
                },
            )


def _load_crew(file: CountyFile) -> None:
    for row in file.data["crew"]:
        CrewRule.objects.update_or_create(
            effective_from=row["effective"]["from"], defaults={"least": row["least"], **_sourced(row)}
        )


def _load_notice(file: CountyFile) -> None:
    for place, row in enumerate(file.data["texts"], 1):
        NoticeText.objects.update_or_create(
            place=place,
            defaults={"words": row["words"], "effective_from": row["effective"]["from"], **_sourced(row)},
        )
    NoticeText.objects.filter(place__gt=len(file.data["texts"])).delete()


def _load_grades(file: CountyFile) -> None:
    for place, row in enumerate(file.data["grades"]):
        for bound in ("least", "most"):
            try:
                ratio(row[bound])
            except ValueError as error:
                raise file.problem(("grades", place, bound), f"{error}.") from None
        GradeRule.objects.update_or_create(
            grade=row["grade"],
            effective_from=row["effective"]["from"],
            defaults={
                **{name: row[name] for name in ("title", "least", "most", "yearly_most", "on_cause_only")},
                **_sourced(row),
            },
        )


def _load_caps(file: CountyFile) -> None:
    for place, row in enumerate(file.data["caps"]):
        try:
            unit = org.unit(row["unit"]) if row["unit"] else None
        except NotFound:
            known = set(org.Unit.objects.values_list("code", flat=True))
            raise file.unknown(("caps", place, "unit"), "unit", row["unit"], known) from None
        Cap.objects.update_or_create(
            unit=unit,
            effective_from=row["effective"]["from"],
            defaults={"yearly_most": row["yearly_most"], **_sourced(row)},
        )


def _sourced(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": row["source"] or "",
        "edition": row.get("edition"),
        "todo": row.get("todo", ""),
        "effective_to": row["effective"]["to"],
    }
