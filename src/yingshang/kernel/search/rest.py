"""Search for machines: the same rows as the page."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Schema

from yingshang.kernel.search.asking import LONGEST_QUESTION
from yingshang.kernel.search.finding import find
from yingshang.kernel.web import rest

router = rest.Router()


class FoundOut(Schema):
    """One thing found."""

    subject: str
    kind: str
    title: str
    summary: str
    address: str


@router.get("/", response=rest.answers(rest.PageOf[FoundOut]), summary="搜索")
def search(
    request: rest.ActorRequest,
    q: Annotated[str, Query(max_length=LONGEST_QUESTION, description="要找的词")],
    after: rest.Mark = "",
) -> dict[str, Any]:
    """Return what the caller may find, best first."""
    found = find(request.actor, q, after=after)
    return {"rows": list(found.rows), "next": found.next}
