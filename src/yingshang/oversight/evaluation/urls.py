"""Addresses of evaluation."""

from __future__ import annotations

from django.urls import path

from yingshang.oversight.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("", views.listed, name="list"),
    path("desk/", views.desk, name="desk"),
]
