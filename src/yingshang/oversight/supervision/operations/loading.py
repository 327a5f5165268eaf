"""Bring a county's data of this package in: the editions of its ladder, and what oversight.yaml says of checks."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel import clock, org, registry, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile
from yingshang.oversight.supervision.adapters import ADAPTERS
from yingshang.oversight.supervision.models import Authority, Ladder
from yingshang.oversight.supervision.queries.county import check_rules
from yingshang.oversight.supervision.rules.ladder_files import LADDER_SCHEMA, PLACES, RUNGS

Key = tuple[str | int, ...]


@transaction.atomic
def load(folder: Path) -> None:
    """Check oversight.yaml and load supervision.yaml where the county has them. Safe to repeat, all or nothing.

    Raises the first DataProblem. An edition that was loaded never changes:
    end it and add one that begins the day after. The authority of the
    demonstration is entered in demo mode only.
    """
    if (folder / "oversight.yaml").exists():
        check_rules(folder)
    path = folder / "supervision.yaml"
    if not path.exists():
        return
    file = county_files.read(path, LADDER_SCHEMA)
    for place, ladder in enumerate(file.data["ladders"]):
        _check(file, ("ladders", place), ladder)
        _keep(file, ("ladders", place), ladder)
    if settings.YS_DEMO and "demo_authority" in file.data:
        _enter_demo(file.data["demo_authority"])


def _keep(file: CountyFile, key: Key, ladder: dict[str, Any]) -> None:
    content = json.loads(json.dumps({name: ladder[name] for name in ladder if name != "effective"}, default=str))
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    begins, ends = ladder["effective"]["from"], ladder["effective"]["to"]
    kept, new = Ladder.objects.get_or_create(
        effective_from=begins, defaults={"content": content, "digest": digest, "effective_to": ends}
    )
    if not new and kept.digest != digest:
        found = f"the ladder from {begins} is loaded and says something else."
        raise file.problem(key, found, "Leave it, end it with “effective.to”, and add one that begins the day after.")
    if kept.effective_to != ends:
        Ladder.objects.filter(pk=kept.pk).update(effective_to=ends)


def _check(file: CountyFile, key: Key, ladder: dict[str, Any]) -> None:
    rungs = [rung["rung"] for rung in ladder["rungs"]]
    if rungs != sorted(set(rungs), key=RUNGS.index):
        expected = f"Each once, in this order: {', '.join(RUNGS)}."
        raise file.problem((*key, "rungs"), "the rungs stand twice or in another order.", expected)
    for part in ("watches", "caps", "correction"):
        _sourced(file, (*key, part), ladder[part])
    _known_kinds(file, key, ladder["watches"])
    if "outside" in ladder:
        _sourced(file, (*key, "outside"), ladder["outside"])
        if ladder["outside"]["adapter"] not in ADAPTERS:
            where = (*key, "outside", "adapter")
            raise file.unknown(where, "channel", ladder["outside"]["adapter"], set(ADAPTERS))
    series = set(work.NumberSeries.objects.values_list("code", flat=True))
    letters: list[tuple[Key, dict[str, Any]]] = [((*key, "correction"), ladder["correction"])]
    letters += [((*key, "rungs", place), rung) for place, rung in enumerate(ladder["rungs"])]
    for where, letter in letters:
        _sourced(file, where, letter)
        if letter["series"] not in series:
            raise file.unknown((*where, "series"), "number series", letter["series"], series)
        for name, words in letter["wording"].items():
            unknown = set(re.findall(r"\{(.*?)\}", words)) - PLACES
            if unknown:
                raise file.unknown((*where, "wording", name), "place", sorted(unknown)[0], set(PLACES))
        if "answer" in letter:
            _known_limit(file, where, letter["answer"], ladder["effective"]["from"])


def _known_limit(file: CountyFile, key: Key, code: str, begins: Any) -> None:
    try:
        limit = clock.limit_on(code, max(begins, clock.today()))
    except NotFound:
        raise file.problem((*key, "answer"), f"“{code}” is no limit of the county.", "See limits/*.yaml.") from None
    if limit.amount is None:
        raise file.problem((*key, "answer"), f"“{code}” leaves a range.", "An answer is owed within one period.")


def _known_kinds(file: CountyFile, key: Key, watches: dict[str, Any]) -> None:
    kinds = {kind for manifest in registry.capabilities() for kind in manifest.obligations} | {"*"}
    packages = {manifest.name for manifest in registry.capabilities()}
    for name in ("kinds", "except"):
        for place, kind in enumerate(watches[name]):
            # A ladder may wait for a package that is not installed; one that is must know the kind.
            if kind not in kinds and kind.partition(".")[0] in {*packages, kind}:
                raise file.unknown((*key, "watches", name, place), "kind of obligation", kind, kinds)


def _sourced(file: CountyFile, key: Key, row: dict[str, Any]) -> None:
    if row["source"] is None and "todo" not in row:
        raise file.problem(key, "the source is null and nothing says what to do about it.", "Add “todo: …”.")


def _enter_demo(given: dict[str, Any]) -> None:
    unit = org.unit(given["unit"])
    if Authority.objects.filter(unit=unit, approval_no=given["approval_no"]).exists():
        return
    Authority.objects.create(
        unit=unit,
        approval_no=given["approval_no"],
        text=given["text"],
        issuer=given["issuer"],
        approved_on=given["from"],
        valid_from=given["from"],
        is_demo=True,
        todo=given["todo"],
        entered_by=SYSTEM.person,
        entered_at=clock.now(),
    )
