"""Read code lists, forbidden words, the basic catalogue and the items that stand in files."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel import clock, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile, DataProblem
from yingshang.methods.identifiers import uscc
from yingshang.registers.catalogue.models import (
    BasicItem,
    Code,
    ForbiddenWord,
    Implementer,
    Item,
    ItemVersion,
    NamedList,
)
from yingshang.registers.catalogue.operations.demonstrated import load_demo
from yingshang.registers.catalogue.operations.file_shapes import CODES, FORBIDDEN, HEAD, ITEM, SETTLED
from yingshang.registers.catalogue.operations.publishing import faults_of, freeze, reference_for
from yingshang.registers.catalogue.queries.checking import known_on, with_basic
from yingshang.registers.catalogue.queries.zones import PART
from yingshang.registers.catalogue.rules import codes
from yingshang.registers.catalogue.rules.checks import Known
from yingshang.registers.catalogue.rules.content import Content, digest, read

NATIONAL = "_national"
PLACES = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@transaction.atomic
def load(folder: Path) -> None:
    """Load what items are checked against, then the items of ``items/*.yaml``; safe to repeat.

    The files are reviewed where they are kept, so their items are published
    at once, in the name of the platform. A version that stands published may
    not differ from its file: a changed item is a new version. Raises
    DataProblem with file and line.
    """
    national = folder.parent / NATIONAL / "catalogue"
    _load_codes(county_files.read(national / "codes.yaml", CODES))
    _load_words(county_files.read(national / "words.yaml", FORBIDDEN))
    settled = folder / "catalogue" / "settled.yaml"
    if settled.exists():
        _load_settled(county_files.read(settled, SETTLED))
    load_items(folder / "items")
    if settings.YS_DEMO:
        load_demo(folder / "catalogue" / "demo.yaml", clock.now())


def load_items(folder: Path) -> int:
    """Publish the item files of a folder that are new; return how many. Raises DataProblem with file and line."""
    frozen = {
        (slug, number): kept
        for slug, number, kept in ItemVersion.objects.exclude(digest="").values_list("item__slug", "number", "digest")
    }
    files = sorted(county_files.read_folder(folder, ITEM), key=lambda file: (file.data["slug"], file.data["version"]))
    reader = _Reader()
    new = 0
    for file in files:
        content = _content(file)
        standing = frozen.get((file.data["slug"], file.data["version"]))
        if standing is None:
            reader.publish(file, content)
            new += 1
        elif standing != digest(content):
            raise file.problem(
                ("version",),
                f"version {file.data['version']} was published with other content.",
                f"Write the change as version {file.data['version'] + 1}, with a later effective date.",
            )
    return new


class _Reader:
    """Publishes files one by one, and reads what they have in common once."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.reference = reference_for(Known())
        self.units = {unit.code: unit for unit in org.Unit.objects.all()}
        self.basics = BasicItem.objects.in_bulk()
        self.credit_codes = dict(Implementer.objects.values_list("unit__code", "credit_code"))
        self.known: dict[date, Known] = {}

    def publish(self, file: CountyFile, content: dict[str, Any]) -> None:
        data = file.data
        first = data["effective"]["from"]
        if first not in self.known:
            self.known[first] = known_on(first)
        basic = self._basic(file)
        reference = replace(self.reference, known=with_basic(self.known[first], basic, first))
        _refuse_faults(file, read(content), reference.known)
        version = ItemVersion(
            item=self._item(file, basic, content),
            number=data["version"],
            zone=self._unit(file, "zone") if data.get("zone") else None,
            content=content,
            changed_because=data.get("changed_because", ""),
            drafted_by=SYSTEM.person,
            drafted_at=self.now,
            reviewed_by=SYSTEM.person,
        )
        version.save()
        try:
            freeze(version, reference, effective_from=first, until=data["effective"]["to"], by=SYSTEM, at=self.now)
        except Refusal as refusal:
            raise file.problem(("version",), f"{refusal.reason}", refusal.remedy) from None

    def _item(self, file: CountyFile, basic: BasicItem | None, content: dict[str, Any]) -> Item:
        data = file.data
        found = Item.objects.select_related("unit").filter(slug=data["slug"]).first()
        if found is not None:
            return found
        return Item.objects.create(
            slug=data["slug"],
            code=self._code(file, basic),
            basic=basic,
            unit=self._unit(file, "unit"),
            title=content["basics"].get("title", data["slug"]),
            is_demo=data.get("demo", False),
            created_by=SYSTEM.person,
            created_on=clock.beijing_date(self.now),
        )

    def _code(self, file: CountyFile, basic: BasicItem | None) -> str:
        data = file.data
        try:
            if "code" in data:
                return codes.item_code(data["code"])
            credit = self.credit_codes.get(data["unit"], "")
            if basic is None or not credit:
                where = "Write “code”, or “basic” and the unit's credit code in catalogue/settled.yaml."
                raise file.problem(("slug",), "the item has no code.", where)
            return codes.composed(credit, content_level(data), basic.code)
        except ValueError as error:
            if isinstance(error, DataProblem):
                raise
            raise file.problem(("code",) if "code" in data else ("basic",), str(error)) from None

    def _basic(self, file: CountyFile) -> BasicItem | None:
        code = file.data.get("basic")
        if code is None:
            return None
        if code not in self.basics:
            raise file.unknown(("basic",), "row of the basic catalogue", code, set(self.basics))
        return self.basics[code]

    def _unit(self, file: CountyFile, key: str) -> org.Unit:
        code = file.data[key]
        if code not in self.units:
            raise file.unknown((key,), "unit", code, set(self.units))
        return self.units[code]


def content_level(data: dict[str, Any]) -> str:
    """Return the level that an item file names, the county's where it names none."""
    return str(data.get("basics", {}).get("level", "4"))


def _content(file: CountyFile) -> dict[str, Any]:
    """Return the sections of an item file as JSON holds them: days as ISO text."""
    sections = {name: part for name, part in file.data.items() if name not in HEAD}
    plain: dict[str, Any] = json.loads(json.dumps(sections, default=lambda day: day.isoformat()))
    return plain


def _refuse_faults(file: CountyFile, content: Content, known: Known) -> None:
    """Raise the first fault of a content at its line, and tell of the others."""
    found = faults_of(content, known)
    if found:
        others = [f"{fault.path}: {fault.what}" for fault in found[1:]]
        rest = "  ".join([found[0].remedy, found[0].rule, *others])
        raise file.problem(key_of(found[0].path), found[0].what, rest)


def key_of(path: str) -> tuple[str | int, ...]:
    """Return ``("materials", 2, "title")`` for ``materials[2].title``."""
    return tuple(int(number) if number else name for name, number in PLACES.findall(path))


def _load_codes(file: CountyFile) -> None:
    rows = [
        Code(
            of=each["list"],
            code=code,
            words=words,
            place=place,
            source=each["source"] or "",
            todo=each.get("todo", ""),
        )
        for each in file.data["lists"]
        for place, (code, words) in enumerate(each["codes"].items(), 1)
    ]
    Code.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["of", "code"],
        update_fields=["words", "place", "source", "todo"],
    )


def _load_words(file: CountyFile) -> None:
    rows = [
        ForbiddenWord(
            rule=each["rule"], words=words, whole=whole, source=each["source"] or "", todo=each.get("todo", "")
        )
        for each in file.data["rules"]
        for whole, listed in ((False, each["words"]), (True, each.get("whole_words", [])))
        for words in listed
    ]
    ForbiddenWord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["rule", "words"], update_fields=["whole", "source", "todo"]
    )


def _load_settled(file: CountyFile) -> None:
    data = file.data
    for part, code in data.get("lists", {}).items():
        NamedList.objects.update_or_create(part=part, defaults={"code": code})
    for place, code in enumerate(data.get("zones", [])):
        if not org.Unit.objects.filter(code=code).exists():
            known = set(org.Unit.objects.values_list("code", flat=True))
            raise file.unknown(("zones", place), "unit", code, known)
        NamedList.objects.update_or_create(part=f"{PART}{code}", defaults={"code": code})
    for place, row in enumerate(data.get("implementers", [])):
        try:
            unit = org.unit(row["unit"])
            credit = uscc.check(row["credit_code"])
        except NotFound:
            known = set(org.Unit.objects.values_list("code", flat=True))
            raise file.unknown(("implementers", place, "unit"), "unit", row["unit"], known) from None
        except ValueError as error:
            raise file.problem(("implementers", place, "credit_code"), str(error)) from None
        sourced = {"source": row["source"] or "", "todo": row.get("todo", "")}
        Implementer.objects.update_or_create(unit=unit, defaults={"credit_code": credit, **sourced})
    rows = [
        BasicItem(
            code=row["code"],
            title=row["title"],
            kind=row["kind"],
            levels=row["levels"],
            department=row.get("department", ""),
            basis=row.get("basis", ""),
            effective_from=row["from"],
            canceled_on=row.get("canceled_on"),
            canceled_by=row.get("canceled_by", ""),
            source=row["source"] or "",
            todo=row.get("todo", ""),
        )
        for row in data.get("basic", [])
    ]
    BasicItem.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "title",
            "kind",
            "levels",
            "department",
            "basis",
            "canceled_on",
            "canceled_by",
            "source",
            "todo",
        ],
    )
