"""Cards that evaluation puts on shared pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import web
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation.models import Evaluation, Owner


def to_do(actor: Actor, _subject: object) -> list[web.Card]:
    """The card of evaluations that now hear objections, for the units that answer for series. Queries: 2 at most."""
    if not (actor.unit and actor.holds("evaluation.object")):
        return []
    hearing = list(Evaluation.objects.filter(dossier__state="objecting"))
    if not hearing or not Owner.objects.filter(unit__code=actor.unit, edition_key__in=[e.edition_key for e in hearing]):
        return []
    rows = [{"title": one.title, "hint": _("异议期内，请核对本单位的数据")} for one in hearing]
    return [web.Card(title=_("营商环境评价"), rows=rows, link=(_("核对"), reverse("evaluation:desk")))]
