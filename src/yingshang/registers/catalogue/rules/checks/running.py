"""Limits, steps and kinds of procedure: whether they agree with the law and with each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from yingshang.registers.catalogue.rules.checks.known import Known
from yingshang.registers.catalogue.rules.content import Content, Fault, Limit

REGULATION_36 = "《优化营商环境条例》第三十六条"
WORDS = {"wd": "个工作日", "d": "日", "h": "小时", "m": "个月"}
DAYS = {"wd": Fraction(7, 5), "d": Fraction(1), "h": Fraction(1, 24), "m": Fraction(30)}
"""Days in one of each, to compare what is written in different units; a week of days has five working days."""


def is_longer(committed: Limit, statutory: Limit) -> bool:
    """Return whether a committed limit may end after the statutory one.

    Different units are compared in days: five working days take a week, a month has thirty.
    """
    return _in_days(committed) > _in_days(statutory)


def compression(content: Content) -> Fraction | None:
    """Return by how much the committed limit is shorter than the statutory one, 0 to 1; None where one is missing."""
    statutory, committed = content.limits.statutory, content.limits.committed
    if statutory is None or committed is None or statutory.days == 0:
        return None
    return 1 - min(_in_days(committed) / _in_days(statutory), Fraction(1))


def _in_days(limit: Limit) -> Fraction:
    return limit.days * DAYS[limit.unit]


def running_faults(content: Content, known: Known) -> Iterator[Fault]:
    """Yield what contradicts the law or itself in limits and choices."""
    yield from _limits(content, known)
    yield from _choices(content)


def _limits(content: Content, known: Known) -> Iterator[Fault]:
    statutory, committed = content.limits.statutory, content.limits.committed
    takes_effect_at_once = content.kind == "filing" or content.choices.instant
    for name, limit, words in (("statutory", statutory, "法定时限"), ("committed", committed, "承诺时限")):
        path = f"limits.{name}"
        if limit is None:
            if not takes_effect_at_once:
                yield Fault(path, f"没有写{words}。", "请写明天数和依据。", REGULATION_36)
            continue
        if not limit.basis and not limit.limit:
            yield Fault(
                f"{path}.basis",
                f"{words}没有出处。",
                "请写明文本和条款，或者承诺公布的文件。",
                REGULATION_36,
                "without_basis",
            )
        if limit.limit and limit.limit not in known.limits:
            yield Fault(
                f"{path}.limit", f"没有代码为“{limit.limit}”的期限。", "请选择期限，或者留空。", code="unknown_code"
            )
        elif limit.limit and known.limits[limit.limit] != (limit.days, limit.unit):
            days, unit = known.limits[limit.limit]
            said = f"{days}{WORDS[unit]}"
            yield Fault(
                f"{path}.days",
                f"{words}与期限“{limit.limit}”（{said}）不一致。",
                "请改成一致，或者不引用这条期限。",
                code="limit_misquoted",
            )
    if statutory and committed and is_longer(committed, statutory):
        yield Fault(
            "limits.committed.days",
            f"承诺时限（{shown(committed)}）比法定时限（{shown(statutory)}）长。",
            "承诺时限只能等于或者短于法定时限。",
            REGULATION_36,
            "committed_longer_than_statutory",
        )
    if committed and not takes_effect_at_once:
        if committed.days == 0:
            yield Fault(
                "limits.committed.days", "承诺时限是0天，又不是即办件。", "请写明天数，或者在“办理方式”中选即办件。"
            )
        needed = sum(step.days for step in content.steps)
        if committed.unit == "wd" and needed > committed.days:
            yield Fault(
                "steps", f"各环节合计{needed}个工作日，比承诺时限（{shown(committed)}）长。", "请压缩环节时间。"
            )


def _choices(content: Content) -> Iterator[Fault]:
    choices, committed = content.choices, content.limits.committed
    if choices.commitment == "license" and not (choices.commitment_text and choices.commitment_check_days):
        yield Fault(
            "choices.commitment_text",
            "实行许可告知承诺，却没有写承诺内容或者核查期限。",
            "请写明承诺内容和事后核查的工作日数。",
        )
    if choices.commitment == "certificates" and not any(each.commit_allowed for each in content.materials):
        yield Fault(
            "choices.commitment",
            "实行证明事项告知承诺，却没有一件材料可以承诺代替。",
            "请在“申请材料”中标明哪些材料可以承诺。",
        )
    if choices.letter_in_lieu and not choices.letter_text:
        yield Fault("choices.letter_text", "可以以函代证，却没有写函件的内容。", "请写明函件内容。")
    tolerable = [(place, each) for place, each in enumerate(content.materials) if each.tolerable_days is not None]
    if choices.tolerant and not tolerable:
        yield Fault(
            "choices.tolerant",
            "可以容缺受理，却没有一件材料可以后补。",
            "请在“申请材料”中写明哪些材料可以后补、几个工作日内补。",
        )
    for place, each in tolerable:
        path = f"materials[{place}].tolerable_days"
        if not choices.tolerant:
            yield Fault(
                path,
                f"“{each.title}”写了可以后补，办理方式里却没有容缺受理。",
                "请在“办理方式”中选容缺受理，或者删去后补的天数。",
            )
        elif committed and committed.unit == "wd" and each.tolerable_days and each.tolerable_days > committed.days:
            yield Fault(path, f"“{each.title}”后补的时间比承诺时限还长。", f"请改成{committed.days}个工作日以内。")


def shown(limit: Limit) -> str:
    """Return a limit in words, ``8个工作日``."""
    return f"{limit.days}{WORDS[limit.unit]}"
