"""The digest of the day: look, hold back, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.letters import HoldBackForm
from yingshang.oversight.supervision.models import DigestItem

RENDERED_AT_ONCE = 6
"""Papers made while the supervisor waits; the others follow within a minute."""


def digest(request: ActorRequest, digest_id: int | None = None) -> HttpResponse:
    """Show one digest, or the latest one, with the drafted letters."""
    access.permit(request.actor, "supervision.see_work")
    found, today = queries.digest_seen(digest_id), clock.today()
    if digest_id is not None and found is None:
        raise NotFound("这份督办清单")
    parts = queries.parts_of(found, request.actor) if found else []
    context = {
        "digest": found,
        "today": today,
        "is_current": found is not None and found.on == today,
        "authority": queries.authority_on(today),
        "parts": parts,
        "carried": sum(part.carried for part in parts),
        "listed": sum(len(draft.lines) for part in parts for draft in part.drafts),
        "drafts": sum(len(part.drafts) for part in parts),
        "waiting": [(letter, operations.next_step(letter)) for letter in queries.letters_waiting()[:50]],
        "may_make": access.may(request.actor, "supervision.make_digest") is None,
        "may_confirm": found is not None and access.may(request.actor, "supervision.confirm_digest", found) is None,
        "before": list(queries.digests()[:10]),
    }
    return render(request, "supervision/digest.html", context)


@require_POST
def make(request: ActorRequest) -> HttpResponse:
    """Make today's digest now."""
    operations.sweep_and_make(on=clock.today(), by=request.actor, at=clock.now())
    messages.success(request, "今天的督办清单已生成。")
    return redirect("supervision:digest")


@require_POST
def confirm(request: ActorRequest, digest_id: int) -> HttpResponse:
    """Confirm the digest; the first papers are made at once."""
    letters = operations.confirm_digest(digest_id=digest_id, by=request.actor, at=clock.now())
    operations.render_waiting(limit=RENDERED_AT_ONCE, at=clock.now())
    issued = sum(letter.no is not None for letter in letters)
    waiting = len(letters) - issued
    messages.success(request, f"清单已确认，发出{issued}份文书{f'，{waiting}份等待审批' if waiting else ''}。")
    return redirect("supervision:letters")


@require_http_methods(["GET", "POST"])
def item(request: ActorRequest, item_id: int) -> HttpResponse:
    """Take one line out or put it off, with the reason."""
    access.permit(request.actor, "supervision.see_work")
    found = queries.digest_item(item_id)
    form = HoldBackForm(request.POST or None)
    if form.is_valid():
        reason, until = form.cleaned_data["reason"], form.cleaned_data["until"]
        if until is None:
            operations.take_out(item_id=item_id, reason=reason, by=request.actor, at=clock.now())
            messages.success(request, "已移出清单，原因已记录。")
        else:
            operations.postpone(item_id=item_id, until=until, reason=reason, by=request.actor, at=clock.now())
            messages.success(request, f"已暂缓到{until:%Y年%m月%d日}，原因已记录。")
        return redirect("supervision:digest")
    context = {"form": form, "item": found, "is_held": found.state in {DigestItem.State.TAKEN_OUT, "postponed"}}
    return render(request, "supervision/item.html", context, status=422 if form.is_bound else 200)


@require_POST
def put_back(request: ActorRequest, item_id: int) -> HttpResponse:
    """Put a line back."""
    operations.put_back(item_id=item_id, by=request.actor, at=clock.now())
    messages.success(request, "已放回清单。")
    return redirect("supervision:digest")
