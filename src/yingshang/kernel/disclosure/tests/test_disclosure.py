"""Disclosures: on time, masked, provable, and never gone without a trace."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from yingshang.kernel import disclosure, ledger, measures, org, search, work
from yingshang.kernel.disclosure.publishing import _last_day
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import ANONYMOUS
from yingshang.kernel.testing import at_once

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)  # Monday, Beijing time
FIELDS = {
    "person": "欧阳小华",
    "identity_no": "230127199001010016",
    "phone": "13800001234",
    "license_no": "JY12301270000001",
    "content": "食品经营（预包装食品）",
    "authority": "示例县市场监督管理局",
    "home": "某街某号",  # no rule names it
}


def publish(by, **changes):
    asked = {
        "subject": "case:1",
        "kind": "license",
        "title": "食品经营许可",
        "fields": FIELDS,
        "unit": "scjgj",
        "by": by,
        "at": AT,
    }
    return disclosure.publish(**(asked | changes))


def test_a_mask_shows_what_its_rule_names_and_nothing_else():
    masked = disclosure.mask("license", FIELDS)
    assert dict(masked.shown) == {
        "行政相对人姓名（自然人）": "欧***",
        "许可编号": "JY12301270000001",
        "许可内容": "食品经营（预包装食品）",
        "许可机关": "示例县市场监督管理局",
    }
    assert masked.hidden == ("home", "证件号码", "联系电话")


def test_an_unknown_kind_names_the_nearest():
    with pytest.raises(KeyError, match="license"):
        disclosure.mask("licence", FIELDS)


def test_what_is_hidden_is_not_even_stored(wang_min):
    published = publish(wang_min)
    stored = str(disclosure.Disclosure.objects.filter(pk=published.pk).values())
    for secret in ("欧阳小华", FIELDS["identity_no"], FIELDS["phone"], FIELDS["home"]):
        assert secret not in stored


def test_the_ledger_holds_the_digest_of_exactly_what_is_shown(wang_min, client):
    published = publish(wang_min)
    sent = client.get(f"/disclosures/{published.pk}/content.json").content
    assert hashlib.sha256(sent).hexdigest() == published.digest
    assert published.digest.encode() in bytes(published.entry.content)
    assert published.entry.is_strict


def test_publishing_fulfills_the_duty_within_seven_working_days(wang_min):
    owed = disclosure.owe_publication(
        subject="case:1", kind="license", title="食品经营许可", unit="scjgj", by=wang_min, at=AT
    )
    assert owed.due_date == date(2026, 3, 11)  # the day itself is not counted; one weekend between
    published = publish(wang_min)
    owed.refresh_from_db()
    assert (owed.state, owed.evidence) == ("fulfilled", f"disclosure:{published.pk}")
    assert published.obligation_id == owed.pk


def test_another_thing_leaves_the_duty_open(wang_min):
    owed = disclosure.owe_publication(subject="case:2", kind="license", title="x", unit="scjgj", by=wang_min, at=AT)
    publish(wang_min)
    owed.refresh_from_db()
    assert owed.state == "open"


def test_one_decision_may_run_on_two_clocks(wang_min):
    first, second = (
        disclosure.owe_publication(
            subject="case:1", kind="penalty", title="x", unit="scjgj", by=wang_min, at=AT, limit=limit
        )
        for limit in ("PUB.PENALTY", "PUB.SAMR")
    )
    assert (first.due_date, second.due_date) == (date(2026, 3, 11), date(2026, 3, 30))
    publish(wang_min, kind="penalty")
    publish(wang_min, kind="penalty", where="national_system")
    assert set(work.Obligation.objects.filter(origin="case:1").values_list("state", flat=True)) == {"fulfilled"}


def refused_without_a_trace(code, deed):
    recorded, published = ledger.Entry.objects.count(), disclosure.Disclosure.objects.count()
    with pytest.raises(Refusal) as refused:
        deed()
    assert refused.value.code == code
    assert ledger.Entry.objects.count() == recorded
    assert disclosure.Disclosure.objects.count() == published


def test_another_unit_cannot_publish_for_it(li_qiang):
    refused_without_a_trace("disclosure.not_publishing_unit", lambda: publish(li_qiang))


def test_without_the_post_nothing_is_published(sun):
    refused_without_a_trace("disclosure.no_publishing_post", lambda: publish(sun))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fields": {"home": "某街"}}, "disclosure.nothing_to_show"),
        ({"until": date(2026, 3, 1)}, "disclosure.ends_before_it_begins"),
    ],
)
def test_what_cannot_be_published_is_refused(wang_min, changes, code):
    refused_without_a_trace(code, lambda: publish(wang_min, **changes))


def test_the_same_thing_is_published_again_only_after_a_withdrawal(wang_min):
    first = publish(wang_min)
    refused_without_a_trace("disclosure.already_published", lambda: publish(wang_min))
    disclosure.withdraw(disclosure_id=first.pk, reason="许可编号有误", by=wang_min, at=AT)
    assert publish(wang_min).number == 2


def test_two_at_once_publish_once(committed_db):
    from yingshang.kernel.testing.fixtures import actor_of

    wang_min = actor_of("wang_min", unit="scjgj")
    answers = at_once(lambda: publish(wang_min), lambda: publish(wang_min))
    assert disclosure.Disclosure.objects.filter(subject="case:1").count() == 1
    assert sum(isinstance(answer, disclosure.Disclosure) for answer in answers) == 1


def test_a_withdrawal_leaves_the_trace_and_the_reason(wang_min, client):
    published = publish(wang_min)
    owed = disclosure.owe_withdrawal(disclosure=published, by=wang_min, at=AT)
    disclosure.withdraw(disclosure_id=published.pk, reason="决定已被撤销", by=wang_min, at=AT)
    owed.refresh_from_db()
    assert owed.state == "fulfilled"
    page = client.get(f"/disclosures/{published.pk}/").content.decode()
    assert "决定已被撤销" in page
    assert published.digest in page
    for gone in ("JY12301270000001", "食品经营许可"):
        assert gone not in page
    assert client.get(f"/disclosures/{published.pk}/content.json").status_code == 404
    assert "食品经营许可" not in client.get("/disclosures/").content.decode()
    answer = client.get(f"/api/v1/disclosure/{published.pk}").json()
    assert (answer["shown"], answer["title"], answer["withdrawn_for"]) == ([], "", "决定已被撤销")
    assert [row.subject for row in search.find(ANONYMOUS, "JY12301270000001").rows] == []


@pytest.mark.parametrize(
    ("reason", "again", "code"),
    [("", False, "disclosure.reason_missing"), ("有误", True, "disclosure.already_withdrawn")],
)
def test_a_withdrawal_is_made_once_and_says_why(wang_min, reason, again, code):
    published = publish(wang_min)
    if again:
        disclosure.withdraw(disclosure_id=published.pk, reason="有误", by=wang_min, at=AT)
    refused_without_a_trace(
        code, lambda: disclosure.withdraw(disclosure_id=published.pk, reason=reason, by=wang_min, at=AT)
    )


def test_a_stranger_cannot_withdraw(wang_min, li_qiang):
    published = publish(wang_min)
    refused_without_a_trace(
        "disclosure.not_publishing_unit",
        lambda: disclosure.withdraw(disclosure_id=published.pk, reason="有误", by=li_qiang, at=AT),
    )
    with pytest.raises(NotFound):
        disclosure.withdraw(disclosure_id=0, reason="有误", by=li_qiang, at=AT)


def test_a_publisher_withdraws_on_the_page_and_everybody_reads_why(wang_min, example_county, client):
    published = publish(wang_min)
    address, desk = f"/disclosures/{published.pk}/", Client()
    desk.post(f"/demo/{org.demo_pseudonym('wang_min')}/")
    assert "撤回这项公开" in desk.get(address).content.decode()
    assert "撤回这项公开" not in client.get(address).content.decode()
    assert client.post(f"{address}withdraw/", {"reason": "没有权限"}).status_code == 409
    empty = desk.post(f"{address}withdraw/", {"reason": " "})
    assert (empty.status_code, "请填写撤回的理由" in empty.content.decode()) == (422, True)
    told = desk.post(f"{address}withdraw/", {"reason": "许可决定已被撤销"}, follow=True).content.decode()
    assert "已撤回，理由已经公开" in told
    shown = client.get(address).content.decode()
    assert "理由：许可决定已被撤销" in shown and "食品经营许可" not in shown
    entries = ledger.Entry.objects.count()
    assert "已经撤回" in desk.post(f"{address}withdraw/", {"reason": "再来"}, follow=True).content.decode()
    assert ledger.Entry.objects.count() == entries


def test_it_is_withdrawn_over_the_api_by_who_may(wang_min, example_county, client):
    published = publish(wang_min)
    address, desk = f"/api/v1/disclosure/{published.pk}/withdraw", Client()
    body = {"data": {"reason": "公开错了"}, "content_type": "application/json"}
    assert client.post(address, **body).status_code == 409
    desk.post(f"/demo/{org.demo_pseudonym('wang_min')}/")
    assert desk.post("/api/v1/disclosure/999999/withdraw", **body).status_code == 404
    assert desk.post(address, **body).json()["withdrawn_for"] == "公开错了"
    assert desk.post(address, **body).json()["code"] == "disclosure.already_withdrawn"


def test_a_penalty_is_shown_for_three_years(wang_min):
    published = publish(wang_min, kind="penalty")
    assert published.until_date == date(2029, 3, 2)
    assert published.is_shown_on(date(2029, 3, 2))
    assert not published.is_shown_on(date(2029, 3, 3))
    assert _last_day(disclosure.kind_of("penalty"), date(2028, 2, 29)) == date(2031, 2, 28)


def test_past_its_day_the_trace_alone_is_shown(wang_min, client):
    old = datetime(2020, 1, 6, 1, tzinfo=UTC)
    published = publish(wang_min, at=old, until=date(2020, 2, 6))
    page = client.get(f"/disclosures/{published.pk}/").content.decode()
    assert "展示期已满" in page
    assert "JY12301270000001" not in page


def test_the_database_itself_keeps_what_was_published(wang_min):
    published = publish(wang_min)
    for deed in (lambda: disclosure.Disclosure.objects.update(title="x"), lambda: published.delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            deed()
    with pytest.raises(IntegrityError, match="disclosure_withdrawn_with_a_reason"), transaction.atomic():
        disclosure.Withdrawal.objects.create(
            of=published, reason="", entry=published.entry, withdrawn_at=AT, withdrawn_by="x"
        )


def test_anybody_finds_and_reads_what_is_public(wang_min, client):
    published = publish(wang_min)
    assert [row.subject for row in search.find(ANONYMOUS, "JY12301270000001").rows] == [f"disclosure:{published.pk}"]
    assert "食品经营许可" in client.get("/disclosures/?kind=license").content.decode()
    assert "食品经营许可" not in client.get("/disclosures/?kind=penalty").content.decode()
    assert client.get("/disclosures/?format=xlsx").content[:2] == b"PK"
    assert client.get("/api/v1/disclosure/").json()["rows"][0]["digest"] == published.digest
    assert client.get("/disclosures/0/").status_code == 404


def test_the_rate_counts_what_was_due_in_the_period(wang_min):
    for number, done_after in enumerate(
        (3, 9, 10, None), start=1
    ):  # due 11 March: day 9; day 10 is late; one stays open
        disclosure.owe_publication(
            subject=f"case:{number}", kind="license", title="x", unit="scjgj", by=wang_min, at=AT
        )
        if done_after is not None:
            publish(wang_min, subject=f"case:{number}", at=AT + timedelta(days=done_after))
    march, april = measures.month(2026, 3), measures.month(2026, 4)
    table = measures.compute("disclosure.published_on_time_rate", ["scjgj", "sfj", "shili"], [march, april])
    assert table.at("scjgj", march).value == measures.Rate(2, 4)
    assert table.at("sfj", march).value == measures.Rate(0, 0)
    assert table.at("shili", april).value == measures.Rate(0, 0)
    assert len(table.at("scjgj", march).sources) == 4


def test_the_rate_takes_two_queries(example_county, django_assert_num_queries):
    with django_assert_num_queries(2):
        measures.compute("disclosure.published_on_time_rate", ["scjgj", "sfj"], [measures.year(2026)])


def test_every_kind_names_a_limit_that_is_published(example_county):
    from yingshang.kernel import clock

    for kind in disclosure.kinds().values():
        for code in filter(None, (kind.limit, kind.withdraw_limit)):
            assert clock.limit_on(code, date(2026, 3, 2)), code
