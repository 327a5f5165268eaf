"""Cut a list of units into names, as printed.

Every separator replaces every other in real plans, names contain 、 and 和,
and 等 may close a list, name a group, or stand in the middle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yingshang.methods.plan_grammar.shadow import Shadow

SUFFIX = re.compile(
    r"(?:局|委|办|部|院|厅|处|科|室|股|中心|政府|公司|银行|支行|行|协会|商会|学会|联合会|工商联|残联|妇联|文联|科协|侨联|社联|联社|信用社|社|所|站|队|馆|台|库"
    r"|管委会|管理委员会|管理处|办事处|委员会|监委|党委|党组|工委|纪委|政协|人大|常委会|办公室|组|专班|部门|单位|企业|机构|园区|开发区|新区|示范区|管理区|街道|乡镇|镇街|乡|镇|集团|学校|大学|学院|党校|法院|检察院|工会|团委"
    r"|海关|机关|支队|大队|总队|中队|银监会|监管局|集团公司|电业局|供电局|供电公司|气象台|指挥部|平台|事务所|服务部|运营商|院校|高校|医院|各县|各区|领导小组|联席会议|协调机制|农场|林场|社区|村)(?:\([^()]*\))?$"
)
OPEN, CLOSE = "([{<《“", ")]}>》”"
LEVELS = (
    r"(?:县|市|区|旗|州|盟|乡|镇|村|街道|街|社区|委|办|局|部|处|科|室|站|所|院|部门|单位|园区|开发区|功能区|管委会)"
)
BARE_GROUP = re.compile(rf"^(?:全[市县区州]|市直?|县直?|区直?|州直?)?(?:各|有关|相关)+{LEVELS}+(?:\([^()]*\))?$")
TAIL_OF_GROUP = re.compile(
    rf"^{LEVELS}+(?:\([^()]*\))?(?:人民政府|政府|党委|办事处|党工委|单位|部门)?(?:\([^()]*\))?$|^(?:人民)?政府$|^(?:企事业|事业)?单位$|^机构$|^办事处$"
)
ENDS_OPEN = re.compile(r"(?:党委|党工委|部门|单位|科室|机关)$")
NOBODY = re.compile(
    r"^(?:其他|其它)?(?:有关|相关|涉及|职能|责任|成员|主管|配合|\d+个|[一二三四五六七八九十]+个|多个|多|上述|以上)*"
    r"(?:部门|单位|机构|部门和单位|部门、单位|单位和部门|部门\(单位\)|部门及单位|方面|科室|股室)?$"
)
ETC = re.compile(
    r"等(?=$|各|有关|相关|部门|单位|县|市|区|州|省|涉|职能|其他|其它|责任|成员|科室|股室|机构|\d|[一二三四五六七八九十]+[家个]|方面|多)"
)
JOINERS = re.compile(r"以及|及其|及|和|与|暨")
LONGEST = 40


@dataclass
class Names:
    """What a list says: names with their stretch of the shadow, whether it stays open, and what could not be read."""

    names: list[Shadow] = field(default_factory=list)
    open_list: bool = False
    unread: list[Shadow] = field(default_factory=list)


def split_names(part: Shadow, *, spaces_separate: bool = False) -> Names:
    """Return the names in a list, in order, each once.

    spaces_separate: True in table cells, where a space or a line end may
    stand between names.
    """
    found = Names()
    for piece in _rejoined(_pieces(part, spaces_separate)):
        for one in _at_joiners(piece):
            _take(one, found)
    unique: dict[str, Shadow] = {}
    for name in found.names:
        unique.setdefault(name.printed, name)
    found.names = list(unique.values())
    return found


def looks_like_unit(text: str) -> bool:
    """Return whether a folded text ends like a unit's name and has the length of one."""
    return 2 <= len(text) <= LONGEST and bool(SUFFIX.search(text))


def _pieces(part: Shadow, spaces_separate: bool) -> list[tuple[Shadow, str]]:
    """Cut at separators outside brackets; each piece with the separator that follows it."""
    pieces: list[tuple[Shadow, str]] = []
    depth = start = 0
    for place, character in enumerate(part.folded):
        if character in OPEN:
            depth += 1
        elif character in CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and (
            character in "、,;，；/|。" or (character == " " and _is_gap(part, place, spaces_separate))
        ):
            pieces.append((part.cut(start, place), character))
            start = place + 1
    pieces.append((part.cut(start, len(part)), ""))
    return [(piece, after) for piece, after in pieces if piece.printed]


def _is_gap(part: Shadow, place: int, spaces_separate: bool) -> bool:
    """Return whether a space stands between two names rather than inside a word (``机 制``)."""
    before = re.split(r"[、,; ]", part.folded[:place])[-1]
    after = re.split(r"[、,; ]", part.folded[place + 1 :])[0]
    if spaces_separate:
        return bool(SUFFIX.search(before)) and len(before) > 2
    return len(before) > 2 and len(after) > 2 and bool(SUFFIX.search(before)) and bool(SUFFIX.search(after))


def _rejoined(pieces: list[tuple[Shadow, str]]) -> list[Shadow]:
    """Put names together again that contain the separator: 各县、区人民政府; 各乡镇党委、政府."""
    out: list[Shadow] = []
    index = 0
    while index < len(pieces):
        piece, after = pieces[index]
        while after == "、" and index + 1 < len(pieces) and _belong_together(piece.folded, pieces[index + 1][0].folded):
            following, after = pieces[index + 1]
            piece = _across(piece, following)
            index += 1
        out.append(piece)
        index += 1
    return out


def _belong_together(left: str, right: str) -> bool:
    right = re.split(r"按|结合|等|配合|参与|负责|落实|牵头", right)[0] or right
    if BARE_GROUP.match(left) and TAIL_OF_GROUP.match(right) and not right.startswith("各"):
        return True
    return (
        bool(ENDS_OPEN.search(left))
        and bool(re.match(r"^(?:人民)?政府$|^(?:各)?(?:企事业|事业)?单位$|^机构$|^办事处$", right))
        and (right != "各单位" and ("各" in left or "有关" in left or "相关" in left or "全" in left))
    )


def _across(left: Shadow, right: Shadow) -> Shadow:
    return Shadow(
        f"{left.printed}、{right.printed}",
        f"{left.folded}、{right.folded}",
        (*left.origin, left.origin[-1] + 1, *right.origin),
    )


def _at_joiners(piece: Shadow) -> list[Shadow]:
    """Cut at 及, 和, 以及 where both sides look like units: not inside 自然资源和规划局."""
    for match in JOINERS.finditer(piece.folded):
        left, right = piece.folded[: match.start()], piece.folded[match.end() :]
        if _depth(left) == 0 and _may_end(left) and _may_begin(right):
            return [piece.cut(0, match.start()), *_at_joiners(piece.cut(match.end(), len(piece)))]
    return [piece]


def _depth(text: str) -> int:
    return sum(character in OPEN for character in text) - sum(character in CLOSE for character in text)


def _may_end(left: str) -> bool:
    stem = ETC.split(left)[0] if ETC.search(left) else left
    return looks_like_unit(left) and len(stem) >= 2 and not re.search(r"(?:机关事务|退役军人|党政机关|政府部门)$", left)


def _may_begin(right: str) -> bool:
    head = ETC.split(right)[0]
    return len(head) >= 3 and (looks_like_unit(head) or head.startswith(("各", "县直", "市直", "区直")))


def _take(piece: Shadow, found: Names) -> None:
    text = piece.folded
    match = next((each for each in ETC.finditer(text) if each.start() > 0 and _ends_list(text, each)), None)
    if match is not None:
        found.open_list = True
        rest = piece.cut(match.end(), len(piece))
        _name(piece.cut(0, match.start()), found)
        if rest.printed and not NOBODY.match(rest.folded):
            for one in _at_joiners(rest):
                if not NOBODY.match(one.folded):
                    _name(one, found)
        return
    if text.startswith("等") and (len(text) == 1 or NOBODY.match(text[1:])):
        found.open_list = True
        return
    if text.startswith("等") and looks_like_unit(text[1:]):
        found.open_list = True
        _name(piece.cut(1, len(piece)), found)
        return
    _name(piece, found)


def _ends_list(text: str, match: re.Match[str]) -> bool:
    return (
        bool(SUFFIX.search(text[: match.start()]))
        or match.end() == len(text)
        or bool(NOBODY.match(text[match.end() :]))
    )


LEADING = re.compile(r"^(?:由|以|及|和|与|:|-|—|·|\*|●|（|\d{1,2}[.、)])+\s*")
TRAILING = re.compile(r"[.。:;,、\s]+$")


def _name(piece: Shadow, found: Names) -> None:
    start = match.end() if (match := LEADING.match(piece.folded)) else 0
    end = match.start() if (match := TRAILING.search(piece.folded)) else len(piece)
    name = piece.cut(start, end)
    if not name.printed:
        return
    if len(name) > LONGEST or not re.search(r"[\u3400-\u9fff]", name.printed) or _depth(name.folded) != 0:
        found.unread.append(name)
        return
    found.names.append(without_inner_spaces(name))


def without_inner_spaces(name: Shadow) -> Shadow:
    """Return a name without the spaces that a table put between its characters."""
    keep = [
        place
        for place, character in enumerate(name.printed)
        if not (character == " " and place and ord(name.printed[place - 1]) > 0x2E80)
    ]
    return Shadow(
        "".join(name.printed[p] for p in keep),
        "".join(name.folded[p] for p in keep),
        tuple(name.origin[p] for p in keep),
    )
