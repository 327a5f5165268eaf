"""Addresses of cases."""

from django.urls import path

from yingshang.casework.cases.views import adding, apply, desk, mine, public

app_name = "cases"

urlpatterns = [
    path("apply/uploads/", apply.announce, name="apply_announce"),
    path("apply/uploads/<uuid:public_id>/", apply.piece, name="apply_upload"),
    path("apply/drafts/<uuid:public_id>/", apply.overview, name="apply_overview"),
    path("apply/drafts/<uuid:public_id>/questions/<slug:key>/", apply.question, name="apply_question"),
    path("apply/drafts/<uuid:public_id>/pages/<int:number>/", apply.page, name="apply_page"),
    path("apply/drafts/<uuid:public_id>/materials/<slug:key>/", apply.material, name="apply_material"),
    path(
        "apply/drafts/<uuid:public_id>/materials/<slug:key>/<uuid:upload>/remove/",
        apply.remove_file,
        name="apply_remove_file",
    ),
    path("apply/drafts/<uuid:public_id>/check/", apply.check, name="apply_check"),
    path("apply/drafts/<uuid:public_id>/paper/", apply.paper, name="apply_paper"),
    path("apply/drafts/<uuid:public_id>/renew/", apply.renew, name="apply_renew"),
    path("apply/drafts/<uuid:public_id>/refresh/", apply.refresh, name="apply_refresh"),
    path("apply/drafts/<uuid:public_id>/drop/", apply.drop, name="apply_drop"),
    path("apply/<slug:item>/", apply.start, name="apply_start"),
    path("mine/cases/", mine.mine, name="mine"),
    path("mine/cases/<str:number>/", mine.case, name="mine_case"),
    path("mine/cases/<str:number>/received/", mine.received, name="mine_received"),
    path("mine/cases/<str:number>/receipt/", mine.receipt, name="mine_receipt"),
    path("mine/cases/<str:number>/application/", mine.application, name="mine_application"),
    path("mine/cases/<str:number>/correct/", adding.correct, name="mine_correct"),
    path("mine/cases/<str:number>/supply/", adding.supply, name="mine_supply"),
    path("mine/cases/<str:number>/withdraw/", mine.withdraw, name="mine_withdraw"),
    path("workbench/cases/", desk.todo, name="desk"),
    path("workbench/cases/scan/", desk.scan, name="desk_scan"),
    path("workbench/cases/next/", desk.next_one, name="desk_next"),
    path("workbench/cases/keys/", desk.keys, name="desk_keys"),
    path("workbench/cases/filters/", desk.save, name="desk_save"),
    path("workbench/cases/filters/<int:filter_id>/forget/", desk.forget, name="desk_forget"),
    path("workbench/cases/measures/", desk.measures, name="desk_measures"),
    path("workbench/cases/enter/", desk.enter_choose, name="desk_enter_choose"),
    path("workbench/cases/enter/<slug:item>/", desk.enter, name="desk_enter"),
    path("workbench/cases/many/<slug:deed>/", desk.many, name="desk_many"),
    path("workbench/cases/<str:number>/", desk.case, name="desk_case"),
    path("workbench/cases/<str:number>/correction/", desk.correction, name="desk_correction"),
    path("workbench/cases/<str:number>/correction/preview/", desk.preview, name="desk_preview"),
    path("workbench/cases/<str:number>/do/<slug:deed>/", desk.do, name="desk_do"),
    path("workbench/cases/<str:number>/papers/<slug:kind>/issue/", desk.issue, name="desk_issue"),
    path(
        "workbench/cases/<str:number>/look/<uuid:document_id>/<int:page>.png",
        desk.look,
        name="desk_look",
    ),
    path("status/", public.status, name="status"),
]
