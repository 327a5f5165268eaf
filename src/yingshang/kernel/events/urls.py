"""Addresses of the delivery page."""

from django.urls import path

from yingshang.kernel.events import views

app_name = "events"

urlpatterns = [
    path("operations/events/", views.deliveries, name="deliveries"),
    path("operations/events/<int:delivery_id>/try-again/", views.try_again, name="try_again"),
]
