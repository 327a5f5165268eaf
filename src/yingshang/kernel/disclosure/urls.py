"""Addresses of the public pages of disclosures."""

from django.urls import path

from yingshang.kernel.disclosure import views

app_name = "disclosure"

urlpatterns = [
    path("disclosures/", views.index, name="index"),
    path("disclosures/<int:disclosure_id>/", views.detail, name="detail"),
    path("disclosures/<int:disclosure_id>/withdraw/", views.withdraw, name="withdraw"),
    path("disclosures/<int:disclosure_id>/content.json", views.content, name="content"),
]
