"""Supervision over the API; each part adds its operations to the one router."""

from yingshang.oversight.supervision.rest import authority, checks, digests, letters, public, reports, windows
from yingshang.oversight.supervision.rest.routing import router

__all__ = ["authority", "checks", "digests", "letters", "public", "reports", "router", "windows"]
