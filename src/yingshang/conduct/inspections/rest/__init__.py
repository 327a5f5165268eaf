"""The API of this package: each part is a router of its own, under the same name."""

from yingshang.conduct.inspections.rest import (
    batches,
    enterprise,
    field,
    merging,
    permissions,
    plans,
    pools,
    settled,
)
from yingshang.kernel.web import rest

router = rest.Router()
for part in (settled, pools, plans, permissions, batches, merging, field, enterprise):
    router.add_router("", part.router)
