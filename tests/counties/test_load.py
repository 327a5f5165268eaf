"""Every county folder loads, twice, and the second time changes nothing."""

import pytest
from django.conf import settings as configured

from yingshang.kernel import clock, org
from yingshang.site.county import load_county

COUNTIES = sorted(
    path.name for path in configured.YS_COUNTIES_DIR.iterdir() if path.is_dir() and not path.name.startswith("_")
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", COUNTIES)
def test_a_county_loads_and_loads_again(name, settings):
    settings.YS_COUNTY = name
    load_county(name)
    before = (org.Unit.objects.count(), clock.Limit.objects.count())
    load_county(name)
    assert (org.Unit.objects.count(), clock.Limit.objects.count()) == before
    assert min(before) > 0
