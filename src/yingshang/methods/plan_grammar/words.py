"""The words that give a unit its role, say who a person is, or name a deadline."""

from __future__ import annotations

import re
from typing import Final

LEAD: Final = "lead"
RESPONSIBLE: Final = "responsible"
SUPPORT: Final = "support"
OVERSIGHT: Final = "oversight"
PEOPLE: Final = "people"
DEADLINE: Final = "deadline"
OVERALL: Final = "overall"
OTHER: Final = "other"
UNIT_ROLES: Final = (LEAD, RESPONSIBLE, SUPPORT, OVERSIGHT)


def _any(listed: str) -> str:
    """Return a pattern for any of these words."""
    return f"(?:{'|'.join(listed.split())})"


_BODY = r"(?:单位|部门|科室|股室|处室|机构|主体|院系|方)"
_BODIES = rf"{_BODY}(?:[/、和及或与]{_BODY}|\({_BODY}\))?"
_LEAD = _any(
    "牵头抓总 牵头组织实施 牵头组织 牵头实施 牵头落实 牵头主责 牵头责任 牵头负责 牵头主办 "
    "牵头 主牵头 共同牵头 联合牵头 第一责任 首要责任 主办 主抓 "
)
_SUPPORT = _any(
    "协同配合 协作配合 支持配合 主要配合 协同责任 协助责任 配合责任 协办责任 参与责任 "
    "相关责任 配合协作 配合 协同 协作 协办 协助 参与 参加 支持 会办 "
)
_RESPONSIBLE = _any(
    "主要责任 直接责任 具体责任 共同责任 主体责任 主责 责任 负责 落实责任 责任落实 落实 "
    "实施责任 实施 承办 承担 执行 具体承办 组织实施 推进 整改 整改责任 "
)
_OVERSIGHT = _any("督导检查 督促指导 督办落实 督查督办 督导 督办 督查 督促 监督 指导 考核 业务指导 行业监管 监管 ")
_PERSON = (
    r"(?:(?:(?:第一|直接|具体|主要|牵头|包抓|包保|分管|主管|联系|责任|督办|督导|挂钩|挂帅|挂联|包案|协管|负责|总)*"
    r"(?:县|市|区|州|旗|乡|镇|处|厅|科|局)?级?"
    r"(?:责任领导|牵头领导|分管领导|主管领导|包抓领导|包保领导|联系领导|领导|责任人员|责任人|负责人|负责同志|联络员|联系人|经办人|承办人|分管县长|分管副县长|分管市长|分管区长|县长|专班班长))"
    r"(?:姓名|及职务|及联系电话|及电话)?)"
)
_WHEN = (
    r"(?:(?:计划|预计|拟|整改|办理|推进|实施|落实|工作|任务)?(?:完成|办结|达成|建成|结束|销号|见效)(?:的)?(?:时限|时间|期限|日期|节点|目标时间|时间节点|时限要求)(?:要求)?"
    r"|(?:整改|办理|推进|实施|落实|工作|任务|责任)?(?:时限|期限|时间节点|时间要求|时间安排|进度安排|时间进度|进度要求|推进时间|实施时间|时间)(?:要求|及要求)?)"
)
_OTHER = (
    r"(?:目标任务|工作任务|工作目标|工作内容|工作措施|工作举措|主要任务|主要内容|任务内容|主要措施|具体措施|具体任务|任务目标|重点任务|推进措施"
    r"|实施内容|预期目标|整改目标|整改措施|改革举措|工作要求|年度目标|绩效目标|备注|联系电话|联系方式|电话)"
)

# Longest role first: 牵头责任单位 must be read before 责任单位 is seen in it.
_LABELS: Final = (
    (OVERALL, rf"(?:总牵头|总责任|总负责){_BODIES}"),
    (
        LEAD,
        rf"{_LEAD}(?:[/、和及与]责任|\((?:责任|主责|负责)\))?{_BODIES}(?:\({_BODIES}\))?"
        rf"|责任(?:\(牵头\)|牵头){_BODIES}",
    ),
    (SUPPORT, rf"{_SUPPORT}(?:[/、和及与](?:责任|参与|协助|配合|支持))?{_BODIES}"),
    (OVERSIGHT, rf"{_OVERSIGHT}{_BODIES}"),
    (
        RESPONSIBLE,
        rf"(?:各)?{_RESPONSIBLE}(?:[/、和及与](?:配合|落实|实施))?{_BODIES}(?:[/、和及与](?:责任人|负责人|责任领导|人员))?",
    ),
    (PEOPLE, _PERSON),
    (DEADLINE, _WHEN),
    (OTHER, _OTHER),
)
# Only with a colon after them: 牵头：县发改局　配合：县财政局
_SHORT: Final = (
    (LEAD, r"牵头|主办|主责"),
    (SUPPORT, r"配合|协办|参与|协助"),
    (RESPONSIBLE, r"责任|负责|承办|落实"),
    (OVERSIGHT, r"督导|督办|监督"),
)
_GROUPS = "|".join(f"(?P<{role}>{pattern})" for role, pattern in _LABELS)
_SHORT_GROUPS = "|".join(f"(?P<short_{role}>{pattern})" for role, pattern in _SHORT)
_END = r"[\])】〕]?(?:为|是)?:|[\])】〕]|为(?=[\u4e00-\u9fff]{2})"

LABEL: Final = re.compile(rf"[【\[]?(?:(?:{_GROUPS})(?:{_END})|(?:{_SHORT_GROUPS})[:：])")
HEADER: Final = re.compile(_GROUPS)
_UNIT_LABELS = "|".join(pattern for role, pattern in _LABELS if role in UNIT_ROLES)
UNIT_LABEL: Final = re.compile(
    rf"(?:{_UNIT_LABELS})(?:[\])】〕]?(?:为|是)?:|[】\]](?=\w)|为(?=[\u4e00-\u9fff]{{2}}))"
    r"|(?:牵头|责任|配合|协办|主办|承办|主责):"
)
OVERALL_LABEL: Final = re.compile(rf"{_LABELS[0][1]}[:：]")

_FREELY = r"(?:分别|共同|联合|具体|各自|主要|统一|统筹|全面|直接|协同|抓好|积极|认真)*"
_BY_DUTY = (
    r"(?:(?:按照?|依照?|根据|依据)(?:各自|相应|有关|相关|部门|单位)?(?:的)?"
    r"(?:职责|职能|分工|责任|工作|任务|权限|要求|管辖|范围|属地|隶属|和|及|、)+(?:划分)?,?"
    r"|结合(?:各自)?(?:实际|职责|职能),?|分工)"
)
VERBS: Final = (
    (
        LEAD,
        rf"(?:{_BY_DUTY})?{_FREELY}(?:负责)?牵头(?:负责落实|负责推进|负责实施|负责|督导|组织实施|组织落实|组织|实施|落实|抓总|推进|抓好落实|办理)?|为牵头(?:单位|部门)|{_FREELY}主办|总牵头",
    ),
    (
        SUPPORT,
        rf"(?:{_BY_DUTY})?{_FREELY}(?:予以|做好|抓好|给予)?(?:配合|协助|参与|参加|协办|支持|协同)(?:配合|推进|落实|实施|做好|负责|工作|办理|支持)*|为(?:配合|协办)(?:单位|部门)",
    ),
    (OVERSIGHT, rf"(?:负责)?{_FREELY}(?:跟踪)?(?:督导|督办|督查|监督)(?:落实|检查|指导|推进)?"),
    (
        RESPONSIBLE,
        rf"(?:{_BY_DUTY})?{_FREELY}(?:负责(?:落实|实施|组织实施|推进|抓好落实|具体落实|具体实施|办理|整改)?|组织实施|组织落实|具体落实|具体实施|推进落实|贯彻落实|抓好落实|承办|承担|各负其责|分工落实|分工实施)|(?:{_BY_DUTY}){_FREELY}(?:抓好|推进|做好)?(?:落实|实施|推进|办理|完成)(?:工作|落实)?|{_FREELY}落实|为责任(?:单位|部门)",
    ),
)
