"""Running matters and what is owed: dossiers, steps, moves, obligations, lamps, numbers.

The one place where anything moves. Procedures say what may happen; here it
happens. Owns the words: dossier, step, move, involvement, obligation, opinion,
lamp.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.work.county import load
    from yingshang.kernel.work.duties import Owed, cancel, fulfill, owe, owe_all
    from yingshang.kernel.work.grounding import Ground, grounds
    from yingshang.kernel.work.lamp_months import MonthLamp, worst
    from yingshang.kernel.work.lighting import Lamp, Lights, lamp, lamps, lights
    from yingshang.kernel.work.looking_back import lamp_history, months_before
    from yingshang.kernel.work.many import any_of
    from yingshang.kernel.work.models import (
        CheckResult,
        Dossier,
        Involvement,
        LampRule,
        Move,
        NumberSeries,
        Obligation,
        ObligationFact,
        Opinion,
        Step,
    )
    from yingshang.kernel.work.moving import move
    from yingshang.kernel.work.numbers import next_number
    from yingshang.kernel.work.opening import close_dossier, open_dossier
    from yingshang.kernel.work.opinions import give_opinion
    from yingshang.kernel.work.pausing import extend, pause, resume
    from yingshang.kernel.work.queries import (
        BY_DUE_DATE,
        Tally,
        moves_of,
        obligations_of,
        obligations_of_party,
        overdue_on,
        possible_moves,
        tally,
    )
    from yingshang.kernel.work.sweeping import Swept, sweep_overdue
    from yingshang.kernel.work.tracing import Stretch, Trace, TraceEvent, subjects_of, traces, unfinished
    from yingshang.kernel.work.withdrawing import withdraw_branch

__all__ = [
    "BY_DUE_DATE",
    "CheckResult",
    "Dossier",
    "Ground",
    "Involvement",
    "Lamp",
    "LampRule",
    "Lights",
    "MonthLamp",
    "Move",
    "NumberSeries",
    "Obligation",
    "ObligationFact",
    "Opinion",
    "Owed",
    "Step",
    "Stretch",
    "Swept",
    "Tally",
    "Trace",
    "TraceEvent",
    "any_of",
    "cancel",
    "close_dossier",
    "extend",
    "fulfill",
    "give_opinion",
    "grounds",
    "lamp",
    "lamp_history",
    "lamps",
    "lights",
    "load",
    "months_before",
    "move",
    "moves_of",
    "next_number",
    "obligations_of",
    "obligations_of_party",
    "open_dossier",
    "overdue_on",
    "owe",
    "owe_all",
    "pause",
    "possible_moves",
    "resume",
    "subjects_of",
    "sweep_overdue",
    "tally",
    "traces",
    "unfinished",
    "withdraw_branch",
    "worst",
]

__getattr__ = door(
    __name__,
    {
        "county": "load",
        "duties": "Owed cancel fulfill owe owe_all",
        "grounding": "Ground grounds",
        "lamp_months": "MonthLamp worst",
        "lighting": "Lamp Lights lamp lamps lights",
        "looking_back": "lamp_history months_before",
        "many": "any_of",
        "models": "CheckResult Dossier Involvement LampRule Move NumberSeries Obligation ObligationFact Opinion Step",
        "moving": "move",
        "numbers": "next_number",
        "opening": "close_dossier open_dossier",
        "opinions": "give_opinion",
        "pausing": "extend pause resume",
        "queries": "BY_DUE_DATE Tally moves_of obligations_of obligations_of_party overdue_on possible_moves tally",
        "sweeping": "Swept sweep_overdue",
        "tracing": "Stretch Trace TraceEvent subjects_of traces unfinished",
        "withdrawing": "withdraw_branch",
    },
)
