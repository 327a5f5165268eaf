"""Who may do what: the public table, and the answer for one deed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access, clock, org, parties, registry
from yingshang.kernel.access import Explanation
from yingshang.kernel.administration.forms import Explain
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor, Level
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out


@require_safe
def rules(request: ActorRequest) -> HttpResponse:
    """Show every action with its policy in words: what may be done here, and by whom."""
    titles = registry.known_actions()
    rows = [{"title": titles[action], "words": rule.words, "action": action} for action, rule in access.rules().items()]
    columns = [
        Column(title=_("办什么事"), value="title", heads=True),
        Column(title=_("谁可以办"), value="words", width=60),
        Column(title=_("代码"), value="action", kind="code"),
    ]
    shown = table(columns, rows, request=request, name=_("办事权限规则"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(shown)
    return render(request, "administration/rules.html", {"table": shown})


@dataclass(frozen=True)
class Answer:
    """What a policy says to a person in one of their capacities."""

    capacity: str
    explanation: Explanation | None
    unclear: str = ""


@require_safe
def explain(request: ActorRequest) -> HttpResponse:
    """Answer for oneself, or for another where the policy allows asking, in every capacity of that person."""
    actor: Actor = request.actor
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    form = Explain(request.GET or None, actions=registry.known_actions())
    answers: list[Answer] = []
    rule = None
    if request.GET and form.is_valid():
        asked = form.cleaned_data
        rule = access.rules()[asked["action"]]
        subject = access.subject_of(asked["action"], asked["subject"]) if asked["subject"] else None
        for capacity, who in _capacities(actor, asked["person"]):
            answers.append(_answer(capacity, who, asked["action"], subject))
    return render(request, "administration/explain.html", {"form": form, "answers": answers, "rule": rule})


def _answer(capacity: str, who: Actor, action: str, subject: object) -> Answer:
    try:
        return Answer(capacity, access.explain(who, action, subject))
    except AttributeError:
        # A policy may take for granted that it is asked about something.
        if subject is None:
            return Answer(capacity, None, _("这一项要看具体的对象，请填写对象编号。"))
        raise


def _capacities(actor: Actor, pseudonym: str) -> list[tuple[str, Actor]]:
    """Return (capacity, actor) of the person asked about; of the one who asks, as they act now."""
    if not pseudonym or pseudonym == actor.person:
        return [(_("您现在的身份"), actor)]
    person = org.Person.objects.filter(pseudonym=pseudonym).first()
    access.permit(actor, "administration.explain_for_others", person)
    if person is None:
        raise NotFound("这个人员代号")
    today, level = clock.today(), Level.SECOND_FACTOR
    found = [(_("本人"), parties.actor_for(person, on=today, level=level))]
    found += [
        (unit.short_name, parties.actor_for(person, unit=unit, on=today, level=level))
        for unit in org.units_of(person, today)
    ]
    for party in parties.parties_of(person, today):
        try:
            found.append((party.display_name, parties.actor_for(person, party=party, on=today, level=level)))
        except Refusal:  # the mandate ended between the two questions
            continue
    return found
