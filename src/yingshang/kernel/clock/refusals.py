"""What may not be done to a clock, and what to do instead."""

from __future__ import annotations

from datetime import date

from yingshang.kernel.clock.models import Clock, Limit
from yingshang.kernel.errors import Refusal
from yingshang.methods.dates import Unit


def amount_out_of_range(limit: Limit, amount: int) -> None:
    """Refuse an amount that the limit does not leave open. Without a range only its own amount is allowed."""
    low = limit.minimum if limit.minimum is not None else (1 if limit.maximum is not None else limit.amount)
    high = limit.maximum if limit.maximum is not None else limit.amount
    if low is not None and high is not None and not low <= amount <= high:
        allowed = f"{low}至{high}" if low != high else f"{low}"
        raise Refusal(
            "clock.amount_out_of_range",
            f"“{limit.title}”的期限只能是{allowed}{_unit_title(limit)}，不能是{amount}。",
            "请改为允许范围内的期限。",
            source=limit.source,
        )


def refuse_pause(clock: Clock, on: date, until: date | None) -> None:
    """Refuse a pause that the clock cannot take."""
    limit = clock.limit
    if limit is None or limit.unit == Limit.Unit.YEARLY or limit.direction == Limit.Direction.BEFORE:
        raise Refusal(
            "clock.fixed_date",
            "这项期限落在固定的日期上，停止计时不会改变它。",
            "需要更晚的日期时，请办理延期。",
        )
    if until is not None and until < on:
        raise Refusal(
            "clock.resumed_too_early",
            f"停止计时的最后一天（{_in_words(until)}）早于第一天（{_in_words(on)}）。",
            "请核对两个日期。",
        )
    refuse_hold(clock, on)


def refuse_hold(clock: Clock, on: date) -> None:
    """Refuse to let a clock stand that stands already, has not begun, or is over."""
    if clock.paused_since is not None:
        raise Refusal(
            "clock.already_paused",
            f"{_in_words(clock.paused_since)}起已经停止计时。",
            "请先恢复计时，再办理新的停止计时。",
        )
    if on < clock.started_on:
        raise Refusal(
            "clock.before_start",
            f"计时从{_in_words(clock.started_on)}的次日开始，在此之前没有可以停止的时间。",
            "请核对停止计时的第一天。",
        )
    if clock.due_date is not None and on > clock.due_date:
        raise Refusal(
            "clock.already_over",
            f"期限已于{_in_words(clock.due_date)}届满，之后不能再停止计时。",
            "请如实说明超期原因。",
        )


def refuse_resumption(clock: Clock, on: date) -> None:
    """Refuse to let a clock go on that does not stand, or from a day on which it did not stand yet."""
    if clock.paused_since is None:
        raise Refusal("clock.not_paused", "这项期限没有停止计时。", "无需恢复，可以直接办理下一步。")
    if on <= clock.paused_since:
        raise Refusal(
            "clock.resumed_too_early",
            f"停止计时从{_in_words(clock.paused_since)}开始，最早可以从次日恢复。",
            "请核对恢复计时的日期。",
        )


def refuse_extension(clock: Clock, rule: Limit | None, *, on: date, approved_by: str, due_date: date | None) -> None:
    """Refuse an extension that no text allows, that nobody approved, that came too late or too often."""
    if clock.limit is not None and rule is None:
        raise Refusal(
            "clock.no_extension",
            f"“{clock.limit.title}”没有可以延长期限的规定。",
            "请在期限内办结；确实超期的，请如实说明原因。",
            source=clock.limit.source,
        )
    if not approved_by.strip():
        raise Refusal(
            "clock.approval_missing",
            f"延长期限需要{(rule.approval if rule else '') or '负责人'}批准，这里还没有写明批准人。",
            "请先报批，再填写批准人。",
            source=rule.source if rule else "",
        )
    if clock.due_date is not None and on > clock.due_date:
        raise Refusal(
            "clock.already_over",
            f"期限已于{_in_words(clock.due_date)}届满，之后不能再延长。",
            "请如实说明超期原因。",
            source=rule.source if rule else "",
        )
    if rule is None:
        latest = clock.due_date or clock.agreed_date
        if due_date is None or (latest is not None and due_date <= latest):
            raise Refusal(
                "clock.not_later",
                "延期后的日期应当晚于现在的到期日。",
                "请填写一个更晚的日期。",
            )
        return
    if clock.extensions.count() >= (rule.times or 1):
        raise Refusal(
            "clock.already_extended",
            f"“{rule.title}”只能办理{rule.times}次，已经办理过了。",
            "请在现有期限内办结。",
            source=rule.source,
        )


def _unit_title(limit: Limit) -> str:
    return Unit(limit.unit).word if limit.unit != Limit.Unit.YEARLY else ""


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
