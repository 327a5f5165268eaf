"""Evaluation over the API: what is published for everybody, the working room, the units' hearing."""

from yingshang.kernel.web import rest
from yingshang.oversight.evaluation.rest import asking, extracting, published, room

router = rest.Router()
router.add_router("", published.router)
router.add_router("", room.router)
router.add_router("", extracting.router)
router.add_router("", asking.router)

__all__ = ["router"]
