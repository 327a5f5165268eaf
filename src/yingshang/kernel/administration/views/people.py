"""Pages of people, appointments and duties, for the security administrator."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.kernel import access, clock, org
from yingshang.kernel.administration import operations
from yingshang.kernel.administration.forms import Appoint, GiveDuty, NewPerson, OnDay
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, keyset, table


def _person(pseudonym: str) -> org.Person:
    person = org.Person.objects.filter(pseudonym=pseudonym).first()
    if person is None:
        raise NotFound("这个人员")
    return person


def _staff() -> QuerySet[org.Person]:
    """Return those with an account: the only people who can hold a post."""
    return org.Person.objects.filter(user__isnull=False)


@require_safe
def people(request: ActorRequest) -> HttpResponse:
    """List the people with an account."""
    access.permit(request.actor, "administration.appoint", None)
    columns = [
        Column(
            title=_("姓名"),
            value="name",
            heads=True,
            href=lambda person: reverse("administration:person", args=[person.pseudonym]),
        ),
        Column(title=_("人员代号"), value="pseudonym", kind="code"),
    ]
    shown = table(columns, keyset(_staff(), request, order=["name"]))
    return render(request, "administration/people.html", {"table": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: ActorRequest) -> HttpResponse:
    """Open an account and show its one-time link, once."""
    actor = request.actor
    access.permit(actor, "administration.appoint", None)
    form = NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person, link = operations.register_person(**form.cleaned_data, by=actor, at=clock.now())
        address = request.build_absolute_uri(link)
        return render(request, "administration/registered.html", {"person": person, "address": address})
    return render(request, "administration/form.html", {"form": form, "title": _("开通账号"), "button": _("开通")})


@require_safe
def person(request: ActorRequest, pseudonym: str) -> HttpResponse:
    """Show what a person holds, and what can be given or ended."""
    shown, today = _person(pseudonym), clock.today()
    actor = request.actor
    access.permit(actor, "administration.appoint", None)
    context = {
        "person": shown,
        "appointments": org.Appointment.objects.filter(person=shown).select_related("post__unit"),
        "delegations": org.Delegation.objects.filter(to_person=shown).select_related("post__unit", "from_person"),
        "duties": org.Administrator.objects.filter(person=shown),
        "refusal": access.may(actor, "administration.appoint", shown),
        "appoint": Appoint(auto_id="post_%s", day=today, initial={"on": today}),
        "give_duty": GiveDuty(auto_id="duty_%s", initial={"on": today}),
        "today": today,
    }
    return render(request, "administration/person.html", context)


@require_POST
def appoint(request: ActorRequest, pseudonym: str) -> HttpResponse:
    """Appoint the person to a post."""
    form = Appoint(request.POST, day=clock.today())
    if form.is_valid():
        post, on = form.cleaned_data["post"], form.cleaned_data["on"]
        operations.appoint(person_id=_person(pseudonym).pk, post_id=post.pk, on=on, by=request.actor)
        messages.success(request, _("已办理任职。"))
        return redirect("administration:person", pseudonym)
    return render(request, "administration/form.html", {"form": form, "title": _("办理任职"), "button": _("任命")})


@require_POST
def give_duty(request: ActorRequest, pseudonym: str) -> HttpResponse:
    """Make the person one of the three administrators."""
    form = GiveDuty(request.POST)
    if form.is_valid():
        operations.appoint_administrator(
            person_id=_person(pseudonym).pk,
            **form.cleaned_data,
            by=request.actor,
        )
        messages.success(request, _("已任命。"))
        return redirect("administration:person", pseudonym)
    return render(request, "administration/form.html", {"form": form, "title": _("任命三员"), "button": _("任命")})


@require_POST
def end_appointment(request: ActorRequest, number: int) -> HttpResponse:
    """End an appointment."""
    form = OnDay(request.POST)
    if form.is_valid():
        on = form.cleaned_data["on"]
        ended = operations.end_appointment(appointment_id=number, on=on, by=request.actor)
        messages.success(request, _("已办理免职。"))
        return redirect("administration:person", ended.person.pseudonym)
    return render(request, "administration/form.html", {"form": form, "title": _("办理免职"), "button": _("免职")})


@require_POST
def end_duty(request: ActorRequest, number: int) -> HttpResponse:
    """End a duty of one of the three."""
    form = OnDay(request.POST)
    if form.is_valid():
        on = form.cleaned_data["on"]
        ended = operations.end_administrator(administrator_id=number, on=on, by=request.actor)
        messages.success(request, _("已办理免职。"))
        return redirect("administration:person", ended.person.pseudonym)
    return render(request, "administration/form.html", {"form": form, "title": _("免去三员"), "button": _("免职")})
