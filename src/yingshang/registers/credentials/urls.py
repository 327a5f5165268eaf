"""Addresses of credentials."""

from django.urls import path

from yingshang.registers.credentials import views

app_name = "credentials"

urlpatterns = [
    path("credentials/verify/", views.verify, name="verify"),
    path("credentials/verify/file/", views.verify_file, name="verify_file"),
    path("credentials/kinds/", views.kinds, name="kinds"),
    path("my/credentials/", views.mine, name="mine"),
    path("my/credentials/<uuid:credential_id>/", views.mine_one, name="mine_one"),
    path("workbench/credentials/", views.issued, name="issued"),
    path("workbench/credentials/<uuid:credential_id>/", views.issued_one, name="issued_one"),
    path("workbench/credentials/<uuid:credential_id>/do/<slug:deed>/", views.do, name="do"),
    path("workbench/credential-templates/", views.templates, name="templates"),
    path("workbench/credential-templates/<slug:code>/specimen.pdf", views.specimen, name="specimen"),
    path("workbench/credential-templates/<slug:code>/propose/", views.propose, name="propose"),
    path("workbench/credential-templates/releases/<int:release_id>/", views.release, name="release"),
]
