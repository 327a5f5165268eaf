"""What a bulletin counts, and how its text is filled."""

from datetime import date

import pytest

from yingshang.methods.dates import Calendar
from yingshang.oversight.bulletins.rules import (
    Line,
    drafted_text,
    figures_of,
    first_working_day,
    pieces_of,
    unknown_places,
)
from yingshang.oversight.bulletins.rules.wording import plain

SPRING = Calendar(
    frozenset({date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)}), frozenset({date(2026, 1, 4)}), frozenset({2026})
)


def line(pk, unit="县甲局", lamp="", before="", **more):
    parts = {
        "pk": pk, "title": f"第{pk}件", "unit": unit, "section": "一、甲", "task_no": "1", "due": date(2026, 3, 10),
        "closed": None, "was_late": False, "lamp": lamp, "lamp_before": before,
    }  # fmt: skip
    return Line(**(parts | more))


MARCH = [
    line(1, lamp="red", before="yellow"),
    line(2, lamp="red", before="red", struck="核查期间不计时限。"),
    line(3, lamp="yellow", section=""),
    line(4, "县乙局", closed=date(2026, 3, 9)),
    line(5, "县乙局", closed=date(2026, 3, 12)),
    line(6, closed=date(2026, 3, 9)),
    line(7, "县丙局", lamp="gray", due=None),
]


def test_each_number_counts_the_duties_it_says():
    counted = {(each.key, each.about): [row.pk for row in each.lines] for each in figures_of(MARCH, worst=5, best=5)}
    assert {key: pks for (key, about), pks in counted.items() if not about} == {
        "open": [1, 2, 3, 7], "red": [1, 2], "yellow": [3], "new_red": [1], "done": [4, 5, 6], "on_time": [4, 6],
        "caught_up": [5], "struck": [2],
    }  # fmt: skip
    assert counted["section.yellow", "其他应办事项"] == [3]
    assert counted["worst", "县甲局"] == [1, 2]
    assert counted["best", "县乙局"] == [4]  # 县甲局 did one on time as well, but burns red
    assert not any(each.key == "worst" for each in figures_of(MARCH, worst=0, best=0))


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 3, 20), date(2026, 3, 2)),  # 1 March 2026 is a Sunday
        (date(2026, 1, 20), date(2026, 1, 4)),  # New Year; Sunday the 4th was worked in exchange
        (date(2026, 4, 30), date(2026, 4, 1)),
    ],
)
def test_the_first_working_day_of_a_month(day, first):
    assert first_working_day(day, SPRING) == first


def test_a_text_uses_only_numbers_that_exist_and_fills_them_in():
    text = drafted_text(["待办", "红灯", "黄灯"], last=date(2026, 3, 31), bureau="县营商局")
    assert "{" not in text  # the first paragraph asks for more numbers than there are
    assert text.splitlines() == ["五、要求", "亮红灯的单位要逐件列出办结日期，办理情况报县营商局。"]
    (pieces,) = pieces_of("红灯{红灯}件，{没有}。", {"红灯": "3"})
    assert plain(pieces) == "红灯3件，{没有}。"
    assert [piece.place for piece in pieces] == ["", "红灯", "", "没有", ""]
    assert unknown_places("{红灯}{没有}{没有}", ["红灯"]) == ["没有"]
