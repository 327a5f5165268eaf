"""Tables of the dashboards."""

from yingshang.oversight.dashboards.models.calls import Call, CallingRule

__all__ = ["Call", "CallingRule"]
