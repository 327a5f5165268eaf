"""Addresses of bulletins."""

from django.urls import path

from yingshang.oversight.bulletins import views

app_name = "bulletins"

urlpatterns = [
    path("bulletins/", views.listing, name="list"),
    path("bulletins/<int:bulletin_id>/", views.one, name="one"),
    path("bulletins/<int:bulletin_id>/figures/<int:place>/", views.rows, name="rows"),
    path("workbench/bulletins/", views.drafts, name="drafts"),
    path("workbench/bulletins/<int:bulletin_id>/", views.draft, name="draft"),
    path("workbench/bulletins/<int:bulletin_id>/edit/", views.edit, name="edit"),
    path("workbench/bulletins/<int:bulletin_id>/do/<slug:deed>/", views.do, name="do"),
]
