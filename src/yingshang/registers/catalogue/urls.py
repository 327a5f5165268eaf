"""Addresses: the county's items for everybody, the desk of those who write, review and publish them."""

from django.urls import include, path

from yingshang.registers.catalogue.views import desk, editing, handling, moving_on, practices, public, sheets
from yingshang.registers.catalogue.views.guides import ADDRESSES

app_name = "catalogue"

urlpatterns = [
    *ADDRESSES,
    path("catalogue/", public.overview, name="overview"),
    path("catalogue/gaps/", public.gaps, name="gaps"),
    path("catalogue/practices/", practices.practices, name="practices"),
    path("catalogue/practices/<int:number>/", practices.practice, name="practice"),
    path("catalogue/items/<slug:slug>/versions/", public.history, name="history"),
    path("catalogue/items/<slug:slug>/versions/<int:first>/<int:second>/", public.compare, name="compare"),
    path("workbench/items/", desk.items, name="items"),
    path("workbench/items/new/", desk.new_item, name="new_item"),
    path("workbench/items/export/", sheets.items_out, name="items_out"),
    path("workbench/items/import/", include((sheets.ITEMS_IN.urls, "catalogue"), namespace="items_in")),
    path("workbench/items/materials/export/", sheets.materials_out, name="materials_out"),
    path(
        "workbench/items/materials/import/", include((sheets.MATERIALS_IN.urls, "catalogue"), namespace="materials_in")
    ),
    path("workbench/items/transfer/", handling.transfer, name="transfer"),
    path("workbench/items/propose/", practices.propose, name="propose_practice"),
    path("workbench/items/practices/<int:adoption_id>/", practices.adopt, name="answer_practice"),
    path("workbench/items/delegations/<int:delegation_id>/recall/", handling.recall, name="recall"),
    path("workbench/items/of/<slug:slug>/", desk.item, name="item_desk"),
    path("workbench/items/of/<slug:slug>/new-version/", desk.new_version, name="new_version"),
    path("workbench/items/of/<slug:slug>/end/", handling.end_item, name="end_item"),
    path("workbench/items/of/<slug:slug>/delegate/", handling.delegate, name="delegate"),
    path("workbench/item-versions/<int:version_id>/", editing.draft, name="draft"),
    path("workbench/item-versions/<int:version_id>/check/", moving_on.check, name="check"),
    path("workbench/item-versions/<int:version_id>/preview/", moving_on.preview, name="preview"),
    path("workbench/item-versions/<int:version_id>/send/", moving_on.send, name="send"),
    path("workbench/item-versions/<int:version_id>/review/", moving_on.review, name="review"),
    path("workbench/item-versions/<int:version_id>/publish/", moving_on.publish, name="publish"),
    path("workbench/item-versions/<int:version_id>/drop/", moving_on.drop, name="drop_version"),
    path("workbench/item-versions/<int:version_id>/roll-out/", moving_on.roll_out, name="roll_out"),
    path("workbench/item-versions/<int:version_id>/drop-trial/", moving_on.drop_trial, name="drop_trial"),
    path("workbench/item-versions/<int:version_id>/parts/<slug:part>/", editing.part, name="part"),
    path("workbench/item-versions/<int:version_id>/parts/<slug:part>/add/", editing.row, name="add_row"),
    path("workbench/item-versions/<int:version_id>/parts/<slug:part>/<int:number>/", editing.row, name="edit_row"),
    path(
        "workbench/item-versions/<int:version_id>/parts/<slug:part>/<int:number>/move/",
        editing.move_row,
        name="move_row",
    ),
]
