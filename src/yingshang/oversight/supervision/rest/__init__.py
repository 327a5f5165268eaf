"""Supervision over the API; each part adds its operations to the one router."""

from yingshang.oversight.supervision.rest import authority, checks, reports
from yingshang.oversight.supervision.rest.routing import router

__all__ = ["authority", "checks", "reports", "router"]
