"""Addresses of draws."""

from django.urls import path

from yingshang.kernel.draws.views import ceremony, hosting, invited, public

app_name = "draws"

urlpatterns = [
    path("draws/", public.register, name="register"),
    path("draws/verify/", public.verify, name="verify"),
    path("draws/verify/offline.html", public.offline, name="offline"),
    path("draws/seal/", hosting.seal, name="seal"),
    path("draws/seal/<slug:name>.xlsx", hosting.sample, name="sample"),
    path("draws/invitations/", invited.invite, name="invitations"),
    path("draws/invitations/<int:invitation_id>/", invited.pledge, name="pledge"),
    path("draws/<int:serial>/", public.detail, name="detail"),
    path("draws/<int:serial>/draw.json", public.file, name="file"),
    path("draws/<int:serial>/ceremony/", ceremony.ceremony, name="ceremony"),
    path("draws/<int:serial>/ceremony/die/", ceremony.throw, name="throw"),
    path("draws/<int:serial>/ceremony/dice/", ceremony.throw_all, name="throw_all"),
    path("draws/<int:serial>/ceremony/confirm/", ceremony.confirm, name="confirm"),
    path("draws/<int:serial>/ceremony/beacon/", ceremony.give_beacon, name="beacon"),
    path("draws/<int:serial>/ceremony/disclose/<int:place>/", ceremony.disclose, name="disclose"),
    path("draws/<int:serial>/ceremony/silent/<int:place>/", ceremony.note_refusal, name="silent"),
    path("draws/<int:serial>/ceremony/run/", ceremony.run, name="run"),
    path("draws/<int:serial>/result/", hosting.result, name="result"),
    path("draws/<int:serial>/result/substitute/", hosting.substitute, name="substitute"),
    path("draws/<int:serial>/reveal/", hosting.reveal, name="reveal"),
    path("draws/<int:serial>/void/", hosting.void, name="void"),
]
