"""Pages: translate, call, translate back."""

from yingshang.oversight.dashboards.views.calls import calls, note_call
from yingshang.oversight.dashboards.views.cockpit import cockpit
from yingshang.oversight.dashboards.views.duties import duties, duty
from yingshang.oversight.dashboards.views.progress import progress
from yingshang.oversight.dashboards.views.unit import own_unit, unit

__all__ = ["calls", "cockpit", "duties", "duty", "note_call", "own_unit", "progress", "unit"]
