"""Addresses of limits, calendars and what stands on weak ground."""

from django.urls import path

from yingshang.kernel.clock import views

app_name = "clock"

urlpatterns = [
    path("law/limits/", views.limits, name="limits"),
    path("law/limits/<str:code>/", views.limit, name="limit"),
    path("law/unsourced/", views.unsourced, name="unsourced"),
    path("law/calendar/", views.calendar_years, name="calendar_years"),
    path("law/calendar/import/", views.import_calendar, name="import_calendar"),
    path("law/calendar/publish/", views.publish_calendar, name="publish_calendar"),
    path("law/calendar/<int:year>/", views.calendar_year, name="calendar_year"),
]
