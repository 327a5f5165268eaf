"""A real county in place of the made-up one."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from yingshang.kernel import org, parties

COUNTIES = Path(__file__).resolve().parents[5] / "counties"


def load_mulan_alone():
    """Take the example county out of the database and load 木兰县; undone by the surrounding transaction."""
    for model in (parties.Mandate, parties.Party, org.Delegation, org.Appointment, org.Administrator, org.Post):
        model.objects.all()._raw_delete(model.objects.db)
    for model in (org.GroupMember, org.GroupAlias, org.Group, org.UnitAlias, org.UnitName, org.Person, org.Unit):
        model.objects.all()._raw_delete(model.objects.db)
    org.load(COUNTIES / "mulan")
    parties.load(COUNTIES / "mulan")


@pytest.fixture
def mulan(db, settings):
    """木兰县 alone, for the length of a test."""
    settings.YS_COUNTY = "mulan"
    with transaction.atomic():
        load_mulan_alone()
        yield
        # Undone before the deferred foreign keys are checked: others point at what was taken out.
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def mulan_names(django_db_setup, django_db_blocker):
    """Every name of 木兰县, read once; the database is left as it was."""
    with django_db_blocker.unblock(), override_settings(YS_COUNTY="mulan"), transaction.atomic():
        load_mulan_alone()
        names = org.NameBook.load()
        transaction.set_rollback(True)
    return names
