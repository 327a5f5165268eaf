"""Whether the item may exist as it is: its class, its row of the basic catalogue, its words, its fees."""

from __future__ import annotations

from collections.abc import Iterator

from yingshang.registers.catalogue.rules.checks.known import Known
from yingshang.registers.catalogue.rules.content import Content, Fault

REGULATION_19 = "《优化营商环境条例》第十九条"
REGULATION_25 = "《优化营商环境条例》第二十五条"
REGULATION_35 = "《优化营商环境条例》第三十五条"
REGULATION_39 = "《优化营商环境条例》第三十九条"
REGULATION_40 = "《优化营商环境条例》第四十条"
REGULATION_43 = "《优化营商环境条例》第四十三条"


def power_faults(content: Content, known: Known) -> Iterator[Fault]:
    """Yield what the law on powers, classes, fees and intermediaries forbids."""
    yield from _class(content, known)
    yield from _catalogue(content, known)
    yield from _disguise(content, known)
    yield from _bases(content)
    yield from _fees(content, known)
    for place, service in enumerate(content.where.intermediaries):
        if not service.basis:
            yield Fault(
                f"where.intermediaries[{place}].basis",
                f"中介服务“{service.title}”没有依据。",
                "法定中介服务须有法律、行政法规或者国务院决定依据；没有的请删除。",
                REGULATION_43,
                "intermediary_without_basis",
            )


def _class(content: Content, known: Known) -> Iterator[Fault]:
    chosen, classes = content.basics.reform_class, known.codes.get("reform_class", frozenset())
    concerns_business = bool(set(content.basics.applicants) & known.codes.get("reform_applicants", frozenset()))
    path = "basics.reform_class"
    if (chosen and chosen not in classes) or (not chosen and content.kind == "license" and concerns_business):
        yield Fault(
            path,
            "涉企经营许可没有归入四类改革方式中的一类。",
            "请从直接取消审批、审批改为备案、实行告知承诺、优化审批服务中选一类。",
            REGULATION_19,
            "outside_the_four_classes",
        )
    elif chosen == "abolished":
        yield Fault(
            path, "这项许可已直接取消审批，不能再受理。", "请停用这个事项。", REGULATION_19, "class_contradicted"
        )
    elif chosen == "filing" and content.kind != "filing":
        yield Fault(
            path, "归入“审批改为备案”，事项却还是审批。", "请把事项类型改为备案。", REGULATION_19, "class_contradicted"
        )
    elif chosen == "commitment" and content.choices.commitment != "license":
        yield Fault(
            path,
            "归入“实行告知承诺”，办理方式里却没有告知承诺。",
            "请在“办理方式”中选许可告知承诺，并写明承诺内容和核查期限。",
            REGULATION_19,
            "class_contradicted",
        )


def _catalogue(content: Content, known: Known) -> Iterator[Fault]:
    row = known.basic
    if row is None:
        if content.kind == "license":
            yield Fault(
                "basics.title",
                "这项许可不在事项基本目录中。",
                "清单之外不得实施行政许可；请先核对基本编码。",
                REGULATION_40,
                "license_outside_the_list",
            )
        return
    if row.canceled:
        yield Fault(
            "basics.title",
            f"基本目录中的“{row.title}”已取消（{row.canceled}）。",
            "已取消的事项不得继续实施，也不得转给协会或者中介办理；请停用。",
            REGULATION_40,
            "item_canceled",
        )
    if content.kind == "license" and row.kind != "license":
        yield Fault(
            "basics.kind",
            f"基本目录中“{row.title}”不是行政许可，这里却写成许可。",
            "请按基本目录改正事项类型。",
            REGULATION_39,
            "disguised_license",
        )


def _disguise(content: Content, known: Known) -> Iterator[Fault]:
    if content.kind != "filing":
        return
    said = [
        ("basics.title", content.title),
        ("basics.summary", content.basics.summary),
        ("basics.result.title", content.basics.result.title),
        *[(f"conditions[{place}].title", each.title) for place, each in enumerate(content.conditions)],
        *[(f"steps[{place}].title", each.title) for place, each in enumerate(content.steps)],
        *[(f"steps[{place}].note", each.note) for place, each in enumerate(content.steps)],
        *[(f"materials[{place}].title", each.title) for place, each in enumerate(content.materials)],
    ]
    for word in known.words.get("disguised_license", ()):
        for path, text in said:
            if word.stands_in(text):
                yield Fault(
                    path,
                    f"备案里写了“{word.words}”，这是变相许可。",
                    "备案收到就生效；请删去，确需审批的，应当依法设定许可。",
                    word.source or REGULATION_39,
                    "disguised_license",
                )


def _bases(content: Content) -> Iterator[Fault]:
    keys = {basis.key for basis in content.basics.bases}
    for place, basis in enumerate(content.basics.bases):
        if not basis.text.strip():
            yield Fault(f"basics.bases[{place}].text", "依据没有写文本和条款。", "请写明文本和条款。", REGULATION_35)
    cited = [
        *[(f"basics.basis[{place}]", key, "设定依据") for place, key in enumerate(content.basics.basis)],
        *[
            (f"conditions[{place}].basis", each.basis, f"受理条件“{each.title}”")
            for place, each in enumerate(content.conditions)
        ],
        *[(f"steps[{place}].basis", each.basis, f"环节“{each.title}”") for place, each in enumerate(content.steps)],
        *[
            (f"special[{place}].basis", each.basis, f"特别程序“{each.title}”")
            for place, each in enumerate(content.special)
        ],
    ]
    for path, key, words in cited:
        if key not in keys:
            code = "step_without_basis" if path.startswith("steps") else "without_basis"
            yield Fault(
                path,
                f"{words}没有依据。" if not key else f"{words}引用的依据“{key}”没有写在依据里。",
                "没有法律、法规、规章依据，不得增设条件和环节；请写明依据，或者删除。",
                REGULATION_35,
                code,
            )


def _fees(content: Content, known: Known) -> Iterator[Fault]:
    for place, fee in enumerate(content.fees):
        if known.fees is None or fee.row not in known.fees:
            yield Fault(
                f"fees[{place}].row",
                f"收费“{fee.row}”不在本县公布的收费清单上，或者已经停止执行。",
                "清单之外一律不得收费；请改用清单上的编号，或者删除这项收费。",
                REGULATION_25,
                "fee_not_on_the_list",
            )
