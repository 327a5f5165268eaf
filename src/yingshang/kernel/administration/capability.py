"""Administration introduces itself."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="administration",
    title="系统与授权管理",
    actions={
        "administration.keep_units": "管理单位和单位组",
        "administration.keep_posts": "设置和撤销岗位",
        "administration.appoint": "办理任职",
        "administration.appoint_administrator": "任免三员",
        "administration.delegate": "委托他人代理岗位",
        "administration.revoke_delegation": "撤回岗位委托",
        "administration.reveal": "查看完整的个人信息",
        "administration.explain_for_others": "查询他人的权限",
        "administration.read_access_log": "查看授权与访问记录",
    },
    duties={
        "system": ["administration.keep_units", "administration.keep_posts"],
        "security": [
            "administration.appoint",
            "administration.appoint_administrator",
            "administration.revoke_delegation",
            "administration.explain_for_others",
        ],
        "audit": ["administration.explain_for_others", "administration.read_access_log"],
    },
    tells={
        "administration.unit_founded": {"unit": str, "on": str},
        "administration.unit_renamed": {"unit": str, "on": str},
        "administration.unit_merged": {"unit": str, "into": str, "on": str},
        "administration.unit_abolished": {"unit": str, "on": str},
        "administration.group_joined": {"group": str, "unit": str, "on": str},
        "administration.group_left": {"group": str, "unit": str, "on": str},
    },
    ledger={
        "administration.unit_founded": "设立了单位“{unit}”",
        "administration.unit_renamed": "单位“{unit}”更名为“{name}”",
        "administration.unit_merged": "单位“{unit}”并入“{into}”",
        "administration.unit_abolished": "撤销了单位“{unit}”",
        "administration.group_joined": "单位“{unit}”列入“{group}”",
        "administration.group_left": "单位“{unit}”退出“{group}”",
        "administration.post_opened": "在“{unit}”设置了{post}",
        "administration.post_closed": "撤销了“{unit}”的{post}",
        "administration.appointed": "任命了“{unit}”的{post}",
        "administration.appointment_ended": "免去了“{unit}”的{post}",
        "administration.person_registered": "开通了一个账号",
        "administration.delegated": "“{unit}”的{post}委托他人代理",
        "administration.delegation_revoked": "“{unit}”的{post}撤回了委托",
        "administration.administrator_appointed": Strict("任命了{duty}"),
        "administration.administrator_ended": Strict("免去了{duty}"),
        "administration.value_revealed": "查看了完整的个人信息（{kind}）",
    },
    slots={"law.unsourced": "yingshang.kernel.administration.slots.unsourced"},
    menu=[
        MenuLine("单位和岗位", "administration:units", MenuGroup.RUNNING, needs="administration.keep_units"),
        MenuLine("任职和授权", "administration:people", MenuGroup.RUNNING, needs="administration.appoint"),
        MenuLine("我的岗位", "administration:my_posts", MenuGroup.RUNNING, needs="administration.delegate"),
        MenuLine("授权与访问记录", "administration:log", MenuGroup.RUNNING, needs="administration.read_access_log"),
        MenuLine("办事权限规则", "administration:rules", MenuGroup.RULES, public=True),
    ],
)
