"""Addresses of documents."""

from django.urls import path

from yingshang.kernel.documents import views

app_name = "documents"

urlpatterns = [
    path("documents/<uuid:document_id>/file", views.download, name="download"),
    path("documents/check-seal/", views.check_seal, name="check_seal"),
]
