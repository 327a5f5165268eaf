"""Pages: translate, call, translate back."""

from yingshang.oversight.evaluation.views import asking, collecting, desk, details, hearing, owners, public, sources
from yingshang.oversight.evaluation.views.sheet import VALUES_IN

__all__ = ["VALUES_IN", "asking", "collecting", "desk", "details", "hearing", "owners", "public", "sources"]
