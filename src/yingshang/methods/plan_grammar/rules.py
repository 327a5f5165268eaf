"""Rules that one line states for many tasks: first-named is lead; standing duties of a group."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yingshang.methods.plan_grammar import names, shadow
from yingshang.methods.plan_grammar.shadow import Shadow

_FIRST = re.compile(
    r"[(\[]?(?:注:|说明:|其中,?)?(?:各项|每项|以上|上述|所列|本表)?(?:任务)?(?:的)?(?:牵头|责任|主要)?(?:单位|部门)?(?:中|栏)?,?"
    r"(?:(?:排名|排序|排|位列|列|列在|排在|名列|位居|居|署名)(?:在)?(?:最前|(?:第?一|首)(?:位|个|名)?)(?:的|者)?|(?:第一|首)(?:个|位|家))(?:责任)?(?:单位|部门)?(?:的)?,?"
    r"(?:均|即)?(?:为|是|系|作为)(?:该项(?:工作|任务)的?)?(?:总?牵头)(?:责任)?(?:单位|部门)?(?:或[^,。;()]{2,6})?(?:,?下同)?[)\]]?"
)
_FOOTNOTE = re.compile(r"[(\[〔][^()\[\]〔〕]*(?:第一|第1|首)(?:位|个|家|名)[^()\[\]〔〕]*牵头[^()\[\]〔〕]*[)\]〕]")
_NO_LEAD = re.compile(
    r"(?:无|没有|未明确|未列)牵头(?:单位|部门)的?,(?:由)?责任(?:单位|部门)(?:即|均)?为牵头(?:单位|部门)"
)
_TAKES_PART = re.compile(
    r"(?:具体|以下|各项|所有|以上)?(?:任务|工作|措施|事项)(?:均|都)(?:涉及|包括|包含)(?P<units>[^。;\n]{2,40}?),(?:不再|下同)[^。;\n)〕\]]*"
    r"|(?P<first>[^。;\n,]{2,40}?)(?:为|是|均为|承担)(?:以下|以上|各项|所有|全部)[^。;\n,]{0,6}(?:任务|工作|措施|事项)的?(?:责任|共同责任)(?:单位|主体),不再[^。;\n)〕\]]*"
)
_SAME_BELOW = re.compile(r"[(\[]?,?下同[)\]]?")
_STANDING = re.compile(
    r"(?:以下|上述|以上|下列|本方案|各项|所有|前述)[^。;\n]{0,14}(?:任务|工作|措施|事项)[^。;\n,]{0,6}(?:均|都)(?:需|须|由|要|应|涉及)(?:由)?(?P<units>[^。;\n]{2,60}?)"
    r"(?:(?:结合(?:各自)?(?:实际|职责)|按(?:照)?(?:职责(?:分工)?|属地))*(?:抓好|贯彻|具体|组织|共同|分别|配合|负责)*(?:落实|负责|配合|实施|参与))(?P<rest>[^。;\n]{0,30})"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule that binds units to every task it covers.

    below: it covers what stands below it; otherwise every task of the plan.
    """

    at: int
    units: list[Shadow]
    below: bool


def without_first_named(clause: Shadow) -> tuple[Shadow, bool]:
    """Return a clause without the footnote that makes its first unit the lead, and whether it had one."""
    found = _FOOTNOTE.search(clause.text) or _FIRST.search(clause.text)
    if not found:
        return clause, False
    before, after = clause.part(0, found.start()), clause.part(found.end())
    after_text = _SAME_BELOW.match(after.text)
    if after_text:
        after = after.part(after_text.end())
    return shadow.join([before, after], ","), True


def states_first_named(text: str) -> bool:
    """Say whether a line of the document makes the first-named unit the lead."""
    return bool(_FIRST.search(text) or _FOOTNOTE.search(text))


def states_responsible_is_lead(text: str) -> bool:
    """Say whether a line makes the responsible unit the lead of a task without one."""
    return bool(_NO_LEAD.search(text))


def without_standing(clause: Shadow) -> Shadow:
    """Return a clause without the standing rule that was printed inside it."""
    found = _TAKES_PART.search(clause.text)
    if not found or not found["units"]:
        return clause
    return clause.part(0, found.start())


def standing(paragraph: Shadow) -> Standing | None:
    """Return the standing rule that a paragraph states, if it states one."""
    found = _STANDING.search(paragraph.text) or _TAKES_PART.search(paragraph.text)
    if not found:
        return None
    group = "units" if found["units"] else "first"
    listed = names.read(paragraph.part(*found.span(group)))
    units = [name for _, name in listed.units if names.is_unit_like(name.text)]
    if not units:
        return None
    return Standing(paragraph.at[found.start()], units, found[0].startswith(("以下", "下列")) or "下同" in found[0])
