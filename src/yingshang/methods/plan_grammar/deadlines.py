"""Deadlines, wherever they stand, as printed and as a date."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from yingshang.methods.plan_grammar.numerals import number
from yingshang.methods.plan_grammar.shadow import Shadow

_N = r"[\d一二三四五六七八九十]{1,3}"
_Y = r"(?:(?P<year>\d{4}|[一二三四五六七八九〇零○]{4})年|(?P<said>今年|本年|明年|次年|当年))"
_PART = r"(?P<part>上旬|中旬|下旬|底|末|初|中|内)?(?:之前|以前|前)?"
_DONE = (
    r"(?:(?:全部|全面|基本|正式|力争|确保|如期)*(?:完成|投入使用|投入运营|投用|动工|开工|建成"
    r"|启用|启动|竣工|出台|实现|上线|运行|达到|交付|通车|到位|印发|制定|发布|公布))"
)

_DAY = re.compile(rf"(?:{_Y})?(?P<month>{_N})月(?P<day>{_N})[日号](?:之前|以前|前|止)")
_MONTH = re.compile(
    rf"(?:{_Y}(?:的)?)?(?P<month>{_N})月(?:份)?(?:(?P<part>上旬|中旬|下旬|底|末|内)(?:之前|以前|前)?|(?:之前|以前|前)|(?={_DONE}))"
)
_RANGE = re.compile(
    rf"(?:(?P<y1>\d{{4}})年)?(?:(?P<m1>{_N})月)?(?:{_N}日)?(?:至|到|—+|-+|–|~|～)(?:(?P<y2>\d{{4}})年)?(?:(?P<m2>{_N})月)(?:(?P<d2>{_N})日|底|末)?(?:之前|以前|前)?"
    r"|(?P<from>\d{4})年?(?:至|到|—+|-+|–|~|～)(?P<to>\d{4})年(?:底|末)?"
)
_QUARTER = re.compile(rf"(?:{_Y})?(?:第)?(?P<quarter>[一二三四1-4])季度(?:末|底|内)?(?:之前|以前|前)?")
_HALF = re.compile(rf"(?:{_Y})?(?P<half>上|下)半年(?:末|底|内)?(?:之前|以前|前)?")
_YEAR_END = re.compile(
    rf"{_Y}(?:年?(?:底|末|内)(?:之前|以前|前)?|全年)|(?:全年|年(?:底|末|内))(?:之前|以前|前)?|(?:到|至)(?P<until>\d{{4}})年(?:底|末|年底|年末)?(?:之前|以前|前)?|(?P<before>\d{{4}})年(?:之前|以前|前)|本?年度内"
)
_ONGOING = re.compile(
    r"(?:全年|全程|年内|长期|常态化?|逐年|分步|分年度)?(?:持续|长期|常态化|立即|坚持|不断)(?:推进|坚持|开展|实施|落实|整改|执行|做好|抓好|进行|推动|巩固|抓|有效|深化)*|立行立改|立即整改|立即|即时|即知即改|边查边改|长期|常态化?|随时|按需|经常性"
)
_LONE_YEAR = re.compile(r"(?P<year>\d{4})年(?:度)?|(?P<said>今年|本年度?|当年|全年)")
_LONE_MONTH = re.compile(rf"(?:{_Y})?(?P<month>{_N})月(?:份)?(?P<part>上旬|中旬|下旬|底|末)?(?:(?P<day>{_N})[日号])?")
_DATED_MONTH = re.compile(rf"(?P<year>\d{{4}})年(?P<month>{_N})月(?:(?P<day>{_N})[日号])?")
_NUMERIC = re.compile(r"(?P<year>\d{4})[./-](?P<month>\d{1,2})(?:[./-](?P<day>\d{1,2}))?(?:前)?")
_RELATIVE = re.compile(
    r"[^,;。]{0,10}(?:印发|发布|实施|批准|开工|立项|启动)(?:之日起|之日|后|起)[^,;。]{0,12}(?:内|前)|\d+个?(?:工作日|月|天|日)(?:之)?内"
)
_REPEATED = re.compile(r"[每逐各](?:个)?(?:年度?|半年|季度?|月|周|旬|日|学期)[^,;。)]{0,3}$")
_NOT_A_DEADLINE = re.compile(r"(?:截至|截止到|截止|较|比|同比|自|从|据|以来|根据)$")
# 2023年12月31日前形成的欠款 says which debts, not by when.
_ALREADY = re.compile(r"已|(?:形成|发生|产生|成立|登记|注册|出生|取得|参加工作|入库|立项)(?:的|并)")
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|[〔\[(【]\d{4}[〕\])】]|“[^”]{0,40}”")


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline in a shadow: where, of what kind, and which day if that is known."""

    start: int
    end: int
    kind: str
    date: date | None


def in_text(shadow: Shadow, year: int | None) -> list[Found]:
    """Return the deadlines of running text; reporting rhythms and citations hold none.

    year: the year of the document, for a month or 年底 without one; None if it states none.
    """
    text = _QUOTED.sub(lambda quoted: "□" * len(quoted[0]), shadow.text)
    found: list[Found] = []
    taken = [False] * len(text)
    for pattern, kind in (
        (_RANGE, "period"),
        (_DAY, "date"),
        (_MONTH, "date"),
        (_QUARTER, "date"),
        (_HALF, "date"),
        (_YEAR_END, "date"),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            if start == end or any(taken[start:end]) or not _is_meant(pattern, match, text):
                continue
            day, known = _day(match.groupdict(), match[0], year)
            if not known:
                continue
            taken[start:end] = [True] * (end - start)
            found.append(Found(start, end, kind, day))
    for match in _ONGOING.finditer(text):
        start, end = match.span()
        while start < end and taken[start]:
            start += 1
        if start == end or any(taken[start:end]) or not _is_whole_phrase(text, start, end):
            continue
        found.append(Found(start, end, "ongoing", None))
    return sorted(found, key=lambda one: one.start)


def in_field(shadow: Shadow, year: int | None) -> list[Found]:
    """Return what a deadline column or 时限要求 line states; what cannot be read is ``unknown``."""
    shadow = shadow.strip(" \n\t。;,、:()")
    text = shadow.text
    if not text or re.fullmatch(r"[-—/\\无.·]+", text):
        return []
    found = in_text(shadow, year)
    taken = [False] * len(text)
    for one in found:
        taken[one.start : one.end] = [True] * (one.end - one.start)
    for pattern in (_NUMERIC, _LONE_MONTH, _LONE_YEAR):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or _REPEATED.search(text[:start]):
                continue
            day, known = _day(match.groupdict(), match[0], year)
            if known:
                taken[start:end] = [True] * (end - start)
                found.append(Found(start, end, "date", day))
    if not any(one.kind == "ongoing" for one in found):
        for match in _ONGOING.finditer(text):
            if not any(taken[match.start() : match.end()]):
                found.append(Found(match.start(), match.end(), "ongoing", None))
                break
    if not found:
        kind = "ongoing" if _REPEATED.search(text[:4]) else "unknown"
        return [Found(0, len(text), kind, None)]
    return sorted(found, key=lambda one: one.start)


def take_out(shadow: Shadow, year: int | None) -> tuple[list[Found], list[tuple[int, int]]]:
    """Return the deadlines inside a unit clause and the ranges that are no part of its lists.

    A range is the whole phrase: of “6月底前完成” also the word after the date.
    """
    found = in_text(shadow, year)
    for relative in _RELATIVE.finditer(shadow.text):
        if not any(one.start < relative.end() and relative.start() < one.end for one in found):
            found.append(Found(relative.start(), relative.end(), "unknown", None))
    for phrase in re.finditer(r"[^、,;()\n]+", shadow.text):
        alone = _DATED_MONTH.fullmatch(phrase[0])
        if alone and not any(one.start < phrase.end() and phrase.start() < one.end for one in found):
            day, known = _day(alone.groupdict(), phrase[0], year)
            if known:
                found.append(Found(*phrase.span(), "date", day))
    ranges = []
    for one in found:
        start, end = one.start, one.end
        tail = re.match(rf"(?:{_DONE}|前|止)?(?:并?长期坚持|并?持续推进|并?长期推进|工作|任务)*", shadow.text[end:])
        lead = re.search(r"(?:于|在|到|力争|确保|计划|须|要求)+$", shadow.text[:start])
        ranges.append((lead.start() if lead else start, end + (tail.end() if tail else 0)))
    rhythm = re.finditer(r"每(?:个)?(?:年|半年|季度?|月|周|旬)[^,;、。]*", shadow.text)
    ranges += [repeated.span() for repeated in rhythm]
    return sorted(found, key=lambda one: one.start), ranges


def _is_meant(pattern: re.Pattern[str], match: re.Match[str], text: str) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    if _REPEATED.search(before) or re.search(r"每(?:年|季度?|月|个月|季度末月)?$", before):
        return False
    if before and before[-1].isdigit():
        return False
    if _NOT_A_DEADLINE.search(before) and pattern is not _RANGE:
        return False
    if pattern is _YEAR_END:
        # 年内 in “一年内”, “三年内”, 年末 in “上年末” are spans or past, no dates.
        if re.search(r"[一二两三四五六七八九十几近上去每\d]$", before) and not re.match(
            r"\d{4}|[一二三四五六七八九〇零○]{4}年", match[0]
        ):
            return False
        if (
            match["until"] is None
            and match["before"] is None
            and match[0].startswith("年")
            and re.search(r"[历往同次]$", before)
        ):
            return False
    if pattern in (_HALF, _QUARTER) and re.search(r"[去上]年$", before):
        return False
    if pattern in (_DAY, _MONTH) and _ALREADY.match(text, match.end()):
        return False
    after = text[match.end() : match.end() + 1]
    return not (pattern is _QUARTER and after in "度") if after else True


def _is_whole_phrase(text: str, start: int, end: int) -> bool:
    before, after = text[:start], text[end:]
    return (
        not before or before[-1] in ",;。(、:\n□" or bool(re.search(r"(?:年内|底前|全年|月前|年底|□)$", before))
    ) and (not after or after[0] in ",;。)、\n")


def _day(stated: dict[str, str | None], raw: str, document_year: int | None) -> tuple[date | None, bool]:
    """Return the last day meant, None without a year, and whether the parts make sense at all."""
    year = document_year
    if stated.get("year"):
        year = number(stated["year"] or "")
    elif stated.get("said") in ("明年", "次年") and document_year:
        year = document_year + 1
    for key in ("until", "before", "to", "y2"):
        if stated.get(key):
            year = int(stated[key] or 0) - (1 if key == "before" else 0)
    if stated.get("y1") and not stated.get("y2"):
        year = int(stated["y1"] or 0)
    if year is not None and not 1980 <= year <= 2100:
        return None, False
    month, day = 12, 31
    if stated.get("quarter"):
        month = 3 * (number(stated["quarter"] or "") or 4)
    elif stated.get("half"):
        month = 6 if stated["half"] == "上" else 12
    elif stated.get("month") or stated.get("m2"):
        said = number(stated.get("month") or stated.get("m2") or "")
        if said is None or not 1 <= said <= 12:
            return None, False
        month = said
    if year is None:
        return None, True
    day = calendar.monthrange(year, month)[1]
    said_day = stated.get("day") or stated.get("d2")
    if said_day:
        counted = number(said_day)
        if counted is None or not 1 <= counted <= day:
            return None, False
        day = counted
    elif stated.get("part") == "上旬":
        day = 10
    elif stated.get("part") == "中旬":
        day = 20
    return date(year, month, day), True
