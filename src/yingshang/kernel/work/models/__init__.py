"""Tables of dossiers, obligations, lamps and numbers."""

from yingshang.kernel.work.models.dossiers import CheckResult, Dossier, Involvement, JoinCount, Move, Opinion, Step
from yingshang.kernel.work.models.exports import MoveMonth
from yingshang.kernel.work.models.lamps import LampRule
from yingshang.kernel.work.models.numbers import NumberSeries, NumberYear
from yingshang.kernel.work.models.obligations import Obligation, ObligationFact

__all__ = [
    "CheckResult",
    "Dossier",
    "Involvement",
    "JoinCount",
    "LampRule",
    "Move",
    "MoveMonth",
    "NumberSeries",
    "NumberYear",
    "Obligation",
    "ObligationFact",
    "Opinion",
    "Step",
]
