"""The words that give units a role: labels before a list, verbs behind it.

Collected from 37 real plans; the second group of labels is usual elsewhere.
All patterns work on folded text (half-width punctuation).
"""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["lead", "responsible", "support", "oversight", "people", "time", "overall_lead", "other"]

UNIT_FIELDS: dict[str, str] = {
    "lead": "lead_units",
    "responsible": "responsible_units",
    "support": "support_units",
    "oversight": "oversight_units",
}

_S = r"\s*"


def _spaced(word: str) -> str:
    """Allow the spaces that table cells put inside a label: ``责 任 单 位``."""
    return _S.join(word)


def _any(*words: str) -> str:
    return "(?:" + "|".join(map(_spaced, sorted(words, key=len, reverse=True))) + ")"


_PEOPLE = _any(
    "责任领导",
    "牵头领导",
    "分管领导",
    "牵头县领导",
    "牵头市领导",
    "牵头区领导",
    "包保领导",
    "主管领导",
    "联系领导",
    "督导领导",
    "分管县领导",
    "分管市领导",
    "分管区领导",
    "挂帅领导",
    "责任人",
    "负责人",
    "联系人",
    "第一责任人",
    "具体责任人",
    "牵头责任人",
    "县领导",
    "市领导",
    "区领导",
    "包抓领导",
    "领衔领导",
)
_TIME = _any(
    "完成时限",
    "完成时间",
    "时限要求",
    "时间要求",
    "时间节点",
    "办结时限",
    "推进时限",
    "完成期限",
    "时限",
    "整改时限",
    "落实时限",
    "时间安排",
    "进度要求",
    "完成日期",
    "截止时间",
)
_HEAD = _any("总", "第一", "主要", "具体", "共同", "拟", "县级", "市级", "区级", "主要责任") + "?"
_ACT = _any(
    "牵头",
    "主办",
    "主责",
    "责任",
    "负责",
    "承办",
    "实施",
    "落实",
    "完成",
    "配合",
    "协办",
    "协同",
    "协作",
    "协助",
    "参与",
    "参加",
    "督导",
    "监督",
    "督办",
    "主管",
    "推进",
    "承接",
)
_MORE = (
    r"(?:\((?:责任|负责|主责|配合|落实)\)|"
    + _any("责任", "负责", "组织实施", "落实", "实施", "配合", "推进", "和责任", "及责任", "和配合", "及配合", "、责任")
    + ")?"
)
_BODY = _any(
    "单位",
    "部门",
    "科室",
    "机构",
    "处室",
    "股室",
    "单位和部门",
    "部门和单位",
    "部门(单位)",
    "单位(部门)",
    "部门及单位",
    "站所",
    "委办局",
    "主体",
)

UNIT_LABEL = f"{_HEAD}{_S}{_ACT}{_S}{_MORE}{_S}{_BODY}"
LABEL = re.compile(f"(?P<people>{_PEOPLE})|(?P<time>{_TIME})|(?P<unit>{UNIT_LABEL})")
LABELED = re.compile(f"(?:(?P<people>{_PEOPLE})|(?P<time>{_TIME})|(?P<unit>{UNIT_LABEL})){_S}:{_S}")
"""A label with its colon, as it opens a list."""

_DUTY = (
    r"(?:(?:严格)?(?:按照|依照|按|依据|依|根据)(?:各自)?(?:的)?(?:工作)?职[责能]*(?:分工|任务|范围)*"
    r"|结合(?:工作)?实际|结合职[责能]|分别|共同|具体|各自|组织|联合|统筹|总体|全面|分工|抓好|协同)*"
)
VERB = re.compile(
    rf"(?P<verb>{_DUTY}(?:"
    r"牵头(?:负责|督导|落实|组织实施|组织|推进|抓总|协调|实施)*|"
    r"负责(?:落实|实施|组织实施|推进|督导|牵头)*|"
    r"配合(?:落实|实施|做好|推进)*|参与(?:配合)?|参加|协助|协办|协同(?:配合|推进)?|"
    r"督导(?:落实)?|督促(?:落实)?|"
    r"贯彻落实|组织实施|抓好落实|推进落实|落实|承办|主办|实施|主责))"
    r"(?=[,;、。.:)\]}\s]|$)"
)
"""A verb at the end of a phrase. All names since the verb before it belong to it."""

TOGETHER = re.compile(r"会同|会商(?=[^,;]*(?:局|委|办|部))")


def role_of_label(text: str) -> Role:
    """Return the role that a label gives, e.g. ``lead`` for 牵头责任单位."""
    found = LABEL.search(text)
    if found is None:
        return "other"
    if found["people"]:
        return "people"
    if found["time"]:
        return "time"
    plain = re.sub(r"\s", "", found["unit"])
    if plain.startswith("总牵头"):
        return "overall_lead"
    for role, words in (
        ("oversight", ("督导", "监督", "督办")),
        ("lead", ("牵头", "主办", "第一责任")),
        ("support", ("配合", "协办", "协同", "协作", "协助", "参与", "参加")),
    ):
        if any(word in plain for word in words):
            return role  # type: ignore[return-value]
    return "responsible"


def role_of_verb(verb: str) -> Role:
    """Return the role that a verb gives: 牵头督导 leads, 督导 alone watches."""
    for role, words in (
        ("lead", ("牵头", "主办", "抓总")),
        ("oversight", ("督导", "督促")),
        ("support", ("配合", "参与", "参加", "协助", "协办", "协同")),
    ):
        if any(word in verb for word in words):
            return role  # type: ignore[return-value]
    return "responsible"
