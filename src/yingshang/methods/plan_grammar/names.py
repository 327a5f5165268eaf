"""Lists of units: where one name ends, what 等 leaves open, which 、 belongs to a name."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from yingshang.methods.plan_grammar.shadow import Shadow, firmly

_SUFFIX = (
    "局|委|部|办|厅|院|所|站|处|室|会|中心|公司|政府|工委|法院|检察院|银行|支行|分行|行|学校|大学|党校|集团|联|队|海关|街道|乡|镇|县|市|区|旗|州|"
    "单位|部门|机构|企业|专班|科|股|组|社|馆|园|办事处|台|场|校|厂|库|团|大厅|联盟|商会|妇联|残联|文联|科联|侨联|总工会|指挥部|小组|村|社区|"
    "电信|移动|联通|铁塔|邮政|烟草|人行|农商行|武装部|管委会|医院|店|电网|国网|窗口|组织|媒体|基地|平台|营业部|法庭|党组|党委|党工委|支部|院校|主体|军分区|人大|政协|法检两院|两院|纪委监委|"
    "人武部|编办|广电网络|网络|供电|自来水|水务|燃气|热力|牵头|市县|乡镇|镇街|街镇|镇办|各地|镇区|市区|县区|街办|工会|地方|金融机构|实验室|协会|学会"
)
_UNIT = re.compile(rf"(?:{_SUFFIX})(?:\([^()]{{1,30}}\))?(?:班子)?$")
_WITHOUT_SUFFIX = re.compile(r"^(?:各|全体|国网|中国|有关|相关).+")
_NOT_A_UNIT = re.compile(
    r"[。;!?“”\"%]|\d{3,}|(?:工作|任务|建设|改革|服务|机制|制度|措施|问题|情况|要求|水平|能力|体系|发展)$"
)
_FRAGMENT = re.compile(
    r"^(?:办公室|办事处|街道办|管理局|监督局|监管局|服务局|保障局|建设局|管理处|管理办公室|服务中心|委员会|管委会|分局|支队|大队|中队|管理中心|宣传部|组织部|统战部|政法委|编办|"
    r"政府|人民政府|单位|部门|局|委|办|会|部|院|中心|公司|有限公司|分公司|管理委员会|领导小组|指挥部|工作委员会|工委|监委|法院|检察院|人民法院|人民检察院|纪委监委|(?:业务|行业)?(?:主管|有关|相关|直属|职能|责任|成员)(?:单位|部门)|机构)$"
)
_LEVEL_START = re.compile(r"^(?:各|全体|县|市|区|州|省|旗|镇|乡|国网|中国|人民银行|国家|自治)")
_HALF_NAME = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,4}[县市区州省旗乡镇](?:委|政府|人民政府|委办|政府办|直)?|中共|国家|国务院|人民|中国)$"
)

# 国家税务总局青峰县 waits for 税务局; 青峰县 青山县 are two.
_PLACE_END = re.compile(r"[县市区州旗]$")

_HARD = re.compile(r"[、,;。/|+\n\t]+")
_AND = re.compile(r"以及|[和及与]")
_OPEN, _CLOSE = "(〔[【<〈《{“", ")〕]】>〉》}”"

# 中等、高等、平等 … are words of their own, and 等级 is no 等.
_ET_CETERA = re.compile(r"(?<![中高初平同对特何均优一二三])等(?![级同高于职])")
_GENERIC = re.compile(
    r"^(?:\d+|[一二三四五六七八九十几多]+)?个?(?:家|有关|相关|其他|其它|职能|责任|主管|行业|业务|涉及|配合)*(?:主管)?(?:部门|单位|机构|方面|地方|企业)?(?:(?:[和及、/]|\()(?:相关|有关)?(?:部门|单位|机构|企业)\)?)*$"
)
_LEADING = re.compile(
    r"^(?:(?:该|此|以上|上述|本)项?(?:工作|任务))?(?:分别)?(?:原则上)?(?:主要|具体|统一|牵头)?(?:由|是|为)(?=[\u4e00-\u9fff]{2})|^(?:会同|联合|协同|包括|其中|其他|以及|及|和|与)(?=[\u4e00-\u9fff]{2})"
)
_MARKED = re.compile(
    r"^(?P<name>.+?)\((?P<word>牵头|牵头单位|牵头部门|总牵头|主办|主责|责任单位|负责|配合|配合单位|协办|参与|协助|排名第一)\)$"
)
_MARKS = {"牵头": "lead", "总牵": "lead", "主办": "lead", "主责": "lead", "责任": "responsible", "负责": "responsible"}

# Frequent surnames that begin no word of administration; a person may stand behind a unit: 县住建局 王军.
_PERSON = re.compile(
    r"[王李张刘陈杨赵黄周吴徐孙胡朱郭何罗郑梁谢宋唐许邓韩冯曹彭曾肖董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔"
    r"钟谭陆汪范廖贾韦夏付傅邹孟熊秦邱尹薛闫段侯陶黎贺顾毛郝龚邵钱严覃戴莫][\u4e00-\u9fff]{1,2}"
)

# Group forms that carry 、 inside: 各县、区人民政府；各委、办、局；各乡镇党委、政府；市直有关部门、单位。
_BARE_TAIL = re.compile(
    r"^(?:(?:有关|相关|各有关|直属)?(?:政府|人民政府|单位|部门|机构|企业|企事业单位|直属机构|派出机构)|街道|街道办|街道办事处|办事处|园区|场|办|局|委|区|县|市|镇|乡|旗|(?:区|县|市|镇|乡|旗|州)(?:\([^()]*\))?(?:人民)?(?:政府|党委|党委政府)|(?:区|县|市|镇|乡)(?:\([^()]*\))(?:人民)?(?:政府)?|人民团体)$"
)
_GROUP_HEAD = re.compile(r"^(?:各|全体|全[县市区州省]|有关|相关).*|.*(?:有关|相关|各|直属|直)(?:部门|单位|机构)$")
_LEVEL_WORD = re.compile(r"^(?:中央|中|省|市|县|区|州|国家|省属|市属|中直|省直|市直|县直|中省|驻[县市区]|国省)$")
_PARTY_HEAD = re.compile(r"^(?:[\u4e00-\u9fff]{0,4}[县市区州省旗])委$")
_GOVERNMENT_GROUP = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,4}[县市区州省旗])(?:人民)?政府.*(?:各|有关|相关|直属).*(?:部门|单位|机构)$"
)


@dataclass(frozen=True, slots=True)
class Names:
    """Units in the order of print, and whether 等 left the list open."""

    units: list[tuple[str, Shadow]] = field(default_factory=list)
    open_list: bool = False


def is_unit_like(name: str) -> bool:
    """Say whether a name could be that of a unit or a group of units."""
    if not 2 <= len(name) <= 40 or _NOT_A_UNIT.search(name):
        return False
    return bool(_UNIT.search(name) or (_WITHOUT_SUFFIX.match(name) and len(name) <= 14))


def is_person(name: str) -> bool:
    """Say whether a name is that of a person rather than of a unit."""
    return bool(_PERSON.fullmatch(name)) and not is_unit_like(name)


def pieces(shadow: Shadow) -> list[Shadow]:
    """Cut a list at its separators outside brackets; empty pieces are left out."""
    cut: list[Shadow] = []
    parts = _at_depth_zero(_without_broken_lines(shadow))
    for hard in parts:
        for whole in _at_soft_places(hard, is_only=len(parts) == 1):
            cut += _at_and(whole)
    return _rejoin([piece for piece in cut if piece.text.strip(" .·-—/*:")])


def read(shadow: Shadow) -> Names:
    """Read a list of names; markers like 由, and 等 with what it leaves open, are taken off."""
    units: list[tuple[str, Shadow]] = []
    open_list = False
    for piece in pieces(shadow):
        for name, is_open in _without_et_cetera(piece):
            open_list |= is_open
            name = _bare(name)
            if not name.text:
                continue
            marked = _MARKED.match(name.text)
            role = ""
            if marked:
                role = _MARKS.get(marked["word"][:2], "support") if marked["word"] != "排名第一" else "lead"
                name = name.part(0, marked.end("name"))
            units.append((role, name))
    return Names(units, open_list)


def _bare(name: Shadow) -> Shadow:
    name = name.strip(" .·-—*:\n“”\"'")
    lead = _LEADING.match(name.text)
    if lead and is_unit_like(name.text[lead.end() :]):
        name = name.part(lead.end())
    # A bracket that was opened or closed outside this name is not part of it.
    while name.text and name.text[-1] in _CLOSE and balance(name.text) < 0:
        name = name.part(0, len(name) - 1)
    while name.text and name.text[0] in _OPEN and balance(name.text) > 0:
        name = name.part(1)
    if name.text and balance(name.text) > 0 and not is_unit_like(name.text):
        cut = max(name.text.rfind(letter) for letter in _OPEN)
        name = name.part(0, cut) if cut > 1 else name
    return name


def balance(text: str) -> int:
    """Return how many brackets a text leaves open; below 0, how many it closes too often."""
    return sum(letter in _OPEN for letter in text) - sum(letter in _CLOSE for letter in text)


def _without_broken_lines(listed: Shadow) -> Shadow:
    """Close the line ends that stand inside a name: 县公共资源交易⏎中心."""
    whole = listed.part(0, 0)
    for line in _lines(listed):
        before = _HARD.split(whole.text)[-1]
        name = _HARD.split(line.text.lstrip("\n"))[0]
        is_broken = before and (
            _FRAGMENT.match(name) or not (_UNIT.search(before) or is_person(before) or _LEVEL_START.match(name))
        )
        whole = firmly(whole, line.part(1) if is_broken else line)
    return whole


def _lines(listed: Shadow) -> list[Shadow]:
    """Return the lines; each but the first begins with its line end."""
    bounds = [0, *(found.start() for found in re.finditer("\n", listed.text)), len(listed)]
    return [listed.part(begin, end) for begin, end in itertools.pairwise(bounds)]


def _at_depth_zero(shadow: Shadow) -> list[Shadow]:
    text, cut, begin = shadow.text, [], 0
    # Without its partner a bracket hides the rest of the list; then brackets do not count.
    balanced = balance(text) == 0
    depth = 0
    index = 0
    while index < len(text):
        letter = text[index]
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth = max(0, depth - 1)
        elif (depth == 0 or not balanced) and (found := _HARD.match(text, index)):
            cut.append(shadow.part(begin, index))
            index = begin = found.end()
            continue
        index += 1
    cut.append(shadow.part(begin))
    return cut


def _at_soft_places(piece: Shadow, *, is_only: bool) -> list[Shadow]:
    """Cut where a space or line end stood between two whole names, not inside one.

    is_only: the list has no 、 or the like; where it has, a space seldom parts names.
    """
    cut, begin = [], 0
    for place in sorted(piece.soft):
        left, right = piece.text[begin:place], piece.text[place:]
        following = [p for p in piece.soft if p > place]
        next_word = piece.text[place : min(following)] if following else right
        if is_unit_like(left) and is_person(right):
            cut.append(piece.part(begin, place))
            begin = place
            continue
        if not _UNIT.search(left) or not is_unit_like(left) or balance(left) or _FRAGMENT.match(next_word):
            continue
        if _PLACE_END.search(left) and not _PLACE_END.search(next_word) and not _LEVEL_START.match(right):
            continue
        if _HALF_NAME.match(left) and not re.match("[县市区州省旗]", right):
            continue
        if _LEVEL_START.match(right) or (is_only and is_unit_like(next_word) and len(next_word) > 2):
            cut.append(piece.part(begin, place))
            begin = place
    cut.append(piece.part(begin))
    return cut


def _at_and(piece: Shadow) -> list[Shadow]:
    """Cut at 和, 及, 以及, 与 between two unit-like names only."""
    for found in _AND.finditer(piece.text):
        left, right = piece.text[: found.start()], piece.text[found.end() :]
        if balance(left):
            continue
        right_name = re.split(r"以及|[和及与等]", right)[0] or right
        whole_right = is_unit_like(right) or is_unit_like(right_name)
        left_name = left[:-1] if left.endswith("等") else left
        left_name = re.sub(r"等(?:有关|相关)?(?:部门|单位)?$", "", left_name)
        if (
            is_unit_like(left_name)
            and len(left_name) > 2
            and whole_right
            and len(right) > 2
            and not _FRAGMENT.match(right_name)
        ):
            return [piece.part(0, found.start()), *_at_and(piece.part(found.end()))]
    return [piece]


def _rejoin(cut: list[Shadow]) -> list[Shadow]:
    """Put names together again whose own 、 was taken for a separator."""
    joined: list[Shadow] = []
    for piece in cut:
        if joined:
            before = joined[-1].text
            close = piece.at[0] - joined[-1].at[-1] <= 3
            if close and (
                (_BARE_TAIL.match(piece.text) and _GROUP_HEAD.match(before))
                or _LEVEL_WORD.match(before)
                or (_PARTY_HEAD.match(before) and _GOVERNMENT_GROUP.match(piece.text))
            ):
                joined[-1] = _bridge(joined[-1], piece)
                continue
        joined.append(piece)
    return joined


def _bridge(left: Shadow, right: Shadow) -> Shadow:
    """Return both and what was printed between them."""
    gap = tuple(range(left.at[-1] + 1, right.at[0]))
    return Shadow(left.text + "、" * len(gap) + right.text, left.at + gap + right.at)


def _without_et_cetera(piece: Shadow) -> list[tuple[Shadow, bool]]:
    """Return the name before 等 and the named group after it."""
    found = _ET_CETERA.search(piece.text)
    if not found or balance(piece.text[: found.start()]):
        return [(piece, False)]
    before, after = piece.part(0, found.start()), piece.part(found.end())
    if _GENERIC.match(after.text) or not is_unit_like(after.text):
        return [(before, True)]
    return [(before, True), (after, True)]
