"""Guessing is slowed down, by address."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from yingshang.kernel.web import Pace


@pytest.mark.django_db
def test_an_address_waits_once_it_tried_too_often_in_vain(settings):
    settings.YS_TRIES_A_MINUTE = 2
    pace = Pace("tests.guessing")

    def asked(address):
        return RequestFactory().get("/api/v1/x", REMOTE_ADDR=address)

    for address in ("198.51.100.9", "2001:db8::1", "no address"):
        cache.clear()
        for _ in range(2):
            assert pace.refused(asked(address)) is None
            pace.count(asked(address))
        assert pace.refused(asked(address)).status_code == 429
    # A neighbor of the same network of IPv6 is the same guesser; another address is not.
    cache.clear()
    for _ in range(2):
        pace.count(asked("2001:db8::1"))
    assert pace.refused(asked("2001:db8::2")).status_code == 429
    assert pace.refused(asked("2001:db8:1::1")) is None
