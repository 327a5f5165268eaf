"""Addresses of supervision."""

from django.urls import path

from yingshang.oversight.supervision.views import authority

app_name = "supervision"

urlpatterns = [
    path("workbench/supervision/authority/", authority.authority, name="authority"),
    path("workbench/supervision/authority/<int:authority_id>/end/", authority.end, name="end_authority"),
]
