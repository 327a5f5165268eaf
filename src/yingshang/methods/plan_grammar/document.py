"""The fields of the document itself: titles, number, issuer, date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from yingshang.methods.plan_grammar import names
from yingshang.methods.plan_grammar.numerals import number
from yingshang.methods.plan_grammar.paragraphs import Passage
from yingshang.methods.plan_grammar.shadow import Shadow

_KINDS = "通知|意见|决定|通报|公告|函|批复|报告|通告"
_NOTICE = re.compile(rf"^(?P<body>[^,。;:《》]{{0,60}}?)关于.{{2,120}}的(?:{_KINDS})(?:\([^()]*\))?$")
_PLAN = re.compile(
    r"(?:方案|要点|计划|分工|分解表|任务表|任务分解|清单|办法|规划|安排|措施|意见|台账|任务书|行动|细则|责任表|分工表|一览表|工作任务|重点任务|重点工作|若干举措|工程|纲要|目标任务|工作举措)(?:\([^()]{1,30}\))?$"
)
_WITHIN = re.compile(
    r"(?:印发|下发|转发|公布|批转|分解|落实|实施)[《<〈](?P<title>.+)[》>〉]的?(?:的)?(?:通知|意见|函|决定|公告)"
)
_WITHOUT = re.compile(rf"(?:印发|下发)(?P<title>[^《》]+?)的(?:{_KINDS})")
_NUMBER = re.compile(
    r"(?P<whole>[\u4e00-\u9fff]{1,14}(?:\([\u4e00-\u9fff]{1,4}\))?[〔\[(【](?:19|20)\d{2}[〕\])】]第?\d{1,4}号)"
)
_NUMBER_LINE = re.compile(
    rf"^\(?(?:文号:?|发文字号:?|文件编号:?|发文文号:?|文件号:?)?{_NUMBER.pattern}\)?(?:签发人:.*)?$"
)
_PERIOD_LINE = re.compile(r"^(?:[\u4e00-\u9fff]{2,12})?第[\d一二三四五六七八九十百]{1,5}期$")
_BROKEN = re.compile(r"^[\u4e00-\u9fff]{2,8}(?:发|办|字|函)(?:〔?\d{4,8}〕?|\d{4}[-—]\d+|〔\d{4}〕)(?:号)?$")
_D = r"[\d一二三四五六七八九十〇零○oO]"
_YEAR_LINE = re.compile(r"^\(?(20\d{2})年度?\)?$")
_DATE = re.compile(rf"(?P<year>{_D}{{4}})年(?P<month>{_D}{{1,3}})月(?P<day>{_D}{{1,3}})日")
_DATE_LINE = re.compile(rf"^\(?{_DATE.pattern}\)?$")
_DATED_BODY = re.compile(rf"^(?P<body>[\u4e00-\u9fff()]{{4,40}}){_DATE.pattern}$")
_META_DATE = re.compile(
    rf"(?:成文日期|发文日期|印发日期|签发日期|制发日期):(?:{_DATE.pattern}|(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}))"
)
_META_BODY = re.compile(
    r"(?:发文机关|发文单位|制发机关|发布机构|发文机构):(?P<body>[\u4e00-\u9fff()]{4,40}?)(?=$|\n|发文|成文|主题|公开|文号|索引|有效|名称|标题|发布|生成)"
)
_BODY_END = re.compile(
    r"(?:办公室|政府|委员会|领导小组|局|委|指挥部|办公厅|办|小组|管委会|部|厅|院|公司|中心|联合会|工委|专班|联席会议)$"
)
_PLACE_START = re.compile(r"^(?:中共|中国|国家|全国)|^.{1,8}?(?:省|市|县|区|州|旗|盟|乡|镇)")
_META = re.compile(
    r"(?:索引号|主题分类|发布机构|发布日期|成文日期|发文日期|发表日期|公开方式|时效|浏览|来源|作者|字体|当前位置|首页|打印|有效性)"
)


@dataclass(slots=True)
class Document:
    """What the document states about itself; None and empty where it states nothing."""

    title: str | None = None
    notice_title: str | None = None
    doc_number: str | None = None
    issuer: list[str] = field(default_factory=list)
    issue_date: date | None = None
    damaged: list[tuple[int, int]] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    year_below_title: int | None = None

    @property
    def year(self) -> int | None:
        """The year that a month without one belongs to: that of the title, else of the date."""
        for title in (self.title, self.notice_title):
            stated = re.search(r"(?<!\d)(20\d{2})\s*年?(?!\s*[-—–~至]\s*\d{4})", title or "")
            if stated and not re.search(r"[〔\[(]" + stated[1], title or ""):
                return int(stated[1])
        if self.year_below_title:
            return self.year_below_title
        if self.issue_date:
            return self.issue_date.year
        in_number = re.search(r"[〔\[(【](\d{4})", self.doc_number or "")
        return int(in_number[1]) if in_number else None

    def as_dict(self) -> dict[str, object]:
        """Return the ``doc`` of plan/1."""
        return {
            "title": self.title,
            "notice_title": self.notice_title,
            "doc_number": self.doc_number,
            "issuer": self.issuer,
            "issue_date": self.issue_date.isoformat() if self.issue_date else None,
        }


def read(passages: list[Passage], cells: list[Shadow], printed: str) -> Document:
    """Return the document's fields.

    passages: the paragraphs in order; cells: those of tables, where web pages keep their fields.
    """
    document = Document()
    texts = [passage.shadow for passage in passages]
    _titles(document, texts, printed)
    of_year = next((found for text in texts[:40] if (found := _YEAR_LINE.match(text.text))), None)
    document.year_below_title = int(of_year[1]) if of_year else None
    _numbers(document, texts, cells, printed)
    _signature(document, texts, printed)
    _fallbacks(document, texts, cells, printed)
    return document


def _titles(document: Document, texts: list[Shadow], printed: str) -> None:
    head = _head(texts)
    best: tuple[int, Shadow] | None = None
    for index in range(len(head)):
        joined = head[index]
        for length in range(4):
            if length:
                if index + length >= len(head) or len(joined) > 120:
                    break
                joined = Shadow(joined.text + head[index + length].text, joined.at + head[index + length].at)
            if re.search(r"[,。;:!]|^\(", re.sub(r"《[^》]*》", "", joined.text)) or _META.search(joined.text):
                break
            found = _NOTICE.match(joined.text)
            if found:
                # The site's own line glues column and title together; a title line has no gaps.
                glued = any(joined.text[p - 1] not in "》)" for p in joined.soft if p > 0) and bool(
                    re.search(r"(?:文件|政策|公开|首页|通知公告|网)", found["body"])
                )
                has_body = bool(found["body"]) and (names.is_unit_like(found["body"]) or not found["body"])
                score = (2 if not glued else 0) + (2 if has_body else 1) - length
                if best is None or score > best[0]:
                    best = (score, joined)
                break
    if best:
        document.notice_title = best[1].name(printed)
        document.titles.add(best[1].text)
        within = _WITHIN.search(best[1].text) or _WITHOUT.search(best[1].text)
        if within:
            document.title = best[1].name(printed, *within.span("title"))
            _as_printed_above(document, texts, within["title"], printed)
            return
    if document.title is None:
        _own_title(document, head if not best else texts[:60], printed)


def _as_printed_above(document: Document, texts: list[Shadow], title: str, printed: str) -> None:
    """Prefer the title as it stands above the plan, which may be spread over lines."""
    wanted = _letters(title)
    document.titles.add(title)
    for index, first in enumerate(texts):
        joined = first
        for length in range(1, 5):
            if _letters(joined.text) == wanted:
                document.title = joined.name(printed)
                document.titles.update(text.text for text in texts[index : index + length])
                document.titles.add(joined.text)
                return
            if index + length >= len(texts) or not wanted.startswith(_letters(joined.text)) or not joined.text:
                break
            joined = Shadow(joined.text + texts[index + length].text, joined.at + texts[index + length].at)


def _letters(text: str) -> str:
    return re.sub(r"[《》〈〉<>\s“”]", "", text)


def _own_title(document: Document, head: list[Shadow], printed: str) -> None:
    """A plan without a cover notice begins with its title."""
    for index, first in enumerate(head[:25]):
        joined = first
        for length in range(3):
            if length:
                if index + length >= len(head):
                    break
                joined = Shadow(joined.text + head[index + length].text, joined.at + head[index + length].at)
            if (
                len(joined) > 60
                or re.search(r"[,。;:!?]|^附件", re.sub(r"《[^》]*》", "", joined.text))
                or _META.search(joined.text)
            ):
                break
            if _NUMBER.search(joined.text) or re.match(
                r"^[一二三四五六七八九十]{1,2}、|^\(?[\d一二三四五六七八九十]+[)、.]", joined.text
            ):
                break
            if _PLAN.search(joined.text) and len(joined) >= 6:
                document.title = joined.name(printed)
                document.titles.add(joined.text)
                document.titles.update(text.text for text in head[index : index + length + 1])
                return


def _head(texts: list[Shadow]) -> list[Shadow]:
    return texts[:40]


def _numbers(document: Document, texts: list[Shadow], cells: list[Shadow], printed: str) -> None:
    for text in [*texts[:60], *cells[:60]]:
        found = _NUMBER_LINE.match(text.text) or re.search(rf"(?:文号|发文字号|文件编号):{_NUMBER.pattern}", text.text)
        if not found and len(text) < 60 and not re.search("[《》,。]", text.text):
            found = re.search(rf"^(?:[\u4e00-\u9fff]*文件){_NUMBER.pattern}$", text.text)
        if found:
            start, end = found.span("whole")
            whole = re.sub(r"^.*文件", "", text.text[start:end])
            document.doc_number = text.name(printed, end - len(whole), end)
            return
        if _BROKEN.match(text.text) and not _DATE.search(text.text):
            document.damaged.append(text.span())
    for title in document.titles:
        found = re.search(rf"\({_NUMBER.pattern}\)$", title)
        if found and document.notice_title:
            document.doc_number = document.notice_title[-len(found[0]) + 1 : -1]
            return
    for text in texts[:30]:
        if _PERIOD_LINE.match(text.text):
            document.doc_number = text.name(printed)
            return


def _signature(document: Document, texts: list[Shadow], printed: str) -> None:
    for index, text in enumerate(texts):
        found = _DATE_LINE.match(text.text)
        signed = _DATED_BODY.match(text.text) if not found else None
        if signed and not signed["body"].endswith(("印发", "发布", "日期")) and _BODY_END.search(signed["body"]):
            document.issuer = _bodies([text.part(*signed.span("body"))], printed)
            document.issue_date = _as_date(signed)
            return
        if not found:
            continue
        lines: list[Shadow] = []
        for before in reversed(texts[max(0, index - 4) : index]):
            if len(before) > 40 or re.search(r"[,。;:、《》“”]", before.text) or before.text in document.titles:
                break
            if not lines and not _BODY_END.search(before.text):
                break
            if not (_BODY_END.search(before.text) or lines):
                break
            lines.insert(0, before)
        lines = [line for line in lines if not re.search(r"^附件|^第|文件$", line.text)]
        if lines:
            document.issuer = _bodies(lines, printed)
            document.issue_date = _as_date(found)
            return


def _bodies(lines: list[Shadow], printed: str) -> list[str]:
    """Return the bodies of a signature; one spread over two lines is one body."""
    bodies: list[Shadow] = []
    for line in lines:
        for part in _apart(line):
            if bodies and (not _PLACE_START.match(part.text) or not _BODY_END.search(bodies[-1].text)):
                last = bodies[-1]
                bodies[-1] = Shadow(last.text + part.text, last.at + part.at)
            else:
                bodies.append(part)
    return [body.name(printed) for body in bodies]


def _apart(line: Shadow) -> list[Shadow]:
    """Two bodies that sign on one line stand apart by spaces."""
    for place in sorted(line.soft):
        left, right = line.part(0, place), line.part(place)
        if (
            _BODY_END.search(left.text)
            and len(left) > 5
            and _PLACE_START.match(right.text)
            and _BODY_END.search(right.text)
            and len(right) > 5
        ):
            return [left, *_apart(right)]
    return [line]


def _as_date(found: re.Match[str]) -> date | None:
    year, month, day = (number(found[key].replace("O", "〇").replace("o", "〇")) for key in ("year", "month", "day"))
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _fallbacks(document: Document, texts: list[Shadow], cells: list[Shadow], printed: str) -> None:
    """What no signature says may stand in the title, the 印发 line or the fields of a web page."""
    if not document.issuer and document.notice_title:
        body = re.match(r"^([\u4e00-\u9fff()]{4,40}?)关于", re.sub(r"\s", "", document.notice_title))
        if body and _BODY_END.search(body[1]):
            document.issuer = [body[1]]
    for text in [*cells[:80], *texts[:30]]:
        found = _META_DATE.search(text.text)
        if document.issue_date is None and found:
            if found["y"]:
                try:
                    document.issue_date = date(int(found["y"]), int(found["m"]), int(found["d"]))
                except ValueError:
                    document.issue_date = None
            else:
                document.issue_date = _as_date(found)
        body_found = _META_BODY.search(text.text)
        if not document.issuer and body_found:
            document.issuer = [text.name(printed, *body_found.span("body"))]
    if document.issue_date is None:
        for text in texts:
            found = re.match(rf"^.{{0,30}}?{_DATE.pattern}印发$", text.text) or (
                _DATE_LINE.match(text.text) if text.text.startswith("(") else None
            )
            if found:
                document.issue_date = _as_date(found)
                return
        alone = [text for text in texts if _DATE_LINE.match(text.text)]
        if alone:
            match = _DATE_LINE.match(alone[0].text)
            document.issue_date = _as_date(match) if match else None
