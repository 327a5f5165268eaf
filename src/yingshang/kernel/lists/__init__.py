"""Published lists (清单、目录): flat rows with an owner, a source and editions, cited row by row.

Owns the words: list, edition, row, citation. A list whose rows have states and
deeds of their own is a register and lives in a capability.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.lists.citing import Citation, cite, edition_on, row_on
    from yingshang.kernel.lists.comparing import Change, Diff, diff
    from yingshang.kernel.lists.county import load
    from yingshang.kernel.lists.drafting import date_draft, declare, edition
    from yingshang.kernel.lists.fitting import RowProblem, check_rows
    from yingshang.kernel.lists.models import Edition, PublishedList, Row
    from yingshang.kernel.lists.publishing import publish, review

__all__ = [
    "Change",
    "Citation",
    "Diff",
    "Edition",
    "PublishedList",
    "Row",
    "RowProblem",
    "check_rows",
    "cite",
    "date_draft",
    "declare",
    "diff",
    "edition",
    "edition_on",
    "load",
    "publish",
    "review",
    "row_on",
]

__getattr__ = door(
    __name__,
    {
        "citing": "Citation cite edition_on row_on",
        "comparing": "Change Diff diff",
        "county": "load",
        "drafting": "date_draft declare edition",
        "fitting": "RowProblem check_rows",
        "models": "Edition PublishedList Row",
        "publishing": "publish review",
    },
)
