"""The manifest of the portal."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine

CAPABILITY = Capability(
    name="portal",
    title="门户",
    plan_items=[13, 14],
    mission=("13j", "14a"),
    slots={
        "home.lead": "yingshang.channels.portal.slots.lead",
        "home.elder": "yingshang.channels.portal.slots.elder",
    },
    menu=[
        MenuLine("便民服务", "portal:services", MenuGroup.SERVICES, public=True, first=True),
        MenuLine("我的", "portal:mine", MenuGroup.SERVICES, public=True),
    ],
)
