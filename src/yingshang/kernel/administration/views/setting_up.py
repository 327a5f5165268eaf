"""The pages behind one-time links: make the three administrators, open an account."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yingshang.kernel import clock, org
from yingshang.kernel.administration import operations
from yingshang.kernel.administration.forms import FirstAdministrator, OwnPassword
from yingshang.kernel.administration.operations.registering import open_invitation
from yingshang.kernel.administration.operations.setting_up import open_link
from yingshang.kernel.administration.queries import missing_duties


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """Let three people, one after another, make the account of one administrator each."""
    now = clock.now()
    with transaction.atomic():
        open_link(token, now)
    missing = missing_duties(clock.beijing_date(now))
    form = FirstAdministrator(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = operations.set_up_administrator(
            token=token, name=given["name"], username=given["username"], password=given["password"], at=now
        )
        messages.success(request, _("%(duty)s已经设好。") % {"duty": made.get_duty_display()})
        return redirect("account_login") if len(missing) == 1 else redirect(request.path)
    duties = [
        {"title": label, "is_done": duty not in missing, "is_next": missing[:1] == [duty]}
        for duty, label in org.Administrator.Duty.choices
    ]
    return render(request, "administration/setup.html", {"form": form, "duties": duties})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let a person set the password of their new account."""
    now = clock.now()
    with transaction.atomic():
        invitation = open_invitation(token, now)
    form = OwnPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.accept_invitation(token=token, password=form.cleaned_data["password"], at=now)
        messages.success(request, _("账号已经开通，请登录。"))
        return redirect("account_login")
    return render(request, "administration/invitation.html", {"form": form, "person": invitation.person})
