"""Public addresses of the ledger."""

from django.urls import path

from yingshang.kernel.ledger import files, views

app_name = "ledger"

urlpatterns = [
    path("ledger/", views.index, name="index"),
    path("ledger/verify", views.verify, name="verify"),
    path("ledger/entry/<uuid:entry_id>", views.entry, name="entry"),
    path("ledger/entry/<uuid:entry_id>.tlog-proof", views.proof, name="proof"),
    path("ledger/checkpoint", files.checkpoint, name="checkpoint"),
    path("ledger/tile/<path:name>", files.tile, name="tile"),
]
