"""What is counted, in which order units stand, whom to call, and how it is drawn: plain Python."""

from yingshang.oversight.dashboards.rules.board import (
    OTHER,
    SORTS,
    Board,
    Cell,
    Headline,
    Standing,
    board_of,
    finding,
    headline_of,
)
from yingshang.oversight.dashboards.rules.calling import CALLING_RULES, Choice, choose
from yingshang.oversight.dashboards.rules.duties import Month, Watched
from yingshang.oversight.dashboards.rules.running import Running, finding_of_running
from yingshang.oversight.dashboards.rules.slices import Slice, Tense
from yingshang.oversight.dashboards.rules.trend import MonthFigures, figures_of

__all__ = [
    "CALLING_RULES",
    "OTHER",
    "SORTS",
    "Board",
    "Cell",
    "Choice",
    "Headline",
    "Month",
    "MonthFigures",
    "Running",
    "Slice",
    "Standing",
    "Tense",
    "Watched",
    "board_of",
    "choose",
    "figures_of",
    "finding",
    "finding_of_running",
    "headline_of",
]
