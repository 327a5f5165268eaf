"""Addresses of the public pages of lists."""

from django.urls import path

from yingshang.kernel.lists import views

app_name = "lists"

urlpatterns = [
    path("lists/", views.index, name="index"),
    path("lists/<slug:code>/", views.detail, name="detail"),
    path("lists/<slug:code>/<int:number>/", views.detail, name="edition"),
]
