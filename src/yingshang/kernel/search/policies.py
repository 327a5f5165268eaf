"""Who may read what people looked for in vain."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.kernel.search.models import SearchMiss


@policy("search.read_misses", zh="岗位中有这一项的人员，用来维护搜索用词。")
def may_read_misses(actor: Actor, _: object) -> Refusal | None:
    """A person whose post keeps the words of the search."""
    if actor.holds("search.read_misses"):
        return None
    return Refusal("search.no_word_post", "您没有维护搜索用词的岗位。", "请联系县营商环境主管部门。")


@policy("search.settle_miss", zh="岗位中有查看搜不到的词这一项的人员。")
def may_settle_miss(actor: Actor, miss: SearchMiss) -> Refusal | None:
    """A person whose post keeps the words of the search: whoever reads the list settles it."""
    return may_read_misses(actor, miss)
