"""The catalogue over the API: what is published for everybody, every deed for those who may do it."""

from __future__ import annotations

from yingshang.kernel.web import rest
from yingshang.registers.catalogue.rest import guides, handling, practices, published, writing

router = rest.Router()
for part in (guides, published, writing, handling, practices):
    router.add_router("", part.router)
