"""The data room as files: the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

VALUE_COLUMNS = ("place", "series", "value", "part", "part_weight")
CODEBOOK_COLUMNS = (
    "series",
    "title",
    "unit",
    "place",
    "part",
    "value",
    "low",
    "high",
    "counts",
    "rule",
    "reason",
    "method",
    "source",
    "figure",
    "collector",
    "collected_on",
    "verified",
    "stated_by",
    "survey",
    "note",
    "evidence_sha256",
)
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment an archive can carry: the time of packing is no content


def values_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """Return the values that count, as ``./ys evaluate score`` reads them."""
    return _csv(VALUE_COLUMNS, rows)


def codebook_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """Return every collected value with its source, and whether and why it counts."""
    return _csv(CODEBOOK_COLUMNS, rows)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def archive(files: Mapping[str, str]) -> bytes:
    """Return a zip archive of texts, in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_STORED  # packers compress differently
            packed.writestr(entry, files[name].encode())
    return out.getvalue()


def sizes_in(content: bytes) -> list[tuple[str, int]]:
    """Return names and sizes in bytes of the files in an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [(one.filename, one.file_size) for one in packed.infolist()]


# Part of every archive: other words here would give published archives another digest than the ledger has.
AGAIN = """数据室 Data room

edition.yaml   指标版本：有哪些指标，怎样计分
values.csv     计分用的值
codebook.csv   采集到的每一个值、来源、采集人，以及它算不算数、为什么
scores.json    公布的得分
values-low.csv、values-high.csv   有区间的值取下端、取上端的数据表（没有区间的评价没有这两个文件）

重新计分 Score it again:

    ./ys evaluate score --edition edition.yaml --values values.csv --out again.json --against scores.json

again.json 和 scores.json 逐字相同，就说明公布的得分是用公布的数据、按公布的方法算出来的。
要看区间两端的得分，把 values.csv 换成 values-low.csv 或者 values-high.csv，去掉 --against。
"""


OF_EXTRACTS = """
extractions.csv 列出系统抓取的数：每一行有多少件、工作时间和自然时间的分位数（微秒）、按哪个办公时间、
日志的SHA-256。
codebook.csv 的 figure 一列写着每个值取自哪次抓取（extraction）、哪一行（line）、哪个数。
"""

EXTRACT_COLUMNS = (
    "extraction",
    "line",
    "title",
    "origin",
    "first_day",
    "last_day",
    "stretch",
    "item",
    "unit",
    "cases",
    *(f"{part}_{rank}" for part in ("worked", "elapsed", "events") for rank in ("p50", "p90", "p95")),
    "due",
    "late",
    "office_hours",
    "office_hours_from",
    "calendar_sha256",
    "log_sha256",
    "file_sha256",
)


def extracts_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the lines of the extractions that values came from; nothing at all without any."""
    return _csv(EXTRACT_COLUMNS, rows) if rows else ""


def data_room(edition: str, values: str, codebook: str, scores: str, extracts: str = "") -> bytes:
    """Return the data room (数据室): edition, values, codebook, scores, and how to score again, in one archive.

    Where values have intervals, the tables of their lower and upper ends too.
    extracts: the tables of extractions that values came from; no file without any.
    """
    files = {
        "edition.yaml": edition,
        "values.csv": values,
        "codebook.csv": codebook,
        "scores.json": scores,
        "README.txt": AGAIN,
    }
    if has_intervals(codebook):
        files |= {f"values-{end}.csv": at_end(values, codebook, end) for end in ENDS}
    if extracts:
        files |= {"extractions.csv": extracts, "README.txt": AGAIN + OF_EXTRACTS}
    return archive(files)


ENDS = ("low", "high")


def has_intervals(codebook: str) -> bool:
    """Whether any value that counts has an interval."""
    return bool(_ends(codebook))


def at_end(values: str, codebook: str, end: str) -> str:
    """Return the table of values that count, each with an interval at that end of it: ``low`` or ``high``."""
    ends = _ends(codebook)
    rows = list(csv.DictReader(io.StringIO(values)))
    for row in rows:
        found = ends.get((row["series"], row["place"], row["part"]))
        row["value"] = found[ENDS.index(end)] if found else row["value"]
    return values_csv(rows)


def _ends(codebook: str) -> dict[tuple[str, str, str], tuple[str, str]]:
    return {
        (row["series"], row["place"], row["part"]): (row["low"], row["high"])
        for row in csv.DictReader(io.StringIO(codebook))
        if row["counts"] == "1" and row.get("low")
    }
