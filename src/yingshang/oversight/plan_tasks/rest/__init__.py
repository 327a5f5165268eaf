"""The API of this package: each part is a router of its own, under the same name."""

from yingshang.kernel.web import rest
from yingshang.oversight.plan_tasks.rest import deliverables, deliveries, leading_groups, plan

router = rest.Router()
router.add_router("", plan.router)
router.add_router("", deliveries.router)
router.add_router("", deliverables.router)
router.add_router("", leading_groups.router)
