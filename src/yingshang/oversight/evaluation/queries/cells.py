"""The table of collected values: place × series, differing values side by side."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from yingshang.methods import scoring
from yingshang.oversight.evaluation.models import Evaluation, Settlement, Value
from yingshang.oversight.evaluation.rules import Collected, settled


@lru_cache(maxsize=32)
def _edition(text: str) -> scoring.Edition:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "edition.yaml"
        file.write_text(text, encoding="utf-8")
        return scoring.read(file)


def edition_of(evaluation: Evaluation) -> scoring.Edition:
    """Return the edition as it was taken. Raises DataProblem for one without (the stage *design*)."""
    return _edition(evaluation.edition_text)


@dataclass(frozen=True)
class Cell:
    """One series of one place (or of a part of it): all values, the one that counts, by which rule and why.

    is_open: values differ and nobody has settled it by hand; ``counts`` is what the rule takes.
    """

    series: str
    place: str
    part: str
    values: tuple[Value, ...]
    counts: Value
    rule: str
    reason: str

    @property
    def differs(self) -> bool:
        """Whether the sources disagree."""
        return len({value.written for value in self.values}) > 1


def cells_of(evaluation: Evaluation) -> list[Cell]:
    """Return all cells in the order of the edition. Ask inside ``reading``. Queries: 2."""
    edition = edition_of(evaluation)
    order = {one.key: place for place, one in enumerate(edition.series)}
    grouped: dict[tuple[str, str, str], list[Value]] = {}
    for value in evaluation.values_collected.select_related("evidence", "extraction").order_by("pk"):
        grouped.setdefault((value.series, value.place, value.part), []).append(value)
    chosen = {one.value_id: one for one in evaluation.settlements.order_by("pk")}
    found = [_cell(key, values, chosen, edition) for key, values in grouped.items() if key[0] in order]
    return sorted(found, key=lambda cell: (order[cell.series], cell.place != evaluation.place, cell.place, cell.part))


def _cell(
    key: tuple[str, str, str], values: list[Value], chosen: dict[int, Settlement], edition: scoring.Edition
) -> Cell:
    by_hand = [chosen[value.pk] for value in values if value.pk in chosen]
    if by_hand:
        last = max(by_hand, key=lambda one: one.pk)
        counts = next(value for value in values if value.pk == last.value_id)
        # A value that came after the settlement asks for a new one: the rule takes over again.
        if counts.pk == values[-1].pk or values[-1].entered_at <= last.at:
            return Cell(*key, tuple(values), counts, last.rule, last.reason)
    plain = [Collected(value.pk, value.written, value.is_verified) for value in values]
    number, rule = settled(plain, edition.by_key[key[0]])
    return Cell(*key, tuple(values), next(value for value in values if value.pk == number), rule, "")


def counting_rows(cells: list[Cell]) -> Iterator[dict[str, str]]:
    """Yield the values that count, as rows of values.csv."""
    for cell in cells:
        value = cell.counts
        yield {
            "place": cell.place,
            "series": cell.series,
            "value": value.written,
            "part": value.part,
            "part_weight": value.share,
        }


def codebook_rows(evaluation: Evaluation, cells: list[Cell]) -> Iterator[dict[str, str]]:
    """Yield every collected value with its source, as rows of codebook.csv."""
    edition = edition_of(evaluation)
    for cell in cells:
        series = edition.by_key[cell.series]
        for value in cell.values:
            counts = value.pk == cell.counts.pk
            yield {
                "series": cell.series,
                "title": series.title,
                "unit": series.unit,
                "place": cell.place,
                "part": cell.part,
                "value": value.written,
                "low": value.low,
                "high": value.high,
                "counts": "1" if counts else "0",
                "rule": cell.rule if counts else "",
                "reason": cell.reason if counts else "",
                "method": value.get_method_display(),
                "source": value.source_ref,
                "figure": f"{value.extraction.no}/{value.figure}" if value.extraction else "",
                "collector": value.collector,
                "collected_on": value.collected_on.isoformat(),
                "verified": "1" if value.is_verified else "0",
                "stated_by": value.stated_by,
                "survey": value.survey,
                "note": value.note,
                "evidence_sha256": value.evidence.digest if value.evidence else "",
            }
