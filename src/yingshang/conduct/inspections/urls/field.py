"""Addresses of visits and of enterprises."""

from django.urls import path

from yingshang.conduct.inspections.views import enterprise, visits

urlpatterns = [
    path("inspections/visits/", visits.unit_visits, name="unit_visits"),
    path("inspections/visits/today/", visits.today, name="today"),
    path("inspections/visits/<uuid:public_id>/", visits.visit, name="visit"),
    path("inspections/visits/<uuid:public_id>/scan/", visits.scan, name="scan"),
    path("inspections/visits/<uuid:public_id>/sheet/", visits.sheet, name="sheet"),
    path("inspections/visits/<uuid:public_id>/stop/", visits.stop, name="stop"),
    path("inspections/visits/<uuid:public_id>/publish/", visits.publish, name="publish"),
    path("inspections/visits/<uuid:public_id>/correct/", visits.correct, name="correct"),
    path("inspections/visits/<uuid:public_id>/follow-ups/<int:follow_up_id>/", visits.finish, name="finish"),
    path("inspections/visits/<uuid:public_id>/notice/", enterprise.notice, name="notice"),
    path("inspections/visits/<uuid:public_id>/report/", enterprise.report, name="report"),
    path("inspections/visits/<uuid:public_id>/verify/", enterprise.verify, name="verify"),
    path("inspections/visits/<uuid:public_id>/rate/", enterprise.rate, name="rate"),
    path("inspections/follow-ups/<int:follow_up_id>/rectified/", enterprise.rectified, name="rectified"),
    path("inspections/alarms/", enterprise.alarms, name="alarms"),
    path("inspections/alarms/<int:alarm_id>/", enterprise.explain, name="explain"),
    path("inspections/at/<slug:code>/", enterprise.at, name="at"),
    path("enterprises/<slug:code>/", enterprise.enterprise, name="enterprise"),
    path("enterprises/<slug:code>/door/", enterprise.door, name="door"),
    path("enterprises/<slug:code>/alarm/", enterprise.alarm, name="alarm"),
]
