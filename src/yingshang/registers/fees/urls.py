"""Addresses: the list for everybody, one's own charges, the desk of a unit."""

from django.urls import path

from yingshang.registers.fees.views import deeds, desk, mine, public

app_name = "fees"

urlpatterns = [
    path("fees/", public.rows, name="rows"),
    path("fees/mine/", mine.mine, name="mine"),
    path("fees/mine/<int:charge_id>/", mine.one, name="own_charge"),
    path("fees/mine/<int:charge_id>/pay/", mine.pay, name="pay"),
    path("fees/row/<slug:code>/", public.row, name="row"),
    path("workbench/fees/", desk.desk, name="desk"),
    path("workbench/fees/refunds/", desk.refunds, name="refunds"),
    path("workbench/fees/figures/", desk.figures, name="figures"),
    path("workbench/fees/statement/", desk.statement, name="statement"),
    path("workbench/fees/statement/<str:reference>/adopt/", deeds.adopt, name="adopt"),
    path("workbench/fees/check/", deeds.check, name="check"),
    path("workbench/fees/new/", deeds.new, name="new"),
    path("workbench/fees/paper/", deeds.paper, name="paper"),
    path("workbench/fees/<int:charge_id>/", desk.charge, name="charge"),
    path("workbench/fees/<int:charge_id>/void/", deeds.void, name="void"),
    path("workbench/fees/<int:charge_id>/refund/", deeds.refund, name="refund"),
]
