"""Addresses of evaluation."""

from __future__ import annotations

from django.urls import include, path

from yingshang.oversight.evaluation.views import (
    VALUES_IN,
    asking,
    collecting,
    desk,
    details,
    extracting,
    hearing,
    owners,
    public,
    sources,
)

app_name = "evaluation"

PUBLIC = [
    path("", public.listing, name="list"),
    path("<slug:code>/", public.one, name="one"),
    path("<slug:code>/indicators/<slug:key>/", public.indicator, name="indicator"),
    path("<slug:code>/series/<slug:key>/", public.series, name="series"),
    path("<slug:code>/codebook/", public.codebook, name="codebook"),
    path("<slug:code>/sensitivity/", public.sensitivity, name="sensitivity"),
    path("<slug:code>/sensitivity/<int:number>/", details.variant, name="variant"),
    path("<slug:code>/values/<int:no>/", details.collected, name="collected"),
    path("<slug:code>/edition/", details.edition, name="edition_of"),
    path("<slug:code>/trend/", details.trend, name="trend"),
    path("<slug:code>/check/", details.check, name="check"),
    path("<slug:code>/peers/", public.peers, name="peers"),
    path("<slug:code>/record/", public.record, name="record"),
    path("<slug:code>/data-room.zip", public.room, name="room_file"),
    path("<slug:code>/report.pdf", public.report, name="report"),
]

ROOM = [
    path("", desk.room, name="room"),
    path("do/<slug:deed>/", desk.do, name="do"),
    path("interest/", collecting.interest, name="interest"),
    path("edition/", collecting.edition, name="edition"),
    path("values/", collecting.cells, name="cells"),
    path("values/new/", collecting.value, name="value"),
    path("values/<int:value_id>/", collecting.settle, name="settle"),
    path("inquiries/", asking.inquiries, name="inquiries"),
    path("inquiries/to/<slug:unit>/", asking.inquire, name="inquire"),
    path("inquiries/<int:no>.pdf", asking.letter, name="letter_to"),
    path("statements/", asking.statements, name="statements"),
    path("statements/<int:no>/<slug:key>/", asking.statement, name="statement"),
    path("interviews/", sources.interviews, name="interviews"),
    path("surveys/", sources.published_surveys, name="surveys"),
    path("surveys/<slug:survey>/", sources.survey_figures, name="survey_figures"),
    path("extracts/", extracting.extracts, name="extracts"),
    path("extracts/new/", extracting.new, name="extract_new"),
    path("extracts/import/", extracting.outside, name="extract_log"),
    path("extracts/fill/", extracting.fill, name="extract_fill"),
    path("extracts/<int:no>/", extracting.one, name="extract"),
    path("extracts/<int:no>/lines/<int:line>/", extracting.take, name="take"),
    path("extracts/<int:no>/lines/<int:line>/cases/", extracting.cases, name="extract_cases"),
    path("extracts/<int:no>/<slug:part>/", extracting.one, name="extract_part"),
    path("asked/", collecting.asked, name="asked"),
    path("score-again/", collecting.score_again, name="score_again"),
    path("objections/<int:objection_id>/", collecting.answer, name="answer"),
    path("publish/", collecting.publish, name="publish"),
    path("hearing/", hearing.hearing, name="hearing"),
    path("hearing/<slug:key>/", hearing.object_to, name="object"),
]

urlpatterns = [
    path("evaluations/", include(PUBLIC)),
    path("evaluation-owners/", owners.matrices, name="matrices"),
    path("evaluation-owners/<slug:key>/", owners.matrix, name="matrix"),
    path("evaluation-owners/<slug:key>/<slug:unit>.pdf", owners.letter, name="letter"),
    path("workbench/evaluations/", desk.desk, name="desk"),
    path("workbench/evaluations/commission/", desk.commission, name="commission"),
    path("workbench/evaluations/import/", include((VALUES_IN.urls, "evaluation"), namespace="values_in")),
    path("workbench/evaluations/of/<slug:code>/", include(ROOM)),
]
