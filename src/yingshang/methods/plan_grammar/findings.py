"""What a person should look at: nothing here changes the text, everything says where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from yingshang.methods.plan_grammar.document import Document
from yingshang.methods.plan_grammar.tree import Node

ERROR, WARNING, INFO = "error", "warning", "info"

_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])[a-z](?=[\u4e00-\u9fff])")
_ALREADY = re.compile(r"[”\"」]\s*(?P<word>既)\s*[“\"「]")
_CITY_TEXT = re.compile(r"强区放权|区委区政府|我区|(?<!安)全区(?!域)")
_SHORT_TITLE = re.compile(r"《(?:条例|办法|意见|方案|规定|通知|目录|清单|细则|决定|规划|要点)》")
_UNQUOTED = re.compile(r"(?:我省|我市|省|市)(?:[\u4e00-\u9fff]{2,14}?条例|实施办法|实施细则)(?!》)")
_CASES = re.compile(r"反面(?P<word>案件)")
_SPUN = re.compile(
    r"职责分工(?:卖力|担任|担负)|生长(?:和)?(?:改造|革新|鼎新)(?:委|局)|牵头卖力|卖力落实|市场羁系|羁系局|事情(?:要点|使命|方案)|使命分工|重点使命"
)
_GONE = {
    "银监会": "银监会2018年并入银保监会，县一级没有这个机构，请核实现在由谁承担",
    "工商局": "工商局2018年起并入市场监督管理局，请核实",
    "质监局": "质监局2018年起并入市场监督管理局，请核实",
    "食药监局": "食药监局2018年起并入市场监督管理局，请核实",
    "国税局": "国税局2018年与地税局合并为税务局，请核实",
    "地税局": "地税局2018年与国税局合并为税务局，请核实",
    "国土局": "国土局2018年起并入自然资源局，请核实",
    "国土资源局": "国土资源局2018年起并入自然资源局，请核实",
    "环保局": "环保局2018年起改为生态环境局，请核实",
    "卫计局": "卫计局2018年起改为卫生健康局，请核实",
    "卫计委": "卫计委2018年起改为卫生健康委，请核实",
}
_SINCE = 2019


def finding(level: str, what: str, suggest: str, span: tuple[int, int]) -> dict[str, Any]:
    """Return one finding of plan/1."""
    return {"level": level, "what": what, "suggest": suggest, "start": span[0], "end": span[1]}


_CHECK = "核对原件；保存的文字不作改动。"


def of_text(printed: str, document: Document) -> Iterator[dict[str, Any]]:
    """Yield doubts about the wording, and what is damaged."""
    for match in _LATIN.finditer(printed):
        yield finding(WARNING, f"文字中夹有单个字母“{match[0]}”，可能是错字。", _CHECK, match.span())
    for match in _ALREADY.finditer(printed):
        yield finding(WARNING, "“既”可能是“即”之误。", _CHECK, match.span("word"))
    for match in _CASES.finditer(printed):
        yield finding(WARNING, "“反面案件”可能是“反面案例”之误。", _CHECK, match.span("word"))
    if re.search(r"县(?!区|市)", document.title or document.notice_title or ""):
        for match in _CITY_TEXT.finditer(printed):
            what = f"这是县的文件，却出现“{match[0]}”，可能照抄了上级文件。"
            yield finding(WARNING, what, "请起草单位确认原意。", match.span())
    defined = set(re.findall(r"(?:以下|下)简称(?:为)?[“\"]?(《[^》]{1,12}》)", printed))
    for match in _SHORT_TITLE.finditer(printed):
        if match[0] not in defined:
            defined.add(match[0])
            yield finding(WARNING, f"简称{match[0]}没有说明全称。", "请在引用处指明是哪一份文件。", match.span())
    outside = re.sub(r"《[^》]*》", lambda quoted: "□" * len(quoted[0]), printed)
    for match in _UNQUOTED.finditer(outside):
        yield finding(INFO, f"“{match[0]}”像是文件名，但没有书名号。", "请指明引用的文件。", match.span())
    for start, end in document.damaged:
        yield finding(WARNING, f"文号“{printed[start:end]}”残缺，没有采用。", "请对照原件补录文号。", (start, end))


def spun(printed: str) -> dict[str, Any] | None:
    """Return the finding that refuses a copy in which a program replaced words by synonyms."""
    matches = list(_SPUN.finditer(printed))
    if not matches:
        return None
    samples = "、".join(f"“{match}”" for match in dict.fromkeys(match[0] for match in matches[:3]))
    return finding(
        ERROR,
        f"文中出现{samples}等公文没有的说法，像是被改写过的网页，不能当作正式文件导入。",
        "请改用发文机关公布的原件。",
        matches[0].span(),
    )


def of_task(task: dict[str, Any], printed: str, issued: int | None) -> list[dict[str, Any]]:
    """Return what a person must decide about one task's units."""
    found = []
    name = f"第{task['number']}项" if task["number"] else "本项"
    roles = {role: task[f"{role}_units"] for role in ("lead", "responsible", "support", "oversight")}
    counted = Counter(unit for units in roles.values() for unit in units)
    for unit in counted:
        span = _where(unit, task, printed)
        if counted[unit] > 1:
            found.append(finding(WARNING, f"{name}中“{unit}”同时担任两种角色。", "确认是否有意为之。", span))
        if re.search(r"有关|相关", unit):
            found.append(finding(WARNING, f"{name}中“{unit}”没有指明是哪些单位。", "请牵头单位指明。", span))
        for gone, why in _GONE.items():
            if unit.endswith(gone) and (issued or _SINCE) >= _SINCE:
                found.append(finding(WARNING, f"{name}中“{unit}”：{why}。", "按现在的机构指定，原文不改。", span))
    if task["open_list"]:
        found.append(
            finding(
                WARNING,
                f"{name}的单位名单以“等”字结尾，没有列全。",
                "请牵头单位补全名单。",
                (task["source"]["start"], task["source"]["end"]),
            )
        )
    for deadline in task["deadlines"]:
        if deadline["kind"] == "unknown":
            found.append(
                finding(
                    WARNING,
                    f"{name}的时限“{deadline['raw']}”不能换算成日期。",
                    "请人工填写日期。",
                    (task["source"]["start"], task["source"]["end"]),
                )
            )
        elif deadline["kind"] == "date" and deadline["date"] is None:
            found.append(
                finding(
                    WARNING,
                    f"{name}的时限“{deadline['raw']}”没有年份，文件中也找不到年份。",
                    "请人工填写年份。",
                    (task["source"]["start"], task["source"]["end"]),
                )
            )
    return found


def _where(unit: str, task: dict[str, Any], printed: str) -> tuple[int, int]:
    start, end = task["source"]["start"], task["source"]["end"]
    at = printed.rfind(unit, start, end)
    if at < 0:
        at = printed.find(unit, end, end + 3000)
    return (at, at + len(unit)) if at >= 0 else (start, end)


def of_tree(root: Node, tasks: list[dict[str, Any]], printed: str) -> list[dict[str, Any]]:
    """Return gaps and repeats in the numbering, and brackets that could not be read."""
    found = []
    for node in root.walk():
        for unread in node.unread:
            span = node.text.span(unread.start, unread.end)
            found.append(finding(WARNING, "这个括号像是责任分工，但没有读懂。", "请人工录入单位。", span))
        for clause in node.found if node.stands_in_demands else []:
            span = node.text.span(clause.start, clause.end)
            found.append(finding(WARNING, "提要求的章节里有责任分工，没有列为任务。", "如果是任务，请人工补录。", span))
        before = 0
        for child in node.children:
            if child.mark is None or child.mark.kind == "bare" or not child.text.text:
                continue
            if child.mark.kind == "cn" and before and child.mark.value > before + 1:
                found.append(
                    finding(
                        WARNING,
                        f"“{child.mark.label}”之前缺少编号，文件的序号不连续。",
                        "核对原件是否漏页；序号不作改动。",
                        child.text.span(0, 1),
                    )
                )
            if child.mark.kind == "cn":
                before = child.mark.value
    numbered: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}
    previous: dict[str, Any] | None = None
    for task in tasks:
        path = tuple(task["section_path"])
        same = numbered.setdefault(path, {})
        number = task["number"]
        twin = same.get(number) if number else None
        if twin and (twin is not previous or _is_printed_between(number, twin, task, printed)):
            found.append(
                finding(
                    WARNING,
                    f"同一部分中有两个第{number}项。",
                    "核对原件；两项都已保留。",
                    (task["source"]["start"], task["source"]["end"]),
                )
            )
        if number:
            same.setdefault(number, task)
        if previous and _skips(previous, task):
            what = f"第{previous['number']}项之后是第{number}项，中间的项没有读到责任单位。"
            found.append(finding(WARNING, what, "核对原件。", (task["source"]["start"], task["source"]["end"])))
        previous = task
    return found


def _is_printed_between(number: str, before: dict[str, Any], task: dict[str, Any], printed: str) -> bool:
    """Say whether a task bears the number itself; the rows of a merged cell share the one before them."""
    between = printed[before["source"]["end"] : task["source"]["start"]]
    return re.search(rf"(?<!\d){re.escape(number)}\s*[.．、)）]", between) is not None


def of_outcome(printed: str, tasks: list[dict[str, Any]], document: Document, has_table: bool) -> list[dict[str, Any]]:
    """Return the finding that nothing was found, with the likeliest reason."""
    whole = (0, len(printed))
    if tasks:
        return []
    if not printed.strip():
        return [finding(ERROR, "文件里没有文字。", "如果是扫描件，请先做文字识别，或换一份能复制文字的文件。", whole)]
    missing = re.search(
        r"附件\s*[\d一二三四]*\s*[:：.]?[^\n。]{0,40}(?:表|分工|方案|清单|分解|要点)|(?:详见附件|见附件|附后|附件下载)|任务(?:责任)?(?:分解|分工)表",
        printed,
    )
    if missing and not has_table:
        return [
            finding(
                ERROR,
                "这份文件只有通知正文，任务分解表（附件）不在文件里，没有读到任务。",
                "请把附件一并导入。",
                missing.span(),
            ),
        ]
    return [
        finding(
            ERROR, "没有读到任何带责任单位的任务。", "请确认文件是否列有牵头单位、责任单位；如有，请人工录入。", whole
        )
    ]


def _skips(before: dict[str, Any], task: dict[str, Any]) -> bool:
    """Say whether a number of the same part is missing between two tasks."""
    first, second = before["number"] or "", task["number"] or ""
    if not (first.isdecimal() and second.isdecimal()) or before["section_path"] != task["section_path"]:
        return False
    return int(second) > int(first) + 1
