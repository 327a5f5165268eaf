"""Log-in: nobody signs up, guessing is stopped by account and address, staff need two factors."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yingshang.kernel import org

pytestmark = pytest.mark.django_db

PASSWORD = "木兰花开十二朵 horse battery"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def official(example_county, settings):
    """王敏 with a password of her own, in a site that is no demo."""
    settings.YS_DEMO = False
    user = org.Person.objects.get(pseudonym=org.demo_pseudonym("wang_min")).user
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client, user, password=PASSWORD, **headers):
    return client.post("/account/login/", {"login": user.username, "password": password}, **headers)


def code():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize(
    "address", ["signup/", "email/", "password/reset/", "password/set/", "confirm-email/", "2fa/webauthn/signup/"]
)
def test_pages_that_nobody_needs_do_not_exist(client, address):
    assert client.get(f"/account/{address}").status_code == 404


def test_there_is_no_default_account(db):
    assert not get_user_model().objects.exclude(username__startswith="demo-").exists()
    assert not any(user.has_usable_password() for user in get_user_model().objects.all())


def test_a_password_alone_leads_staff_to_set_up_the_second_factor(client, official):
    log_in(client, official)
    answer = client.get("/workbench/")
    assert answer["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code == 200
    assert client.get("/api/v1/openapi.json").json()["code"] == "web.second_factor_needed"


def test_password_and_code_lead_to_the_workbench(client, official):
    TOTP.activate(official, SECRET)
    answer = log_in(client, official)
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/workbench/").status_code == 302
    client.post("/account/2fa/authenticate/", {"code": code()})
    answer = client.get("/workbench/")
    assert answer.status_code == 200
    assert answer.wsgi_request.actor.unit == "scjgj"
    assert answer["Cache-Control"] == "no-store"


def test_a_wrong_code_does_not_log_in(client, official):
    TOTP.activate(official, SECRET)
    log_in(client, official)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_the_secret_is_not_readable_in_the_table(official):
    TOTP.activate(official, SECRET)
    assert SECRET not in str(Authenticator.objects.get().data)


def test_guessing_is_stopped_and_does_not_lock_the_official_out_elsewhere(client, official):
    for _ in range(5):
        log_in(client, official, password="wrong", REMOTE_ADDR="10.0.0.1")
    stopped = log_in(client, official, REMOTE_ADDR="10.0.0.1")
    assert stopped.status_code == 429
    assert "操作太频繁" in stopped.content.decode()
    elsewhere = Client()
    assert log_in(elsewhere, official, REMOTE_ADDR="10.0.0.2").status_code == 302
    assert elsewhere.get("/").wsgi_request.user == official


def test_failures_do_not_tell_which_accounts_exist(client, official):
    def words(name):
        page = client.post("/account/login/", {"login": name, "password": "wrong"}).content.decode()
        return page.split("<main")[1].replace(name, "")

    known, unknown = words(official.username), words("demo-nobody_xx")
    assert [line for line in known.split("<") if "csrf" not in line] == [
        line for line in unknown.split("<") if "csrf" not in line
    ]


def test_a_person_with_several_standings_switches_between_them(client, example_county):
    unit = org.unit("sfj")
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym("wang_min"))
    post = org.Post.objects.filter(unit=unit).first()
    org.Appointment.objects.create(person=person, post=post, valid_from="2019-01-01")
    client.post(f"/demo/{person.pseudonym}/")
    before = client.get("/workbench/").wsgi_request.actor.unit
    answer = client.post("/account/standings/", {"standing": "unit:sfj" if before == "scjgj" else "unit:scjgj"})
    assert answer.status_code == 302
    assert client.get("/workbench/").wsgi_request.actor.unit == ("sfj" if before == "scjgj" else "scjgj")
    client.post("/account/standings/", {"standing": "unit:ysj"})
    assert client.get("/workbench/").wsgi_request.actor.unit != "ysj"


def test_after_the_first_page_it_costs_three_queries_to_know_an_official(client, example_county):
    client.post(f"/demo/{org.demo_pseudonym('wang_min')}/")
    assert client.get("/healthz").wsgi_request.actor.unit == "scjgj"
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/healthz").wsgi_request.actor.unit == "scjgj"
    assert [query["sql"].split('FROM "')[1].split('"')[0] for query in captured if "FROM" in query["sql"]] == [
        "django_session",
        "auth_user",
        "org_person",
        "org_unit",
        "org_post",
    ]


def test_a_demo_face_is_not_led_to_change_a_password_it_has_not(client, example_county, official):
    client.post(f"/demo/{org.demo_pseudonym('wu')}/")
    assert "/account/password/change/" not in client.get("/account/2fa/").content.decode()
    client.force_login(official)
    assert "/account/password/change/" in client.get("/account/2fa/").content.decode()


def test_a_demo_face_outside_demo_mode_has_a_password_level_only(client, example_county, settings):
    client.post(f"/demo/{org.demo_pseudonym('wang_min')}/")
    settings.YS_DEMO = False
    assert client.get("/workbench/")["Location"] == "/account/2fa/"
