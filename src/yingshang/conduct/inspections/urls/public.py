"""Addresses that everybody may open."""

from django.urls import path

from yingshang.conduct.inspections.views import plans, public, settled

urlpatterns = [
    path("inspections/", public.overview, name="overview"),
    path("inspections/items/", settled.items, name="items"),
    path("inspections/items/<slug:code>/", settled.item, name="item"),
    path("inspections/settled/", settled.settled, name="settled"),
    path("inspections/plans/", public.plans, name="plans"),
    path("inspections/plans/<int:plan_id>/", plans.plan, name="plan"),
    path("inspections/draws/", public.draws, name="draws"),
    path("inspections/stops/", public.stops, name="stops"),
]
