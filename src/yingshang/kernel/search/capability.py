"""Search (搜索)."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine

CAPABILITY = Capability(
    name="search",
    title="搜索",
    actions={"search.read_misses": "查看搜不到的词", "search.settle_miss": "处理搜不到的词"},
    ledger={
        "search.miss_given": "搜不到的词“{words}”交{unit}处理",
        "search.miss_settled": "处理了搜不到的词“{words}”：{outcome}",
    },
    menu=[MenuLine("搜不到的词", "search:misses", MenuGroup.RUNNING, needs="search.read_misses")],
)
