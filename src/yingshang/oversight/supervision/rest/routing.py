"""The router that every part of this API shares."""

from yingshang.kernel.web import rest

router = rest.Router()
