"""Reform practices: everybody sees them and the answers; the bureau proposes, each unit answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access, clock, org
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.forms.deeds import AnswerForm, PracticeForm
from yingshang.registers.catalogue.models import Adoption, Practice
from yingshang.registers.catalogue.queries import desk as queries
from yingshang.registers.catalogue.queries.zones import zones_on
from yingshang.registers.catalogue.views.asking import Asking, answer

ASKED = [org.Unit.Kind.GOV, org.Unit.Kind.VERTICAL, org.Unit.Kind.INSTITUTION, org.Unit.Kind.ZONE]


@require_safe
def practices(request: ActorRequest) -> HttpResponse:
    """List the practices with how many units adopt, decline or still owe an answer."""
    rows = queries.practices()
    page = keyset(rows, request, order=("-number",))
    listing = table(_columns(), page, request=request, name=_("改革经验"), empty=_("还没有征询过改革经验。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(rows))
    tables: list[tuple[str, Any]] = [("", listing)]
    if request.actor.unit and access.may(request.actor, "catalogue.adopt", _probe(request)) is None:
        mine = list(queries.waiting_for(request.actor.unit)[:50])
        if mine:
            waiting = table(_waiting_columns(), mine, name=_("等本单位答复"))
            tables.insert(0, (_("等本单位答复"), waiting))
    may_propose = access.may(request.actor, "catalogue.coordinate", None) is None
    context = {
        "heading": _("改革经验复制推广"),
        "intro": [_("园区或者外地试成的做法，逐个单位问：照此复制、调整后采用，还是不采用，都要写明理由。")],
        "buttons": [(_("征询一条经验"), reverse("catalogue:propose_practice"))] if may_propose else [],
        "tables": tables,
    }
    return render(request, "catalogue/listing.html", context)


@require_safe
def practice(request: ActorRequest, number: int) -> HttpResponse:
    """Show one practice and what every unit answered."""
    found = queries.practice_numbered(number)
    rows = queries.answers_to(found)
    listing = table(_answer_columns(request), rows, request=request, name=_("各单位的答复"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    context = {
        "heading": found.title,
        "back": (_("改革经验复制推广"), reverse("catalogue:practices")),
        "intro": [
            _("在哪里试的：%(where)s") % {"where": found.tried_in},
            found.what,
            _("效果：%(effect)s") % {"effect": found.effect},
            _("出处：%(source)s；请各单位在%(day)s前答复。")
            % {"source": found.source, "day": f"{found.decide_by:%Y年%m月%d日}"},
        ],
        "tables": [(_("各单位的答复"), listing)],
    }
    return render(request, "catalogue/listing.html", context)


def propose(request: ActorRequest) -> HttpResponse:
    """Put a practice to units."""
    access.permit(request.actor, "catalogue.coordinate")
    units = org.Unit.objects.on(clock.today())
    form = PracticeForm(
        _posted(request),
        units=list(units.filter(kind__in=ASKED, counts_only=False).values_list("code", "short_name")),
        zones=list(zones_on(clock.today()).values_list("code", "short_name")),
    )
    asking = Asking(
        heading=_("征询一条改革经验"),
        button=_("发出征询"),
        back=(_("改革经验复制推广"), reverse("catalogue:practices")),
        intro=[_("每个单位都会收到一件应办事项，到期不答复会亮灯。")],
    )

    def do() -> tuple[str, str]:
        given = dict(form.cleaned_data)
        asked, decide_by = given.pop("units"), given.pop("decide_by")
        made = operations.propose_practice(
            tried=operations.Tried(**given), units=asked, decide_by=decide_by, by=request.actor, at=clock.now()
        )
        return _("已发出征询。"), reverse("catalogue:practice", args=[made.number])

    return answer(request, form, asking, do=do)


def adopt(request: ActorRequest, adoption_id: int) -> HttpResponse:
    """Answer for one's own unit."""
    found = queries.adoption_for(request.actor, adoption_id)
    access.permit(request.actor, "catalogue.adopt", found)
    own = queries.items_of(request.actor.unit).values_list("slug", "title")
    form = AnswerForm(_posted(request), items=list(own))
    tried = found.practice
    asking = Asking(
        heading=_("答复改革经验"),
        button=_("答复"),
        back=(tried.title, reverse("catalogue:practice", args=[tried.number])),
        caption=tried.title,
        intro=[tried.what, tried.effect],
    )

    def do() -> tuple[str, str]:
        operations.answer_practice(adoption_id=adoption_id, **form.cleaned_data, by=request.actor, at=clock.now())
        return _("已答复。"), reverse("catalogue:practice", args=[tried.number])

    return answer(request, form, asking, do=do)


def _columns() -> list[Column]:
    return [
        Column(title=_("改革经验"), value="title", heads=True, href=_address, width=40),
        Column(title=_("在哪里试的"), value="tried_in", width=24),
        Column(title=_("问了几个单位"), value="asked", kind="number"),
        Column(title=_("采用"), value="adopted", kind="number"),
        Column(title=_("不采用"), value="declined", kind="number"),
        Column(title=_("待答复"), value="waiting", kind="number"),
        Column(title=_("答复期限"), value="decide_by", kind="date"),
    ]


def _waiting_columns() -> list[Column]:
    return [
        Column(title=_("改革经验"), value="practice.title", heads=True, width=40),
        Column(title=_("答复期限"), value="practice.decide_by", kind="date"),
        Column(title=_("办理"), value=lambda row: _("答复"), href=_answer_address, in_sheet=False),
    ]


def _answer_columns(request: ActorRequest) -> list[Column]:
    return [
        Column(title=_("单位"), value="unit.short_name", heads=True, width=24),
        Column(title=_("答复"), value=lambda row: row.get_decision_display()),
        Column(title=_("怎么用，或者为什么不用"), value="reason", width=50),
        Column(title=_("改变的事项"), value=lambda row: "；".join(item.title for item in row.items.all()), width=40),
        Column(title=_("答复日期"), value="decided_on", kind="date"),
    ]


def _probe(request: ActorRequest) -> Adoption:
    """Return what the policy is asked about: a question put to the actor's own unit."""
    return Adoption(unit=org.unit(request.actor.unit))


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _address(row: Practice) -> str:
    return reverse("catalogue:practice", args=[row.number])


def _answer_address(row: Adoption) -> str:
    return reverse("catalogue:answer_practice", args=[row.pk])
