"""Open in a unit a post that the county knows, and close it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yingshang.kernel import access, ledger, org
from yingshang.kernel.administration.operations.locked import locked, locked_units
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def open_post(*, unit: str, code: str, on: date, by: Actor) -> org.Post:
    """Open a post in a unit, as other units of the county have it, from a day on.

    Title and actions are those of the county's file: nobody invents a power
    here. Raises NotFound for a post that no unit has, Refusal
    ``administration.post_stands`` when this unit has it and
    ``administration.unit_closed``. Records ``administration.post_opened``.
    """
    home = locked_units(unit)[unit]
    access.permit(by, "administration.keep_posts", home)
    model = org.Post.objects.filter(code=code).order_by("pk").first()
    if model is None:
        raise NotFound("这个岗位")
    if not home.holds(on):
        raise Refusal("administration.unit_closed", f"{home.short_name}在那一天不存在。", "请选择现有的单位。")
    post = org.Post.objects.filter(unit=home, code=code).first()
    if post is not None and not post.is_over(on):
        raise Refusal("administration.post_stands", f"{home.short_name}已经有{post.title}。", "不需要再设置。")
    if post is None:
        post = org.Post.objects.create(unit=home, code=code, title=model.title, actions=model.actions, valid_from=on)
    else:
        # Opened again. Nobody held it in between: closing it ended every appointment.
        post.valid_to = None
        post.save(update_fields=["valid_to"])
    _record("post_opened", post, home, on, by)
    return post


@transaction.atomic
def close_post(*, post_id: int, on: date, by: Actor) -> org.Post:
    """Close a post: nobody holds it from that day on, and appointments to it end.

    Raises Refusal ``administration.post_closed`` when it is closed already
    and ``administration.ends_before_it_begins``. Records
    ``administration.post_closed``.
    """
    post = locked(org.Post, post_id, "unit")
    access.permit(by, "administration.keep_posts", post.unit)
    if post.valid_to is not None:
        raise Refusal("administration.post_closed", f"{post.unit.short_name}的{post.title}已经撤销。", "不需要再撤销。")
    latest = org.Appointment.objects.filter(post=post, valid_to__isnull=True, valid_from__gte=on).exists()
    if latest or (post.valid_from is not None and on <= post.valid_from):
        raise Refusal(
            "administration.ends_before_it_begins", "岗位或其中的任职在那一天还没有开始。", "请选择那以后的日期。"
        )
    org.Appointment.objects.filter(post=post, valid_to__isnull=True).update(valid_to=on)
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    _record("post_closed", post, post.unit, on, by)
    return post


def _record(deed: str, post: org.Post, home: org.Unit, on: date, by: Actor) -> None:
    facts = {"unit": home.short_name, "post": post.title, "on": on.isoformat()}
    ledger.record(f"administration.{deed}", subject=f"unit:{home.code}", by=by, facts=facts)
