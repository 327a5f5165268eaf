"""Disclosure (公开、公示): what goes public, by when, and the proof."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="disclosure",
    title="公开公示",
    actions={
        "disclosure.publish": "公开信息",
        "disclosure.withdraw": "撤回公开",
    },
    obligations={
        "disclosure.publish": "按期公开",
        "disclosure.withdraw": "按期撤回公开",
    },
    measures={"disclosure.published_on_time_rate": "yingshang.kernel.disclosure.measured.published_on_time_rate"},
    ledger={
        "disclosure.published": Strict("公开了一项{kind}"),
        "disclosure.withdrawn": Strict("撤回了一项公开，理由已公开说明"),
    },
    menu=[MenuLine("公开公示", "disclosure:index", MenuGroup.RULES, public=True)],
)
