"""What a notice says about itself: titles, number, issuer, date, recipients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from yingshang.methods.plan_grammar.names import SUFFIX
from yingshang.methods.plan_grammar.numbering import number_at, value_of
from yingshang.methods.plan_grammar.shadow import Shadow

NUMBER = re.compile(r"^[\u3400-\u9fff]{2,14}\s*[(\[](?P<y>(?:19|20)\d\d)[)\]]\s*第?\s*\d{1,4}\s*号$")
BROKEN_NUMBER = re.compile(
    r"^[\u3400-\u9fff]{2,8}(?:政|委|办|府|函|字|发|组)+[\u3400-\u9fff]{0,3}\(?(?:19|20)\d{2,8}\)?号?$"
)
FIELD = re.compile(r"^(?:发文字号|文件编号|文\s*号)\s*:\s*(?P<value>\S.*)?$")
NOTICE = re.compile(
    r"^(?P<issuer>.*?)(?P<rest>关于(?:印发|转发|下发|公布|调整|做好|进一步|开展|报送|分解|落实|认真).*(?:的?通知|通知))$"
)
TITLE = re.compile(
    r"(?:方案|要点|计划|措施|意见|分工|分工表|分解表|清单|台账|任务表|责任表|行动|规划|安排|任务分解|办法|举措|实施细则|政策|任务书|责任分解|一览表|若干规定)(?:\([^()]{1,20}\))?$"
)
ARABIC = re.compile(r"^(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日$")
SPELLED = re.compile(
    r"^(?P<y>[二一][〇○零Oo0一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,3})月(?P<d>[一二三四五六七八九十]{1,3})日$"
)
PRINTED_ON = re.compile(r"(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)\s*印发$")
PLACE = re.compile(r"^(?:中共|中国共产党|国家|.{1,7}?(?:省|市|县|区|旗|州|盟|镇|乡|街道))")
HEAD_LINES = 60
DIGITS = {"〇": "0", "○": "0", "零": "0", "O": "0", "o": "0", "0": "0"} | {
    n: str(v) for v, n in enumerate("一二三四五六七八九", 1)
}


@dataclass
class Document:
    """What the notice says about itself; None or empty where it does not."""

    title: str | None = None
    notice_title: str | None = None
    doc_number: str | None = None
    issuer: list[str] = field(default_factory=list)
    issue_date: date | None = None
    year: int | None = None
    doubts: list[tuple[str, str, int, int]] = field(default_factory=list)


def read_document(paragraphs: Sequence[Shadow]) -> Document:
    """Return the fields of a notice. Nothing is filled in that the text does not state."""
    found = Document()
    _number(paragraphs, found)
    _notice_title(paragraphs, found)
    _title(paragraphs, found)
    _signature(paragraphs, found)
    named = re.search(r"(20\d\d)\s*年", f"{found.title or ''} {found.notice_title or ''}")
    if named:
        found.year = int(named.group(1))
    elif found.issue_date:
        found.year = found.issue_date.year
    elif found.doc_number:
        stated = re.search(r"(20\d\d|19\d\d)", found.doc_number)
        found.year = int(stated.group()) if stated else None
    return found


def _squeezed(line: Shadow) -> str:
    return re.sub(r"\s+", "", line.folded)


def _number(paragraphs: Sequence[Shadow], found: Document) -> None:
    for line in paragraphs[:HEAD_LINES]:
        text = line.folded.strip()
        labeled = FIELD.match(text)
        bare = (labeled["value"] or "").strip() if labeled else text
        if NUMBER.match(bare):
            offset = line.folded.find(bare)
            found.doc_number = re.sub(r"\s+", "", line.printed[offset : offset + len(bare)])
            return
        if BROKEN_NUMBER.match(re.sub(r"\s", "", bare)) and not found.doubts:
            found.doubts.append(("文号残缺，没有采用。", "请对照原件补上文号。", *line.span))


def _notice_title(paragraphs: Sequence[Shadow], found: Document) -> None:
    head = list(paragraphs[:HEAD_LINES])
    candidates: list[str] = []
    for index in range(len(head)):
        for span in range(1, 5):
            lines = head[index : index + span]
            if len(lines) < span or any(len(one) > 60 and span > 1 for one in lines):
                break
            text = "".join(re.sub(r"\s+", "", one.printed) for one in lines)
            folded = "".join(_squeezed(one) for one in lines)
            match = NOTICE.match(folded)
            if match and len(folded) <= 120 and "。" not in folded:
                candidates.append(
                    text if _is_issuer(match["issuer"]) else text[match.start("rest") :] if not match["issuer"] else ""
                )
                break
            if not re.search(r"关于|人民政府|委员会|办公室|办公厅|局|领导小组", folded) or folded.endswith(
                ("。", ":", "；", ";")
            ):
                break
    clean = [one for one in candidates if one]
    starting = [one for one in clean if one.startswith("关于")]
    found.notice_title = next(iter(starting or clean), None)


def _is_issuer(text: str) -> bool:
    return (
        bool(text)
        and len(text) <= 30
        and bool(SUFFIX.search(text))
        and not re.search(r"[:：。》]|首页|位置|政策文件", text)
    )


def _title(paragraphs: Sequence[Shadow], found: Document) -> None:
    inner = re.search(r"[《<](?P<name>.+)[》>]", re.sub(r"\s", "", found.notice_title or ""))
    wanted = inner["name"] if inner else None
    lines = list(paragraphs[: HEAD_LINES * 2])
    for index in range(len(lines)):
        for span in (1, 2, 3):
            text = "".join(re.sub(r"\s+", "", one.printed) for one in lines[index : index + span])
            if wanted and text == wanted:
                found.title = text
                return
    for index, line in enumerate(lines[:HEAD_LINES]):
        text = re.sub(r"\s+", "", line.printed)
        if NOTICE.match(_squeezed(line)) or number_at(line.folded) or not 4 <= len(text) <= 60:
            continue
        if re.search(r"[。；;:：，,]", text) or not TITLE.search(_squeezed(line)):
            continue
        before = re.sub(r"\s+", "", lines[index - 1].printed) if index else ""
        broken = (
            before
            and not re.search(r"[。；;:：，,〕号》日]$|通知$", before)
            and 4 <= len(before) <= 40
            and index > 0
            and _title_goes_on(before, text)
        )
        found.title = before + text if broken else text
        return
    if wanted:
        found.title = wanted


def _title_goes_on(before: str, text: str) -> bool:
    """Return whether a title was broken over two lines: the first ends like no title and no unit."""
    return (
        not TITLE.search(before)
        and not SUFFIX.search(before)
        and bool(re.search(r"(?:年|县|市|区|省|环境|工作)", before))
        and not re.search(r"首页|位置|索引", before)
    )


def _signature(paragraphs: Sequence[Shadow], found: Document) -> None:
    for index, line in enumerate(paragraphs):
        day = _date_of(_squeezed(line))
        if day is None:
            continue
        block: list[str] = []
        for before in reversed(paragraphs[max(0, index - 4) : index]):
            text = re.sub(r"\s+", "", before.printed)
            if (
                not 3 <= len(text) <= 40
                or re.search(r"[。；;：:，,！？]|通知$|^附件|号$", text)
                or number_at(before.folded)
            ):
                break
            block.insert(0, text)
        issuers = _issuers(block)
        if issuers:
            found.issue_date, found.issuer = day, issuers
            return
        if found.issue_date is None:
            found.issue_date = day
    if found.issue_date is None:
        printed = next((match for line in paragraphs if (match := PRINTED_ON.search(line.folded))), None)
        found.issue_date = _date_of(printed["date"]) if printed else None
    if not found.issuer and found.notice_title:
        match = NOTICE.match(re.sub(r"\s", "", found.notice_title))
        if match and _is_issuer(match["issuer"]):
            found.issuer = [match["issuer"]]
    if not found.issuer:
        _issuer_above_title(paragraphs, found)


def _issuer_above_title(paragraphs: Sequence[Shadow], found: Document) -> None:
    for index, line in enumerate(paragraphs[:HEAD_LINES]):
        if found.notice_title and _squeezed(line).startswith("关于") and index:
            before = re.sub(r"\s+", "", paragraphs[index - 1].printed)
            if _is_issuer(before) and PLACE.match(before):
                found.issuer = [before]
            return


def _issuers(block: list[str]) -> list[str]:
    """Return the bodies that signed: a line that does not begin like a body's name continues the one before."""
    out: list[str] = []
    for line in block:
        if out and not PLACE.match(line):
            out[-1] += line
        elif PLACE.match(line) or SUFFIX.search(line):
            out.append(line)
    return [name for name in out if SUFFIX.search(name) and not TITLE.search(name)]


def _date_of(text: str) -> date | None:
    match = ARABIC.match(text)
    if match:
        return _valid(int(match["y"]), int(match["m"]), int(match["d"]))
    match = SPELLED.match(text)
    if match:
        return _valid(int("".join(DIGITS[one] for one in match["y"])), value_of(match["m"]), value_of(match["d"]))
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
