"""Cards that evaluation puts on shared pages."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import clock, web
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation.models import Evaluation, ExtractionTerms, Inquiry, OfficeHours, Owner


def to_do(actor: Actor, _subject: object) -> list[web.Card]:
    """The cards of inquiries to answer and of evaluations that hear objections. Queries: 3 at most."""
    if not actor.unit:
        return []
    return [*_to_state(actor), *_to_check(actor)]


def _to_state(actor: Actor) -> list[web.Card]:
    if not actor.holds("evaluation.state"):
        return []
    asking = Inquiry.objects.filter(unit__code=actor.unit, obligation__state="open")
    rows = [
        {"title": one.evaluation.title, "hint": _("第%(no)s号函，请填数据、附证据") % {"no": one.no}}
        for one in asking.select_related("evaluation", "obligation")
    ]
    if not rows:
        return []
    return [web.Card(title=_("评估机构要数据"), rows=rows, link=(_("去填"), reverse("evaluation:desk")))]


def _to_check(actor: Actor) -> list[web.Card]:
    if not actor.holds("evaluation.object"):
        return []
    hearing = list(Evaluation.objects.filter(dossier__state="objecting"))
    if not hearing or not Owner.objects.filter(unit__code=actor.unit, edition_key__in=[e.edition_key for e in hearing]):
        return []
    rows = [{"title": one.title, "hint": _("异议期内，请核对本单位的数据")} for one in hearing]
    return [web.Card(title=_("营商环境评价"), rows=rows, link=(_("核对"), reverse("evaluation:desk")))]


def unsourced(_actor: Actor, _subject: object) -> list[clock.Unsourced]:
    """Return office hours and extraction terms in force that have no source or something to confirm. Queries: 2."""
    weak = Q(source="") | ~Q(todo="")
    hours = OfficeHours.objects.filter(weak, effective_to=None)
    terms = ExtractionTerms.objects.filter(weak, effective_to=None)
    return [clock.Unsourced(kind="办公时间", title=str(one), todo=one.todo, source=one.source) for one in hours] + [
        clock.Unsourced(kind="系统抓取", title="公布的最少件数、各段的起止", todo=one.todo, source=one.source)
        for one in terms
    ]
