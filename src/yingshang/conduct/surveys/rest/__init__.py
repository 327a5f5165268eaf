"""The API of this package: what everybody reads and answers, what the desk writes, what a survey goes through."""

from yingshang.conduct.surveys.rest import asking, planning, writing
from yingshang.conduct.surveys.rest.public import router

__all__ = ["router"]

for part in (writing, planning, asking):  # asking last: its addresses begin with a code
    router.add_router("", part.router)
