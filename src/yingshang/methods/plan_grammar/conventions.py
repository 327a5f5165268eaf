"""Rules a document sets for itself: who leads where nobody is called lead, and who is bound by every task."""

from __future__ import annotations

import re

FIRST_NAMED = re.compile(
    r"\(?(?:注[::]?)?(?:各项任务)?(?:责任单位|单位)?[中里]?,?(?:排在?|排名|列在?|名列|排序|列为|位列)?(?:在)?(?:第一位?|第一个|首位|最前)(?:位)?的?(?:单位|部门|责任单位|责任部门)?(?:均)?(?:为|是|系)(?:本项任务的?|该项任务的?)?(?:总)?(?:牵头|主要责任|主责|第一责任)(?:责任)?(?:单位|部门)?(?:[,;]?下同)?\)?"
)
"""“列第一位的为牵头单位，下同”: it holds for every task of the document."""

STANDING = re.compile(
    r"(?:以下|以上|上述|本方案|各项)(?:各项)?(?:工作)?任务,?(?:均|都)(?:需|须|要|由|应)?(?P<names>[^。;]{2,60}?)(?:按职责分工|结合实际)?(?:认真)?(?:负责|抓好|贯彻|组织)*落实"
)
"""“以下任务均需各区市……落实，不再一一列出”: those units are bound by every task."""
