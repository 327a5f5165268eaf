"""Addresses: what everybody sees, visits, and the office at the workbench."""

from yingshang.conduct.inspections.urls import field, office, public

app_name = "inspections"

urlpatterns = [*public.urlpatterns, *field.urlpatterns, *office.urlpatterns]
