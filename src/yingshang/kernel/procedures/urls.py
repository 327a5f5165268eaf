"""Addresses of procedures. A version number that no table can hold is no address."""

from django.urls import path, re_path

from yingshang.kernel.procedures import views

app_name = "procedures"

urlpatterns = [
    path("procedures/", views.procedures, name="list"),
    path("procedures/<slug:procedure_id>/", views.procedure, name="detail"),
    re_path(
        r"^procedures/(?P<procedure_id>[a-z][a-z0-9_-]*)/(?P<version>[1-9][0-9]{0,5})/$",
        views.procedure_version,
        name="version",
    ),
    re_path(
        r"^procedures/(?P<procedure_id>[a-z][a-z0-9_-]*)/(?P<version>[1-9][0-9]{0,5})\.bpmn$",
        views.bpmn_file,
        name="bpmn",
    ),
]
