"""The items of the example county stand as published, each with its own procedure."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from yingshang.registers.catalogue import api, operations
from yingshang.registers.catalogue.models import ItemVersion

DAY = date(2026, 3, 2)


@pytest.mark.django_db
def test_an_item_file_is_published_with_its_procedure_and_can_be_loaded_again():
    found = api.version_on("food-business", DAY)
    assert found.item_code == "11239901MB0000115D4230131001001"
    assert found.procedure.procedure_id == "item-food-business"
    assert api.takes_new_cases("food-business", DAY) is None
    assert api.acting_unit(found, day=DAY) == "scjgj"
    shop = {material.key for material in api.materials_for(found, {"business": "shop"})}
    cold = {material.key for material in api.materials_for(found, {"business": "restaurant", "cold-dishes": "yes"})}
    assert shop == {"business-license", "floor-plan"}
    assert cold == {"business-license", "floor-plan", "health-certificate", "cold-room-plan"}
    before = ItemVersion.objects.count()
    operations.load(settings.YS_COUNTIES_DIR / "example")
    assert ItemVersion.objects.count() == before


@pytest.mark.django_db
def test_the_database_itself_keeps_what_is_published():
    pk = api.version_on("food-business", DAY).pk
    for change in ({"content": {}}, {"state": "draft"}, {"effective_from": date(2027, 1, 1)}, {"digest": "0" * 64}):
        with pytest.raises(DatabaseError, match="cannot change"), transaction.atomic():
            ItemVersion.objects.filter(pk=pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemVersion.objects.filter(pk=pk).delete()
