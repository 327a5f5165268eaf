"""Addresses of the portal; its home is the head of the site's first page."""

from django.urls import path

from yingshang.channels.portal import views

app_name = "portal"

urlpatterns = [
    path("portal/events/<slug:key>/", views.event, name="event"),
    path("portal/for/<slug:key>/", views.way, name="way"),
    path("portal/units/", views.units, name="units"),
    path("portal/units/<slug:code>/", views.unit, name="unit"),
    path("portal/services/", views.services, name="services"),
    path("my/", views.mine, name="mine"),
]
