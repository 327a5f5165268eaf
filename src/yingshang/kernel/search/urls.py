"""Addresses of search."""

from django.urls import path

from yingshang.kernel.search import views

app_name = "search"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/misses/", views.misses, name="misses"),
    path("search/misses/<slug:digest>/", views.miss, name="miss"),
]
