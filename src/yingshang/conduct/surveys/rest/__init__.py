"""The API of this package: what everybody reads and answers, what the desk writes, what a survey goes through."""

from yingshang.conduct.surveys.rest import asking, public, writing
from yingshang.kernel.web import rest

router = rest.Router()
for part in (writing, public, asking):
    router.add_router("", part.router)
