"""Addresses of the dashboards."""

from django.urls import path

from yingshang.oversight.dashboards import views

app_name = "dashboards"

urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("workbench/cockpit/", views.cockpit, name="cockpit"),
    path("workbench/cockpit/duties/", views.duties, name="duties"),
    path("workbench/cockpit/duties/<int:obligation_id>/", views.duty, name="duty"),
    path("workbench/calls/", views.calls, name="calls"),
    path("workbench/calls/<slug:code>/", views.note_call, name="note_call"),
    path("workbench/unit/", views.own_unit, name="own_unit"),
    path("workbench/unit/<slug:code>/", views.unit, name="unit"),
]
