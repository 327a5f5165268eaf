"""What each page of the editor asks: the single pages, and one row of each list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yingshang.registers.catalogue.forms.parts import Part
from yingshang.registers.catalogue.rules.content import Fault
from yingshang.registers.catalogue.rules.rows import FIELDS

PAGES: dict[str, list[Part]] = {
    "basics": [
        Part("title", _("事项名称"), required=True),
        Part("short_title", _("简称"), hint=_("群众平时怎么叫，例如“食品经营许可证”")),
        Part("names", _("别的叫法"), "lines", _("一行一个，搜索时用得上，例如“开饭店”")),
        Part("kind", _("事项类型"), "one", choices="kind", required=True, default="other"),
        Part("summary", _("一句话说明"), "long", _("什么时候要办、办了有什么用")),
        Part("basis", _("设定依据"), "many", _("依据在“依据”一页填写"), choices="bases"),
        Part("applicants", _("服务对象"), "many", choices="applicants"),
        Part("reform_class", _("证照分离改革方式"), "one", _("涉企经营许可必须归入一类"), choices="reform_class"),
        Part("level", _("行使层级"), "one", choices="level", required=True, default="4"),
        Part("power_source", _("权力来源"), "one", choices="power_source", required=True, default="1"),
        Part("authority", _("权限划分"), "long"),
        Part("exercised", _("行使内容"), "long"),
        Part("quantity_limit", _("数量限制"), hint=_("没有限制的不填")),
        Part("person_themes", _("个人办事主题"), "lines", _("一行一个")),
        Part("enterprise_themes", _("企业办事主题"), "lines", _("一行一个")),
        Part("merged_with", _("合并办理的证"), "lines", _("多证合一：一行一个")),
        Part("result.title", _("办理结果"), hint=_("例如“食品经营许可证”")),
        Part("result.credential", _("电子证照的种类代码"), "code", _("不发电子证照的不填")),
        Part("result.valid", _("有效期"), hint=_("例如“5年”“长期”")),
    ],
    "where": [
        Part("channels", _("办理形式"), "many", choices="channels", default=["1"]),
        Part("visits", _("到现场次数"), "number", _("0表示一次也不用跑"), required=True, default=1),
        Part("visit_reason", _("必须到现场的原因"), "long"),
        Part("consult", _("咨询电话")),
        Part("complain", _("监督电话")),
        Part("online_depth", _("网上办理深度"), "many", choices="online_depth"),
        Part("online_address", _("网办地址")),
        Part("across", _("通办范围"), "many", choices="across"),
        Part("nature", _("实施主体性质"), "one", choices="nature", required=True, default="1"),
        Part("handled_by", _("承办机构"), hint=_("单位内部由哪个股室办")),
        Part("joint_units", _("共同实施的单位"), "many", choices="units"),
        Part("appointment", _("可以预约"), "yes"),
        Part("online_payment", _("可以网上支付"), "yes"),
        Part("courier", _("可以快递"), "yes"),
        Part("in_hall", _("进驻政务服务大厅"), "yes", default=True),
    ],
    "limits": [
        Part("statutory.days", _("法定时限（数字）"), "number"),
        Part("statutory.unit", _("法定时限的单位"), "one", choices="time", required=True, default="wd"),
        Part("statutory.limit", _("法定时限引用的期限代码"), "code", _("例如 LIC.DECIDE；没有的不填")),
        Part("statutory.basis", _("法定时限的依据"), "one", choices="bases"),
        Part("committed.days", _("承诺时限（数字）"), "number", _("即办件填0")),
        Part("committed.unit", _("承诺时限的单位"), "one", choices="time", required=True, default="wd"),
        Part("committed.basis", _("承诺时限的出处"), hint=_("公布承诺的文件或者清单")),
    ],
    "choices": [
        Part("instant", _("即办件：当场办结"), "yes"),
        Part("tolerant", _("容缺受理：次要材料可以后补"), "yes", _("哪些材料能后补、几天内补，在“申请材料”里写")),
        Part("commitment", _("告知承诺"), "one", choices="commitment", required=True, default="none"),
        Part("commitment_text", _("许可告知承诺的内容"), "long"),
        Part("commitment_check_days", _("几个工作日内事后核查"), "number"),
        Part("letter_in_lieu", _("以函代证"), "yes"),
        Part("letter_text", _("函件的内容"), "long"),
        Part("extension.limit", _("延长期限的代码"), "code", _("例如 LIC.DECIDE.EXTENSION；不能延长的不填")),
        Part("extension.basis", _("延长的依据"), "one", choices="bases"),
    ],
}
"""Pages of one form each."""

ROWS: dict[str, list[Part]] = {
    "bases": [
        Part("text", _("文本和条款"), hint=_("例如“《行政许可法》第四十二条”"), required=True),
        Part("edition", _("文本的版本日期"), "date", _("还没有核对的不填")),
        Part("todo", _("还要核对什么")),
    ],
    "exemptions": [
        Part("title", _("不需要办理的情形"), "long", required=True),
        Part("basis", _("依据"), "one", choices="bases"),
    ],
    "places": [
        Part("name", _("地点名称"), required=True),
        Part("address", _("地址")),
        Part("window", _("窗口")),
        Part("hours", _("办公时间")),
        Part("phone", _("电话")),
    ],
    "intermediaries": [
        Part("title", _("中介服务"), required=True),
        Part("basis", _("依据"), hint=_("法律、行政法规或者国务院决定")),
        Part("paid_by", _("谁付费"), "one", choices="paid_by", required=True, default="agency"),
    ],
    "conditions": [
        Part("title", _("受理条件"), "long", required=True),
        Part("basis", _("依据"), "one", choices="bases"),
    ],
    "materials": [
        Part("title", _("材料名称"), required=True),
        Part("required", _("必须提供"), "yes", default=True),
        Part("source_kind", _("材料从哪里来"), "one", choices="source_kind", required=True, default="self"),
        Part("issuer", _("出具单位")),
        Part("certificate", _("证明事项清单编号"), "one", _("材料是证明的，必须选一项"), choices="certificates"),
        Part("applies", _("适用情形"), "applies", _("都不选表示每次都要"), choices="answers"),
        Part("tolerable_days", _("容缺：几个工作日内补"), "number", _("不能后补的不填")),
        Part("commit_allowed", _("可以承诺代替"), "yes"),
        Part("commit_text", _("承诺内容"), "long"),
        Part("form.original", _("纸质原件份数"), "number"),
        Part("form.copy", _("复印件份数"), "number"),
        Part("form.electronic", _("可以交电子文件"), "yes", default=True),
        Part("standard", _("填写和受理要求"), "long"),
        Part("held", _("平台已有、不再要的"), hint=_("例如 credential:business-license；没有的不填")),
        Part("basis", _("要求提供的依据"), "one", choices="bases"),
    ],
    "situations": [
        Part("title", _("问题"), hint=_("例如“您打算怎样经营？”"), required=True),
        Part("hint", _("说明"), "long"),
        Part("answers", _("答案"), "lines", _("一行一个，至少两个"), required=True),
        Part("applies", _("什么时候才问"), "applies", _("都不选表示每次都问"), choices="earlier"),
    ],
    "steps": [
        Part("title", _("环节名称"), required=True),
        Part("unit", _("哪个单位办"), "one", _("本单位办的不选"), choices="units"),
        Part("post", _("哪个岗位办"), "one", choices="posts", required=True, default="reviewer"),
        Part("days", _("几个工作日"), "number", _("当场办的填0"), required=True, default=0),
        Part("basis", _("依据"), "one", choices="bases"),
        Part("visit", _("申请人要到场"), "yes"),
        Part("note", _("说明"), "long"),
    ],
    "special": [
        Part("title", _("特别程序名称"), hint=_("例如“检验检测”“专家评审”"), required=True),
        Part("kind", _("种类"), "one", choices="special", required=True, default="2"),
        Part("days", _("一般需要几天"), "number"),
        Part("basis", _("依据"), "one", choices="bases"),
        Part("note", _("说明"), "long"),
    ],
    "fees": [
        Part("row", _("收费清单上的项目"), "one", choices="fees", required=True),
        Part("note", _("说明"), "long"),
        Part("applies", _("适用情形"), "applies", _("都不选表示每次都收"), choices="answers"),
    ],
    "faq": [
        Part("ask", _("问"), required=True),
        Part("answer", _("答"), "long", required=True),
    ],
    "fields": [
        Part("title", _("这一栏叫什么"), required=True),
        Part("kind", _("填什么"), "one", choices="field_kinds", required=True, default="text"),
        Part("required", _("必须填"), "yes"),
        Part("hint", _("提示")),
        Part("options", _("可选的答案"), "lines", _("单选、多选时填写，一行一个")),
        Part("least", _("最小值"), "decimal", _("数字才用")),
        Part("most", _("最大值"), "decimal", _("数字才用")),
        Part("held", _("可以用平台已有的信息"), "one", _("已有的会自动带出并写明出处"), choices="held"),
    ],
}
"""One row of each list."""

LISTED_IN = {"basics": ["bases", "exemptions"], "where": ["places", "intermediaries"], "form": ["fields"]}
"""Section → the lists edited beside its page, or instead of it."""

TITLES = {
    "basics": _("基本信息"),
    "bases": _("依据"),
    "exemptions": _("不需要办理的情形"),
    "where": _("在哪里办、找谁问"),
    "places": _("办理地点"),
    "intermediaries": _("中介服务"),
    "conditions": _("受理条件"),
    "limits": _("办理时限"),
    "situations": _("情形问题"),
    "materials": _("申请材料"),
    "steps": _("办理环节"),
    "special": _("特别程序"),
    "choices": _("办理方式"),
    "fees": _("收费"),
    "fields": _("申请表"),
    "faq": _("常见问题"),
}
"""Every page of the editor, in the order of the task list."""


def part_of(fault: Fault) -> str:
    """Return the page of the editor on which a fault is mended."""
    section = fault.section
    inner = fault.path.removeprefix(section).lstrip(".").partition("[")[0].partition(".")[0]
    if section == "form":
        return FIELDS
    return inner if inner in LISTED_IN.get(section, ()) else section
