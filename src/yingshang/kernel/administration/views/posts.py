"""The page of one's own posts: let somebody stand in, take it back."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import clock, org
from yingshang.kernel.administration import operations
from yingshang.kernel.administration.forms import Delegate
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def my_posts(request: ActorRequest) -> HttpResponse:
    """Show the posts one holds in the unit one acts for, and delegate one of them."""
    actor, today = request.actor, clock.today()
    person = org.Person.objects.filter(pseudonym=actor.person).first()
    if person is None or not actor.unit:
        raise NotFound("您的岗位")
    unit = org.unit(actor.unit)
    form = Delegate(request.POST or None, person=person, unit=unit, day=today, initial={"first": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        operations.delegate(
            post_id=given["post"].pk,
            to_person_id=given["to_person"].pk,
            first=given["first"],
            until=given["until"],
            reason=given["reason"],
            by=actor,
            on=today,
        )
        messages.success(request, _("已委托%(name)s代理。") % {"name": given["to_person"].name})
        return redirect("administration:my_posts")
    mine = Q(from_person=person) | Q(to_person=person)
    delegations = org.Delegation.objects.filter(mine, post__unit=unit).select_related(
        "post", "from_person", "to_person"
    )
    context = {
        "form": form,
        "unit": unit,
        "posts": org.posts_held(person, today, in_unit=unit),
        "delegations": [(given, given.revoked_date is None and not given.is_over(today)) for given in delegations],
    }
    return render(request, "administration/my_posts.html", context)


@require_POST
def revoke(request: ActorRequest, number: int) -> HttpResponse:
    """Take a delegation back from today on."""
    operations.revoke_delegation(delegation_id=number, on=clock.today(), by=request.actor)
    messages.success(request, _("已撤回委托。"))
    return redirect("administration:my_posts")
