"""Pages: translate, call, translate back."""

from yingshang.oversight.evaluation.views import collecting, desk, hearing, owners, public
from yingshang.oversight.evaluation.views.sheet import VALUES_IN

__all__ = ["VALUES_IN", "collecting", "desk", "hearing", "owners", "public"]
