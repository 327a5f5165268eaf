"""The outbox introduces itself."""

from yingshang.kernel.registry import Capability, Every, MenuGroup, MenuLine

CAPABILITY = Capability(
    name="events",
    title="消息送达",
    actions={
        "events.see_deliveries": "查看消息送达情况",
        "events.try_again": "重新送达消息",
    },
    duties={"system": ["events.see_deliveries", "events.try_again"]},
    menu=[MenuLine("消息送达", "events:deliveries", MenuGroup.RUNNING, needs="events.see_deliveries")],
    jobs=[Every("events.deliver", "yingshang.kernel.events.jobs.deliver_waiting", seconds=2)],
)
