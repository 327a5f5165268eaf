"""Addresses of the public pages of lists."""

from django.urls import path

from yingshang.kernel.lists import desk, views

app_name = "lists"

urlpatterns = [
    path("lists/", views.index, name="index"),
    path("lists/desk/", desk.index, name="desk"),
    path("lists/desk/editions/<int:edition_id>/", desk.edition, name="desk_edition"),
    path("lists/desk/editions/<int:edition_id>/review/", desk.review, name="review"),
    path("lists/desk/editions/<int:edition_id>/publish/", desk.publish, name="publish"),
    path("lists/desk/<slug:code>/sheet/", desk.sheet, name="sheet"),
    path("lists/desk/<slug:code>/sheet/template.xlsx", desk.sheet_template, name="sheet_template"),
    path("lists/desk/<slug:code>/sheet/<str:token>/", desk.sheet_preview, name="sheet_preview"),
    path("lists/desk/<slug:code>/sheet/<str:token>/confirm/", desk.sheet_confirm, name="sheet_confirm"),
    path("lists/<slug:code>/", views.detail, name="detail"),
    path("lists/<slug:code>/<int:number>/", views.detail, name="edition"),
]
