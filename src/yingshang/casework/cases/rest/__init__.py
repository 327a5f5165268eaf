"""The API of cases: each part is a router of its own, under the same name."""

from yingshang.casework.cases.rest import applicants, desk, drafts, lists, mine, promises, times
from yingshang.kernel.web import rest

router = rest.Router()
for part in (lists, applicants, drafts, mine, desk, times, promises):
    router.add_router("", part.router)
