"""The pages of holders and of the issuing unit, and the same over the API."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from yingshang.kernel import clock, org, parties
from yingshang.kernel.testing import actor_of
from yingshang.registers.credentials.models import Credential, Release
from yingshang.registers.credentials.tests.factories import VALUES, issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county", "sealing")]

API = "/api/v1/credentials"


def log_in(key):
    client = Client()
    client.post(f"/demo/{org.demo_pseudonym(key)}/")
    return client


def own_license():
    """Issue 赵兰 a permit that ends in a month."""
    zhao = parties.party(actor_of("zhao").party)
    today = clock.today()
    sun = actor_of("sun", unit="scjgj", on=today)
    return issue(
        zhao,
        kind="permit",
        fields={"name": "赵兰", "content": "临时占道经营"},
        number="木市监许可001",
        day=today,
        valid_to=today + timedelta(days=30),
        by=sun,
    )


def test_a_holder_sees_and_downloads_their_own_and_nobody_elses(django_assert_max_num_queries):
    one = own_license()
    zhao, wu = log_in("zhao"), log_in("wu")
    with django_assert_max_num_queries(25):
        assert one.number in zhao.get("/my/credentials/").content.decode()
    page = zhao.get(f"/my/credentials/{one.pk}/").content.decode()
    assert "临时占道经营" in page
    assert f"/documents/{one.document_id}/file" in page
    file = zhao.get(f"/documents/{one.document_id}/file")
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert zhao.get("/my/credentials/", {"format": "xlsx"}).status_code == 200
    for address in (f"/my/credentials/{one.pk}/", f"/documents/{one.document_id}/file"):
        assert wu.get(address).status_code == 404
    assert one.number not in wu.get("/my/credentials/").content.decode()
    assert zhao.get(f"{API}/mine").json()["rows"][0]["number"] == one.number
    assert zhao.get(f"{API}/mine/{one.pk}").json()["history"][0]["state"] == "in_force"
    assert wu.get(f"{API}/mine/{one.pk}").status_code == 404


def test_the_issuing_unit_replaces_and_revokes_on_its_pages(django_assert_max_num_queries):
    one = own_license()
    sun, li_qiang = log_in("sun"), log_in("li_qiang")
    with django_assert_max_num_queries(30):
        listed = sun.get("/workbench/credentials/", {"state": "in_force", "kind": "permit", "number": "木市监"})
    assert one.number in listed.content.decode()
    assert sun.get("/workbench/credentials/", {"format": "xlsx"}).status_code == 200
    assert li_qiang.get(f"/workbench/credentials/{one.pk}/").status_code == 404
    assert "换发、补发证照" in sun.get(f"/workbench/credentials/{one.pk}/").content.decode()
    place = f"/workbench/credentials/{one.pk}/do/"
    faulty = sun.post(f"{place}revoke/", {"reason": "", "basis": ""})
    assert "请填写" in faulty.content.decode()
    assert sun.get(f"{place}frighten/").status_code == 404
    changed = {f"field-{key}": value for key, value in (one.fields | {"content": "占道经营"}).items()}
    sun.post(f"{place}replace/", {"cause": "changed", **changed})
    new = Credential.objects.get(replaces=one)
    assert new.fields["content"] == "占道经营"
    applied = {"applied_on": clock.today().isoformat(), "valid_to": (clock.today() + timedelta(days=60)).isoformat()}
    sun.post(f"/workbench/credentials/{new.pk}/do/renew/", applied)
    newest = Credential.objects.get(replaces=new)
    given = {"reason": "违法经营", "basis": "《行政许可法》第六十九条"}
    answer = sun.post(f"/workbench/credentials/{newest.pk}/do/revoke/", given, follow=True).content.decode()
    assert "已撤销" in answer
    assert "这一版已经失效" in answer
    assert "已经被撤销" in Client().get("/credentials/verify/", {"code": newest.code}).content.decode()


def test_two_people_release_a_template_on_the_page():
    Release.objects.all().delete()
    sun, wei, zhao = log_in("sun"), log_in("wei"), log_in("zhao")
    assert zhao.get("/workbench/credential-templates/").status_code == 404
    specimen = sun.get("/workbench/credential-templates/food-business/specimen.pdf")
    assert specimen.content.startswith(b"%PDF")
    assert specimen["Content-Disposition"].startswith("attachment")
    sun.post("/workbench/credential-templates/food-business/propose/")
    release = Release.objects.get()
    assert "食品经营许可证" in wei.get("/workbench/").content.decode()
    assert sun.post(f"/workbench/credential-templates/releases/{release.pk}/").status_code == 409
    page = wei.get("/workbench/credential-templates/").content.decode()
    assert "样张没有问题，启用“食品经营许可证”" in page
    wei.post(f"/workbench/credential-templates/releases/{release.pk}/")
    release.refresh_from_db()
    assert release.released_by == org.demo_pseudonym("wei")


def test_the_api_issues_once_verifies_and_takes_away():
    sun = log_in("sun")
    holder = parties.Party.objects.create(kind="household", display_name="示例店", is_demo=True)
    asked = {
        "kind": "food-business",
        "holder": str(holder.public_id),
        "number": "JY1",
        "fields": {key: value for key, value in VALUES.items() if key != "phone"},
        "valid_from": clock.today().isoformat(),
    }

    def post(address, body, status):
        answer = sun.post(f"{API}{address}", json.dumps(body), content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    made = post("/issued", asked, 201)
    assert post("/issued", asked, 201)["id"] == made["id"]
    one = Credential.objects.get(pk=made["id"])
    assert Client().get(f"{API}/verify", {"code": one.code}).json()["holds"] is True
    asked_by_file = {"digest": one.document.digest}
    assert Client().get(f"{API}/verify/file", asked_by_file).json()["credential"]["number"] == "JY1"
    assert Client().get(f"{API}/verify/file", {"digest": "0" * 64}).json()["verdict"] == "unknown"
    assert any(kind["code"] == "food-business" for kind in Client().get(f"{API}/kinds").json())
    replaced = post(f"/issued/{made['id']}/replace", {"cause": "lost"}, 201)
    assert sun.get(f"{API}/issued", {"state": "in_force"}).json()["rows"][0]["id"] == replaced["id"]
    assert sun.get(f"{API}/issued/{made['id']}").json()["replaced_by"] == replaced["id"]
    post(f"/issued/{replaced['id']}/renew", {"applied_on": clock.today().isoformat()}, 409)
    post(f"/issued/{replaced['id']}/cancel", {"reason": "歇业", "basis": "《行政许可法》第七十条"}, 200)
    post(f"/issued/{replaced['id']}/revoke", {"reason": "歇业", "basis": "《行政许可法》第七十条"}, 409)
    assert sun.get(f"{API}/templates").json()[0]["is_released"] is True
    post("/templates/food-business/propose", {}, 409)
