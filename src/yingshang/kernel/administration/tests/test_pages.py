"""The pages translate and nothing more: every deed is there, every no has its words."""

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from yingshang.kernel import administration, clock, org, registry

pytestmark = pytest.mark.django_db
PASSWORD = "a long one of one's own"


@pytest.fixture
def enter(client, example_county):
    """Come in as a demo person, through the page of faces."""

    def as_person(key):
        response = client.post(reverse("web:become", args=[org.demo_pseudonym(key)]))
        assert response.status_code == 302, "no such face"
        return client

    return as_person


def address(name, *args):
    return reverse(f"administration:{name}", args=args)


def test_the_rules_of_access_are_public(client):
    page = client.get(address("rules")).content.decode()
    assert "系统管理员不能任命人员" in page
    assert "administration.appoint" in page


def test_the_rules_come_as_a_workbook(client):
    response = client.get(address("rules"), {"format": "xlsx"})
    assert response.status_code == 200
    assert (b"".join(response.streaming_content) if response.streaming else response.content)[:2] == b"PK"


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("zheng", "units", 200),
        ("zheng", "people", 409),
        ("zheng", "log", 409),
        ("feng", "units", 409),
        ("feng", "people", 200),
        ("feng", "log", 409),
        ("chen", "units", 409),
        ("chen", "people", 409),
        ("chen", "log", 200),
        ("zhou", "units", 409),
        ("zhou", "my_posts", 200),
        ("wu", "people", 409),
        ("wu", "my_posts", 404),
    ],
)
def test_each_sees_their_own_pages_and_no_other(enter, who, name, status):
    assert enter(who).get(address(name)).status_code == status


@pytest.mark.parametrize("name", ["units", "people", "log", "my_posts", "found_unit", "register"])
def test_a_visitor_sees_none(client, name):
    assert client.get(address(name)).status_code in (404, 409)


def test_a_unit_is_founded_renamed_and_merged_on_the_pages(enter):
    client, today = enter("zheng"), clock.today().isoformat()
    facts = {"code": "dsjj", "name": "示例县大数据局", "short_name": "县大数据局", "kind": "gov", "parent": "shili"}
    assert client.post(address("found_unit"), facts | {"on": "2026-01-05"}).status_code == 302
    new = {"name": "示例县数据局", "short_name": "县数据局", "on": today}
    assert client.post(address("rename_unit", "dsjj"), new).status_code == 302
    assert org.unit("dsjj").short_name == "县数据局"
    assert "示例县大数据局" in client.get(address("unit", "dsjj")).content.decode()
    assert client.post(address("close_unit", "dsjj"), {"into": "fgj", "on": today}).status_code == 302
    assert org.unit("dsjj").successor.code == "fgj"


def test_a_unit_gets_posts_and_joins_groups_on_the_pages(enter):
    client = enter("zheng")
    assert client.post(address("open_post", "gsl"), {"code": "publisher", "on": "2026-01-05"}).status_code == 302
    post = org.Post.objects.get(unit__code="gsl", code="publisher")
    joins = {"group": "xzbm", "deed": "join", "on": "2026-01-05", "source": "示例文件"}
    assert client.post(address("membership", "gsl"), joins).status_code == 302
    page = client.get(address("unit", "gsl")).content.decode()
    assert "县直各部门" in page
    assert "公示岗" in page
    assert client.post(address("close_post", post.pk), {"on": "2026-02-02"}).status_code == 302
    assert "（已撤销）" in client.get(address("unit", "gsl")).content.decode()


@pytest.mark.parametrize("page", ["unit", "person"])
def test_no_two_controls_of_a_page_share_an_id(enter, page):
    who, number = ("zheng", "sfj") if page == "unit" else ("feng", org.demo_pseudonym("han"))
    found = re.findall(r'\bid="([^"]+)"', enter(who).get(address(page, number)).content.decode())
    assert sorted(found) == sorted(set(found))


def test_a_wrong_form_says_what_to_mend(enter):
    page = enter("zheng").post(address("found_unit"), {"code": "大", "on": "昨天"}).content.decode()
    assert "代码用小写字母开头" in page
    assert "有地方需要改正" in page


def test_a_person_is_registered_appointed_and_dismissed_on_the_pages(enter):
    client = enter("feng")
    shown = client.post(address("register"), {"name": "何平", "username": "heping"}).content.decode()
    assert "/invitation/" in shown
    person = org.Person.objects.get(user__username="heping")
    post = org.Post.objects.get(unit__code="sfj", code="unit-head")
    assert client.post(address("appoint", person.pseudonym), {"post": post.pk, "on": "2026-01-05"}).status_code == 302
    held = org.Appointment.objects.get(person=person)
    assert client.post(address("end_appointment", held.pk), {"on": "2026-02-02"}).status_code == 302
    held.refresh_from_db()
    assert held.valid_to == date(2026, 2, 2)
    page = client.get(address("person", person.pseudonym)).content.decode()
    assert "单位主要负责人" in page
    assert "2026年2月2日" in page


def test_ones_own_page_shows_why_one_cannot_appoint_oneself(enter):
    page = enter("feng").get(address("person", org.demo_pseudonym("feng"))).content.decode()
    assert "不能给自己办理任职或授权" in page


def test_a_duty_is_given_and_ended_on_the_pages(enter):
    client = enter("feng")
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym("han"))
    facts = {"duty": "audit", "on": "2026-01-05"}
    assert client.post(address("give_duty", person.pseudonym), facts).status_code == 302
    held = org.Administrator.objects.get(person=person)
    assert client.post(address("end_duty", held.pk), {"on": "2026-02-02"}).status_code == 302
    assert "审计管理员" in client.get(address("person", person.pseudonym)).content.decode()


def test_a_post_is_delegated_and_taken_back_on_the_pages(enter):
    client = enter("wang_min")
    post = org.Post.objects.get(unit__code="scjgj", code="publisher")
    han = org.Person.objects.get(pseudonym=org.demo_pseudonym("han"))
    facts = {"post": post.pk, "to_person": han.pk, "first": clock.today(), "until": "2099-01-01", "reason": "出差"}
    assert client.post(address("my_posts"), facts).status_code == 302
    given = org.Delegation.objects.get()
    assert "出差" in client.get(address("my_posts")).content.decode()
    assert client.post(address("revoke", given.pk)).status_code == 302
    given.refresh_from_db()
    assert given.revoked_date == clock.today()


def test_the_audit_administrator_reads_grants_and_looks(enter, feng, zhou):
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym("han"))
    administration.appoint_administrator(person_id=person.pk, duty="audit", on=date(2026, 3, 2), by=feng)
    administration.reveal(
        kind="phone", value="13800000000", subject="party:1", purpose="核对示例件的申请人", by=zhou, at=clock.now()
    )
    client = enter("chen")
    assert "任命了审计管理员" in client.get(address("log")).content.decode()
    looks = client.get(address("log"), {"looks": "1"}).content.decode()
    assert "核对示例件的申请人" in looks
    assert "13800000000" not in looks


def test_everybody_may_ask_about_themself(enter):
    page = enter("zhou").get(address("explain"), {"action": "administration.keep_units"}).content.decode()
    for words in ("不能办", "这件事由系统管理员办理", "GB/T 22239-2019"):
        assert words in page


def test_only_two_may_ask_about_another(enter):
    asked = {"action": "administration.keep_units", "person": org.demo_pseudonym("zheng")}
    assert enter("zhou").get(address("explain"), asked).status_code == 409
    assert "可以办" in enter("chen").get(address("explain"), asked).content.decode()


def test_the_answer_may_need_the_thing_itself(enter):
    client = enter("wang_min")
    for unit, words in (("scjgj", "可以办"), ("sfj", "只能委托自己在任的岗位")):
        post = org.Post.objects.get(unit__code=unit, code="publisher")
        asked = {"action": "administration.delegate", "subject": post.pk}
        assert words in client.get(address("explain"), asked).content.decode()


@pytest.mark.parametrize("subject", ["0", "9" * 40, "abc", "-1", "1; DROP TABLE"])
def test_a_number_that_is_none_is_not_found(enter, subject):
    asked = {"action": "administration.delegate", "subject": subject}
    assert enter("zhou").get(address("explain"), asked).status_code == 404


def test_every_action_can_be_explained(enter):
    """No policy may break when it is asked about nothing: it says no, or that it needs the thing."""
    client = enter("zhou")
    for action in registry.known_actions():
        assert client.get(address("explain"), {"action": action}).status_code == 200, action


def test_three_people_set_up_a_new_installation_on_the_page(client):
    org.Administrator.objects.all().delete()
    link = administration.make_setup_link(at=clock.now())
    same = {"password": PASSWORD, "again": PASSWORD, "is_another_person": "on", "name": "某某"}
    for title, username in (("系统管理员", "zhang"), ("安全管理员", "wangwu"), ("审计管理员", "lisi")):
        assert f"设好{title}" in client.get(link).content.decode()
        response = client.post(link, same | {"username": username})
        assert response.status_code == 302
    assert response["Location"] == reverse("account_login")
    assert client.get(link).status_code == 404
    assert get_user_model().objects.filter(username__in=["zhang", "wangwu", "lisi"]).count() == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"again": "another one altogether"}, "两次输入的密码不一样"),
        ({"password": "short", "again": "short"}, "有地方需要改正"),
        ({"is_another_person": ""}, "有地方需要改正"),
        ({"username": "1"}, "登录名用字母开头"),
    ],
)
def test_a_set_up_form_that_does_not_fit_makes_nobody(client, change, words):
    org.Administrator.objects.all().delete()
    link = administration.make_setup_link(at=clock.now())
    good = {"name": "张", "username": "zhang", "password": PASSWORD, "again": PASSWORD, "is_another_person": "on"}
    assert words in client.post(link, good | change).content.decode()
    assert not org.Administrator.objects.exists()


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "..%2F..%2Fetc"])
@pytest.mark.parametrize("door", ["setup", "invitation"])
def test_a_made_up_link_is_not_found(client, door, token):
    assert client.get(f"/{door}/{token}/").status_code in (400, 404)


def test_an_invitation_opens_the_account_on_the_page(client, feng):
    _, link = administration.register_person(name="何平", username="heping", by=feng, at=clock.now())
    assert "heping" in client.get(link).content.decode()
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert get_user_model().objects.get(username="heping").check_password(PASSWORD)


def test_what_the_register_of_units_presumes_is_listed_for_everybody(client):
    org.Unit.objects.filter(code="gyyq").update(is_presumed=True)
    page = client.get(reverse("clock:unsourced")).content.decode()
    assert "示例县工业园区管理委员会" in page
    assert "县政法委" in page
