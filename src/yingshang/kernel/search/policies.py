"""Who may read what people looked for in vain."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@policy("search.read_misses", zh="岗位中有这一项的人员，用来维护搜索用词。")
def may_read_misses(actor: Actor, _: object) -> Refusal | None:
    """A person whose post keeps the words of the search."""
    if actor.holds("search.read_misses"):
        return None
    return Refusal("search.no_word_post", "您没有维护搜索用词的岗位。", "请联系县营商环境主管部门。")
