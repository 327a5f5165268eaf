"""The elements that an item must say before anybody is sent to it (GB/T 39046—2020, 事项管理)."""

from __future__ import annotations

from collections.abc import Iterator

from yingshang.registers.catalogue.rules.checks.known import Known
from yingshang.registers.catalogue.rules.content import Content, Fault

STANDARD = "GB/T 39046—2020 事项管理"


def completeness(content: Content, known: Known) -> Iterator[Fault]:
    """Yield each element that is missing, and each code that its list does not have."""
    basics, where = content.basics, content.where
    needed = [
        ("basics.title", basics.title, "事项名称"),
        ("basics.summary", basics.summary, "一句话说明"),
        ("basics.bases", basics.bases, "依据"),
        ("basics.basis", basics.basis, "设定依据"),
        ("basics.applicants", basics.applicants, "服务对象"),
        ("basics.result.title", basics.result.title, "办理结果"),
        ("where.places", where.places, "办理地点"),
        ("where.consult", where.consult, "咨询电话"),
        ("where.complain", where.complain, "监督电话"),
        ("where.channels", where.channels, "办理形式"),
        ("conditions", content.conditions, "受理条件"),
        ("steps", content.steps, "办理环节"),
    ]
    for path, value, words in needed:
        if not value:
            yield Fault(path, f"没有填写{words}。", "请补上。", STANDARD)
    if where.visits > 0 and not where.visit_reason:
        yield Fault(
            "where.visit_reason", "要到现场，却没有写原因。", "请写明必须到现场的原因，或者把次数改为0。", STANDARD
        )
    yield from _codes(content, known)


def _codes(content: Content, known: Known) -> Iterator[Fault]:
    basics, where = content.basics, content.where
    used: list[tuple[str, str, str]] = [
        ("basics.level", "level", basics.level),
        ("basics.power_source", "power_source", basics.power_source),
        ("where.nature", "nature", where.nature),
        *[(f"basics.applicants[{place}]", "applicants", code) for place, code in enumerate(basics.applicants)],
        *[(f"where.channels[{place}]", "channels", code) for place, code in enumerate(where.channels)],
        *[(f"where.across[{place}]", "across", code) for place, code in enumerate(where.across)],
        *[(f"where.online_depth[{place}]", "online_depth", code) for place, code in enumerate(where.online_depth)],
        *[(f"special[{place}].kind", "special", each.kind) for place, each in enumerate(content.special)],
    ]
    for path, of, code in used:
        listed = known.codes.get(of, frozenset())
        if code not in listed:
            yield Fault(
                path,
                f"代码“{code}”不在代码表中。",
                f"可用的代码：{'、'.join(sorted(listed))}。",
                STANDARD,
                "unknown_code",
            )
    for path, unit in [
        *[(f"where.joint_units[{place}]", code) for place, code in enumerate(where.joint_units)],
        *[(f"steps[{place}].unit", step.unit) for place, step in enumerate(content.steps) if step.unit],
    ]:
        if unit not in known.units:
            yield Fault(path, f"没有代码为“{unit}”的单位。", "请选择本县的单位。", code="unknown_code")
    for place, step in enumerate(content.steps):
        if step.post not in known.posts:
            yield Fault(f"steps[{place}].post", f"没有代码为“{step.post}”的岗位。", "请选择岗位。", code="unknown_code")
