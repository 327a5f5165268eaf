"""Published lists (清单、目录): flat rows with editions, cited row by row."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="lists",
    title="清单目录",
    actions={
        "lists.declare": "设立清单",
        "lists.draft": "起草清单",
        "lists.review": "审核清单",
        "lists.publish": "发布清单",
    },
    ledger={
        "lists.declared": "设立了清单《{title}》",
        "lists.drafted": "起草了清单第{number}版",
        "lists.dated": "写明了清单第{number}版的起始日和依据",
        "lists.reviewed": "审核了清单第{number}版",
        "lists.published": Strict("发布了《{title}》第{number}版"),
    },
    menu=[
        MenuLine("清单目录", "lists:index", MenuGroup.RULES, public=True),
        MenuLine("起草清单", "lists:desk", MenuGroup.RULES, needs="lists.draft"),
        MenuLine("审核清单", "lists:desk", MenuGroup.RULES, needs="lists.review"),
    ],
)
