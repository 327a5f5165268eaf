"""Search (搜索)."""

from yingshang.kernel.registry import Capability, MenuLine

CAPABILITY = Capability(
    name="search",
    title="搜索",
    actions={"search.read_misses": "查看搜不到的词"},
    menu=[MenuLine("搜不到的词", "search:misses", needs="search.read_misses")],
)
