"""Addresses of credentials."""

from django.urls import path

from yingshang.registers.credentials import views

app_name = "credentials"

urlpatterns = [
    path("credentials/verify/", views.verify, name="verify"),
]
