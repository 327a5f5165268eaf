"""The API of this package: each part is a router of its own, under the same name."""

from yingshang.kernel.web import rest
from yingshang.oversight.plan_tasks.rest import (
    deliverables,
    deliveries,
    filing_desk,
    leading_groups,
    plan,
    progress,
    work_plans,
)

router = rest.Router()
router.add_router("", plan.router)
router.add_router("", deliveries.router)
router.add_router("", deliverables.router)
router.add_router("", leading_groups.router)
router.add_router("", work_plans.router)
router.add_router("", filing_desk.router)
router.add_router("", progress.router)
