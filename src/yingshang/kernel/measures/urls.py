"""Addresses of measures."""

from django.urls import path

from yingshang.kernel.measures import views

app_name = "measures"

urlpatterns = [
    path("measures/", views.index, name="index"),
    path("measures/<str:name>/", views.detail, name="detail"),
]
