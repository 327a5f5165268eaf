"""Read a table of values against an edition; every fault at once, with its row and column."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from yingshang.methods.county_files import nearest_in_chinese
from yingshang.methods.scoring.edition import Edition, Gap, Indicator, Value

NEEDED = ("place", "series", "value")
OPTIONAL = ("part", "part_weight", "unit")
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
SHARE = re.compile(r"[0-9]+(\.[0-9]+)?(/[1-9][0-9]*)?")
MOST_FAULTS = 200
LARGEST = 30  # digits before and after the point; a value that needs more is a slip, not a measurement
LONGEST_SHOWN = 40


class Fault(NamedTuple):
    """One thing wrong in the table. row: as the spreadsheet counts, the heads are row 1; 0 for none."""

    row: int
    column: str
    found: str
    remedy: str

    def __str__(self) -> str:
        column = f"“{self.column}”列" if self.column else ""
        where = f"第 {self.row} 行{column}：" if self.row else ""
        return f"{where}{self.found}{self.remedy}"


class WrongValues(ValueError):
    """The table cannot be scored. ``faults``: what is wrong, at most 200 of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)[:MOST_FAULTS]
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Part(NamedTuple):
    """The value of one part of a place (of one city, say), its share in the place, and what was written."""

    name: str
    share: Fraction
    value: Value
    written: str


@dataclass(frozen=True)
class Values:
    """What was measured. places: in the order of the table. parts: series → place → its parts, one unnamed if whole.

    digest: SHA-256 of the table's bytes, so that a score can be computed again from the same.
    """

    places: tuple[str, ...]
    parts: Mapping[str, Mapping[str, tuple[Part, ...]]]
    digest: str = ""
    rows: int = 0
    absent: tuple[Part, ...] = field(default=(Part("", Fraction(1), Gap.MISSING, ""),), repr=False)

    def of(self, series: str, place: str) -> tuple[Part, ...]:
        """Return the parts of a value; one missing part when the table has no row."""
        return self.parts.get(series, {}).get(place, self.absent)


def read_values(content: bytes, edition: Edition) -> Values:
    """Return the values of a CSV table (UTF-8, with or without BOM; columns place, series, value, part…, unit).

    Raises WrongValues with every fault: unknown series or column, text where
    a number belongs, a value outside its bounds or in another unit, a row
    twice, shares of parts that do not sum to 1.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongValues([Fault(0, "", "文件不是 UTF-8 编码。", "请另存为“CSV UTF-8”。")]) from None
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        heads = [head.strip() for head in next(lines, [])]
        _check_heads(heads)
        values = _gather(heads, lines, edition)
    except csv.Error:
        remedy = "请核对这一行附近有没有多余的引号。"
        raise WrongValues([Fault(lines.line_num, "", "这一行太长，或者不是表格。", remedy)]) from None
    if not values.rows:
        raise WrongValues([Fault(0, "", "表里只有列名，没有值。", "请核对是不是选错了文件。")])
    return Values(values.places, values.parts, hashlib.sha256(content).hexdigest(), values.rows)


def take(rows: Iterable[Mapping[str, str]], edition: Edition, *, whole: bool = True) -> Values:
    """Return the values of rows that are already apart, each a mapping of the columns. Raises WrongValues.

    whole: False where the rows are only some of the parts of a place, so that their shares need not sum to 1.
    """
    heads = [*NEEDED, *OPTIONAL]
    return _gather(heads, ([row.get(head, "") for head in heads] for row in rows), edition, whole=whole)


def _check_heads(heads: list[str]) -> None:
    faults = [Fault(1, name, "缺少这一列。", "请补上列名。") for name in NEEDED if name not in heads]
    known = (*NEEDED, *OPTIONAL)
    faults += [Fault(1, head, "没有这一列。", nearest_in_chinese(head, known)) for head in heads if head not in known]
    faults += [Fault(1, head, "这一列出现了两次。", "请删去一列。") for head in known if heads.count(head) > 1]
    if faults:
        raise WrongValues(faults)


def _gather(heads: list[str], lines: Iterable[list[str]], edition: Edition, *, whole: bool = True) -> Values:
    series = {one.key: one for one in edition.series}
    found: dict[str, dict[str, dict[str, Part]]] = {key: {} for key in series}
    places: dict[str, None] = {}
    faults: list[Fault] = []
    count = 0
    at = {head: place for place, head in enumerate(heads)}
    for number, cells in enumerate(lines, start=2):
        if len(faults) >= MOST_FAULTS:
            break
        if not any(cells):
            continue
        if len(cells) != len(heads):
            faults.append(Fault(number, "place", f"这一行有 {len(cells)} 格，应有 {len(heads)} 格。", "请对照表头。"))
            continue
        count += 1
        row = {head: cells[place].strip() for head, place in at.items()}
        one = series.get(row["series"])
        if one is None:
            faults.append(
                Fault(number, "series", f"没有“{row['series']}”这项数据。", nearest_in_chinese(row["series"], series))
            )
            continue
        if not row["place"]:
            faults.append(Fault(number, "place", "没有写是哪个地方的数据。", "请填写。"))
            continue
        part = _part(number, row, one, edition, faults)
        mine = found[one.key].setdefault(row["place"], {})
        if part.name in mine:
            faults.append(Fault(number, "series", f"“{row['place']}”的“{one.key}”已经写过一次。", "请只留一行。"))
        mine[part.name] = part
        places.setdefault(row["place"])
    faults.extend(_wrong_shares(found) if whole else ())
    if faults:
        raise WrongValues(faults)
    parts = {key: {place: tuple(some.values()) for place, some in mine.items()} for key, mine in found.items()}
    return Values(tuple(places), parts, rows=count)


WHOLE = Fraction(1)


def _part(number: int, row: Mapping[str, str], one: Indicator, edition: Edition, faults: list[Fault]) -> Part:
    written, name, weight, unit = row["value"], row.get("part", ""), row.get("part_weight", ""), row.get("unit", "")
    if unit and one.unit and unit != one.unit:
        faults.append(Fault(number, "unit", f"单位是“{unit}”，这项数据的单位是“{one.unit}”。", "请换算后再填。"))
    share = WHOLE
    if weight and not SHARE.fullmatch(weight):
        faults.append(Fault(number, "part_weight", f"“{weight}”不是份额。", "请写 0.55 或者 1/3 这样的数。"))
    elif weight:
        share = Fraction(weight)
    if bool(name) != bool(weight):
        column = "part_weight" if name else "part"
        faults.append(Fault(number, column, "部分的名称和份额要同时填写。", "分部分时两列都填，不分时都空着。"))
    value = _value(number, written, one, edition, faults)
    return Part(name, share, value, written)


def _value(number: int, written: str, one: Indicator, edition: Edition, faults: list[Fault]) -> Value:
    """Return a number, or what the word means; a word of the series before one of the edition."""
    if not written:
        return Gap.MISSING
    for words in (one.words, edition.words):
        if written in words:
            return words[written]
    if not NUMBER.fullmatch(written):
        known = {*one.words, *edition.words}
        remedy = f"请填数字，或者写约定的词：{'、'.join(sorted(known))}。" if known else "请填数字。"
        faults.append(Fault(number, "value", f"“{written[:LONGEST_SHOWN]}”不是数字。", remedy))
        return Gap.MISSING
    value = Decimal(written)
    if abs(value.adjusted()) > LARGEST or len(value.as_tuple().digits) > LARGEST:
        faults.append(Fault(number, "value", f"“{written[:LONGEST_SHOWN]}”的位数太多。", "请核对小数点和指数。"))
        return Gap.MISSING
    if (one.least is not None and value < one.least) or (one.most is not None and value > one.most):
        bounds = f"{'' if one.least is None else one.least}～{'' if one.most is None else one.most}{one.unit}"
        faults.append(Fault(number, "value", f"{written} 不在可能的范围（{bounds}）之内。", "请核对单位和小数点。"))
    return value


def _wrong_shares(found: Mapping[str, Mapping[str, Mapping[str, Part]]]) -> Iterator[Fault]:
    wrong: dict[tuple[str, str], str] = defaultdict(str)
    for key, mine in found.items():
        for place, parts in mine.items():
            if len(parts) == 1 and "" in parts:
                continue
            if "" in parts:
                wrong[place, key] = "既有整体的值，又有部分的值。"
            elif (whole := sum(part.share for part in parts.values())) != 1:
                wrong[place, key] = f"各部分的份额合计为 {float(whole):g}，应为 1。"
    for (place, key), found_there in wrong.items():
        yield Fault(0, "", f"“{place}”的“{key}”：{found_there}", "请改正份额。")
