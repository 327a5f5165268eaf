"""A food license from a phone to a stranger who verifies it; and an application that nobody answered."""

from datetime import date

import pytest
from django.db import connection

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import Case
from yingshang.kernel import org
from yingshang.kernel.ledger import Entry
from yingshang.registers.credentials.models import Credential
from yingshang.site.story.scene import play
from yingshang.site.story.service_cases import DEEMED, LICENSE

pytestmark = pytest.mark.mission("13f", "14a", "11f")

FIRST_DAY = date(2026, 3, 2)  # a Monday


def told(chapter, settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    lines = []
    for line in play(chapter, first_day=FIRST_DAY):
        lines.append(line)
        connection.check_constraints()  # what the commit of each deed does: strict entries get their leaves
    return lines


def page(client, address, key=""):
    if key:
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_license_is_applied_for_corrected_once_sealed_and_verified_by_a_stranger(
    example_county, settings, tmp_path, client
):
    lines = told(LICENSE, settings, tmp_path)
    assert len(lines) == len(LICENSE.acts)
    case = Case.objects.get()
    assert [int(code) for code in queries.official_codes([case])[case.pk]] == [1, 6, 7, 3, 8, 8, 8, 11]
    license_ = Credential.objects.get(dossier=case.dossier)
    assert Entry.objects.filter(kind="credentials.issued").count() == 1

    # The applicant: the whole way, and the license.
    mine = page(client, f"/mine/cases/{case.number}/", "fan")
    assert "平面图" in mine and "食品经营许可" in mine
    assert license_.number in page(client, "/my/credentials/")

    # A stranger without an account: the receipt opens where it stands, the license proves itself.
    client.logout()
    opened = client.post("/status/", {"number": case.number, "secret": queries.secret_of(case.number)}, follow=True)
    assert opened.status_code == 200 and "已送达" in opened.content.decode()
    proof = page(client, f"/credentials/verify/?code={license_.code}")
    assert "真的" in proof or "有效" in proof
    assert client.get(f"/mine/cases/{case.number}/").status_code in {302, 404}


def test_an_application_that_nobody_answered_counts_as_accepted_from_its_first_day(
    example_county, settings, tmp_path, client
):
    lines = told(DEEMED, settings, tmp_path)
    assert "视为受理" in lines[-1] and "03月02日" in lines[-1]
    case = Case.objects.get()
    assert case.state == "accepted" and case.due_date == date(2026, 3, 12)  # eight working days from the 2nd
    assert "视为受理" in page(client, f"/mine/cases/{case.number}/", "fan")
