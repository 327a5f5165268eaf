"""The desk of the unit that acts: its to-do list, one case with its deeds, papers, many at once, figures."""

from yingshang.casework.cases.views.desk.case import case, issue, look
from yingshang.casework.cases.views.desk.correcting import correction, preview
from yingshang.casework.cases.views.desk.doing import do
from yingshang.casework.cases.views.desk.entering import enter, enter_choose
from yingshang.casework.cases.views.desk.many import many
from yingshang.casework.cases.views.desk.measures import measures
from yingshang.casework.cases.views.desk.todo import forget, keys, next_one, save, scan, todo

__all__ = [
    "case",
    "correction",
    "do",
    "enter",
    "enter_choose",
    "forget",
    "issue",
    "keys",
    "look",
    "many",
    "measures",
    "next_one",
    "preview",
    "save",
    "scan",
    "todo",
]
