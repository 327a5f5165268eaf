"""Addresses: what everybody sees, and the office at the workbench."""

from yingshang.conduct.inspections.urls import office, public

app_name = "inspections"

urlpatterns = [*public.urlpatterns, *office.urlpatterns]
