"""Addresses: one's own data, the desk of a unit, the purposes for everybody."""

from django.urls import path

from yingshang.registers.profiles.views import desk, objecting, own, public

app_name = "profiles"

urlpatterns = [
    path("profiles/", own.own, name="own"),
    path("profiles/readings/", own.readings, name="readings"),
    path("profiles/registry/", own.ask_registry, name="ask_registry"),
    path("profiles/export.json", own.export_json, name="export_json"),
    path("profiles/export.pdf", own.export_pdf, name="export_pdf"),
    path("profiles/fields/<str:field>/", own.change, name="change"),
    path("profiles/fields/<str:field>/correct/", objecting.correct, name="correct"),
    path("profiles/readings/<uuid:reading_id>/ask/", objecting.ask, name="ask"),
    path("profiles/objections/", objecting.objections, name="objections"),
    path("profiles/purposes/", public.purposes, name="purposes"),
    path("workbench/objections/", desk.desk, name="desk"),
    path("workbench/objections/<int:objection_id>/", desk.answer, name="answer"),
]
