"""Whether it is the turn of a deed: the order of a draw, with the reason for a no."""

from __future__ import annotations

from yingshang.kernel.draws.models import Draw
from yingshang.kernel.draws.standing import Standing, State, standing_of
from yingshang.kernel.errors import Refusal


def refuse_unless_awaited(draw: Draw, source: str) -> Standing:
    """Raise Refusal unless the draw waits for this source now; return where it stands.

    ``draws.over``, ``draws.already_drawn``, ``draws.not_in_the_rule``,
    ``draws.already_given``, ``draws.not_signed_yet``.
    """
    standing = standing_of(draw)
    refuse_if_over(standing)
    if standing.state == State.DRAWN:
        raise Refusal("draws.already_drawn", "这次摇号已经抽取完，不再接收随机数。", "请查看结果。")
    if source not in draw.sources:
        raise Refusal(
            "draws.not_in_the_rule",
            "封存的规则里没有这一项随机数来源。",
            "规则一经封存不能增减，请按规则里的来源办理。",
        )
    if source not in standing.missing:
        raise Refusal("draws.already_given", "这一项随机数已经确定，不能更改。", "请刷新页面查看。")
    if standing.state == State.SEALED:
        raise Refusal(
            "draws.not_signed_yet",
            "方案的承诺还没有写进签名的检查点；先有承诺、后有随机数，谁也改不了方案。",
            "一般一分钟内完成，请稍后刷新。",
        )
    return standing


def refuse_unless_drawn(draw: Draw) -> None:
    """Raise Refusal ``draws.over`` or ``draws.not_drawn_yet`` unless the draw is drawn and not over."""
    standing = standing_of(draw)
    refuse_if_over(standing)
    if standing.state != State.DRAWN:
        raise Refusal("draws.not_drawn_yet", "这次摇号还没有抽取。", "请等随机数到齐并完成抽取。")


def refuse_without_result(draw: Draw) -> None:
    """Raise Refusal ``draws.no_result`` for a draw that has no result that counts."""
    if standing_of(draw).state not in (State.DRAWN, State.REVEALED):
        raise Refusal("draws.no_result", "这次摇号没有有效的结果。", "请查看这次摇号的公开页面。")


def refuse_if_over(standing: Standing) -> None:
    """Raise Refusal ``draws.over`` for a draw that was revealed or voided."""
    if standing.state.is_over:
        raise Refusal(
            "draws.over",
            f"这次摇号{standing.state.label}，不能再改动，也不能重抽。",
            "需要再抽的，请另外封存一个新方案，会有新的编号。",
        )
