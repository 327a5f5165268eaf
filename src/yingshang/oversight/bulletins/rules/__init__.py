"""What a bulletin counts and how it is worded: plain Python."""

from yingshang.oversight.bulletins.rules.figures import OVERALL, Counted, Line, figures_of, first_working_day, month_of
from yingshang.oversight.bulletins.rules.wording import Piece, drafted_text, pieces_of, unknown_places

__all__ = [
    "OVERALL",
    "Counted",
    "Line",
    "Piece",
    "drafted_text",
    "figures_of",
    "first_working_day",
    "month_of",
    "pieces_of",
    "unknown_places",
]
