"""Addresses of supervision."""

from django.urls import path

from yingshang.oversight.supervision.views import authority
from yingshang.oversight.supervision.views.reports import asking, desk, filing

app_name = "supervision"

urlpatterns = [
    path("workbench/supervision/authority/", authority.authority, name="authority"),
    path("workbench/supervision/authority/<int:authority_id>/end/", authority.end, name="end_authority"),
    path("report/", filing.what, name="report"),
    path("report/where/", filing.where, name="report_where"),
    path("report/reach/", filing.reach, name="report_reach"),
    path("report/send/", filing.send, name="report_send"),
    path("report/status/", asking.status, name="report_status"),
    path("report/solved/", asking.solved, name="report_solved"),
    path("report/unsolved/", asking.unsolved, name="report_unsolved"),
    path("reports/", asking.figures, name="report_figures"),
    path("workbench/reports/", desk.reports, name="reports"),
    path("workbench/reports/<uuid:report_id>/", desk.report, name="report_desk"),
    path("workbench/reports/<uuid:report_id>/sign/", desk.sign, name="report_sign"),
    path("workbench/reports/<uuid:report_id>/contact/", desk.contact, name="report_contact"),
    path("workbench/reports/<uuid:report_id>/<slug:name>/", desk.deed, name="report_deed"),
]
