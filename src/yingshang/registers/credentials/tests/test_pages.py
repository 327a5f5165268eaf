"""The pages of holders and of the issuing unit, and the same over the API."""

import json

import pytest

from yingshang.kernel import parties
from yingshang.kernel.testing import actor_of
from yingshang.registers.credentials.models import Credential, Release
from yingshang.registers.credentials.tests.factories import issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]

API = "/api/v1/credentials"


def acting(client, key, unit=""):
    """Log a face in, in one capacity."""
    raise NotImplementedError
