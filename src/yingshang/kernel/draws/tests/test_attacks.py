"""No role can redraw, edit or delete a committed draw: tried with every right that the web role and the owner have."""

import json
import os
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from yingshang.kernel import draws, ledger
from yingshang.kernel.draws.beacons import fetch_due
from yingshang.kernel.draws.models import Draw, Pledge, Revealed, Sealed, Seat, Step, Throw
from yingshang.kernel.draws.publishing import register
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.testing.ceremony import AT, DIGITS, a_plan, committed, drawn, sign, thrown
from yingshang.methods import draw as method

TABLES = [Draw, Step, Sealed, Revealed, Throw, draws.Invitation, Pledge, Seat]


def refused(sql, words, *parameters):
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def copied(model, where, **changes):
    """Insert a copy of a row with some columns changed, as the web role in plain SQL."""
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    values = ", ".join("%s" if column in changes else column for column in columns)
    given = [changes[column] for column in columns if column in changes]
    names = ", ".join(f'"{column}"' for column in columns)
    return (
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {model._meta.db_table} WHERE {where}",
        given,
    )


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_neither_the_web_role_nor_the_owner_changes_a_row(model, deed, db):
    column = model._meta.concrete_fields[-1].column
    sql = deed.format(model._meta.db_table, column, column)
    refused(sql, "permission denied")
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner, pytest.raises(psycopg.Error, match="only ever"):
        owner.execute(sql)


def test_the_database_refuses_what_comes_out_of_order(host, witness):
    """Each line is an attempt of somebody who has the web role's password."""
    plan_only = draws.seal_plan(plan=a_plan(), purpose="inspections", title="未入检查点", by=host, at=AT)
    entry = ledger.record("draws.randomness_added", subject="draw:1", by=host, facts={"serial": 1, "source": "dice"})
    late = {"number": 2, "does": "randomness_added", "source": "dice", "second_person": "x", "entry_id": entry.pk}
    sql, given = copied(Step, "draw_id = 1 AND number = 1", **late)
    refused(sql, "before the commitment is in a checkpoint", *given)
    with pytest.raises(DatabaseError), transaction.atomic():
        Throw.objects.create(draw=plan_only, place=1, digit=1, thrown_at=AT, thrown_by="x")
    sign()
    for changes, words in [
        (late | {"number": 3}, "out of turn"),
        (late | {"source": "drand"}, "does not name"),
        (late | {"does": "drawn", "source": ""}, "before all randomness"),
        (late | {"does": "revealed", "source": ""}, "before the result"),
        (late | {"does": "committed", "source": ""}, "begins with its commitment"),
    ]:
        sql, given = copied(Step, "draw_id = 1 AND number = 1", **changes)
        refused(sql, words, *given)
    for serial, head, words in [(3, "a" * 64, "next draw is number 2"), (2, "b" * 64, "another head")]:
        sql, given = copied(Draw, "serial = 1", serial=serial, head=head, digest="c" * 64)
        refused(sql, words, *given)
    second = draws.seal_plan(plan=a_plan(), purpose="inspections", title="第二次", by=host, at=AT)
    assert second.commitment["previous"] == plan_only.digest
    sql, given = copied(Draw, "serial = 2", serial=3, digest="c" * 64)
    refused(sql, "another head|draws_draw_head", *given)


def test_dice_count_only_with_a_witness_of_another_unit_and_not_afterwards(host, witness, sun):
    draw = committed(host)
    with pytest.raises(Refusal) as early:
        draws.confirm_dice(serial=1, digits=DIGITS, by=witness, at=AT)
    assert early.value.code == "draws.dice_missing"
    draws.add_dice(serial=1, digits=DIGITS, by=host, at=AT)
    draws.throw_die(serial=1, place=3, digit=9, take=2, by=host, at=AT)
    before = ledger.Entry.objects.count()
    for by, digits, code in [
        (witness, DIGITS, "draws.dice_differ"),
        (host, DIGITS, "draws.no_witness_post"),
        (sun, DIGITS, "draws.no_witness_post"),
    ]:
        with pytest.raises(Refusal) as no:
            draws.confirm_dice(serial=1, digits=digits, by=by, at=AT)
        assert no.value.code == code
    assert ledger.Entry.objects.count() == before and draw.steps.count() == 1
    now = DIGITS[:2] + "9" + DIGITS[3:]
    step = draws.confirm_dice(serial=1, digits=now, by=witness, at=AT)
    assert step.content == {"source": "dice", "digits": now}
    for deed in (
        lambda: draws.throw_die(serial=1, place=3, digit=1, take=3, by=host, at=AT),
        lambda: draws.confirm_dice(serial=1, digits=now, by=witness, at=AT),
    ):
        with pytest.raises(Refusal) as no:
            deed()
        assert no.value.code == "draws.already_given"
    with pytest.raises(DatabaseError, match="after the witness"), transaction.atomic():
        Throw.objects.create(draw=draw, place=3, take=3, digit=1, thrown_at=AT, thrown_by=host.person)


def test_nobody_draws_twice_and_the_host_cannot_throw_a_result_away(host, witness, head, zhou, zheng, feng, chen):
    draw = drawn(host, witness)
    for by in (host, head, zheng, feng, chen):
        with pytest.raises(Refusal) as no:
            draws.void(serial=1, reason="plan_mistaken", by=by, at=AT)
        assert no.value.code == "draws.drawn_is_not_the_hosts_to_void"
    with pytest.raises(Stale):
        draws.run(serial=1, by=host, at=AT)
    entry = ledger.record("draws.drawn", subject="draw:1", by=host, facts={"serial": 1})
    sql, given = copied(Step, "draw_id = 1 AND does = 'drawn'", number=4, entry_id=entry.pk)
    refused(sql, "draws_drawn_once", *given)
    draws.void(serial=1, reason="set_aside", by=zhou, at=AT + timedelta(days=1))
    assert draws.standing_of(draws.draw_of(1)).state == draws.State.VOID
    for deed in (draws.run, draws.reveal):
        with pytest.raises(Refusal) as no:
            deed(serial=1, by=host, at=AT)
        assert no.value.code == "draws.over"
    sign()
    assert b'"outcome":"void"' in draws.published(1) and b'"plan":null' in draws.published(1)
    assert draw.steps.last().content == {"reason": "set_aside", "note": ""}


def test_only_the_host_enters_dice_and_only_the_system_finds_a_beacon_missing(host, head, li_qiang):
    committed(host)
    draws.add_dice(serial=1, digits=DIGITS, by=host, at=AT)
    with pytest.raises(Refusal) as no:
        draws.add_dice(serial=1, digits=DIGITS, by=li_qiang, at=AT)
    assert no.value.code == "draws.not_the_hosting_unit"
    with pytest.raises(Refusal) as no:
        draws.void(serial=1, reason="beacon_missing", by=head, at=AT)
    assert no.value.code == "draws.reason_missing"


def test_a_plan_is_voided_by_two_and_its_number_stays(host, head, li_qiang):
    committed(host)
    for by, code in [(host, "draws.no_voiding_post"), (li_qiang, "draws.no_voiding_post")]:
        with pytest.raises(Refusal) as no:
            draws.void(serial=1, reason="plan_mistaken", by=by, at=AT)
        assert no.value.code == code
    # A reason that needs words, one that the system alone finds, and one that is none.
    for reason, note in [("other", " "), ("beacon_missing", "没等到"), ("bad_luck", "手气不好")]:
        with pytest.raises(Refusal) as no:
            draws.void(serial=1, reason=reason, note=note, by=head, at=AT)
        assert no.value.code == "draws.reason_missing"
    draws.void(serial=1, reason="other", note="名录导错了版本", by=head, at=AT)
    assert committed(host).serial == 2
    assert [line["outcome"] for line in register()] == ["void", "committed"]


@pytest.mark.django_db
def test_reasons_for_voiding_without_a_source_are_listed(client):
    assert "被上级机关或者法院撤销" in client.get("/law/unsourced/").content.decode()


def test_a_beacon_that_never_comes_makes_the_draw_void_on_record(host):
    committed(host, dice=False, beacon_at=AT + timedelta(hours=2))
    with pytest.raises(Refusal) as early:
        draws.add_beacon(serial=1, signature="ab" * 48, by=host, at=AT + timedelta(hours=1))
    assert early.value.code == "draws.beacon_not_out_yet"
    with pytest.raises(Refusal) as forged:
        draws.add_beacon(serial=1, signature="ab" * 48, by=host, at=AT + timedelta(hours=3))
    assert forged.value.code == "draws.beacon_is_wrong"
    assert draws.give_up_beacons(at=AT + timedelta(hours=73)) == 0
    assert draws.give_up_beacons(at=AT + timedelta(hours=75)) == 1
    last = draws.draw_of(1).steps.last()
    assert last.does == "voided" and last.content["reason"] == "beacon_missing" and last.by == "system"
    assert draws.give_up_beacons(at=AT + timedelta(hours=76)) == 0


def test_nothing_of_a_sealed_plan_can_be_found_before_the_reveal(host, witness, data_folder, client):
    draw = thrown(host, witness)
    draws.run(serial=1, by=host, at=AT + timedelta(minutes=7))
    assignments = draws.result_of(serial=1, by=host)
    draws.open_assignment(serial=1, target=assignments[0].target, by=host, at=AT)
    draws.substitute(
        serial=1,
        role="inspector",
        target=assignments[1].target,
        out=assignments[1].team[0],
        reason="on_leave",
        evidence="ee" * 32,
        by=host,
        at=AT + timedelta(minutes=9),
    )
    sign()
    file = draws.published(1)
    assert method.verify(file) == [] and json.loads(file)["steps"][-1]["content"] is None
    needles = [b"9123000", b"9199000", b"230127", b"inspected_this_year", b"2026\xe5\xb9\xb4\xe6\x98\xa5"]
    pages = ["/draws/", "/draws/1/", "/draws/1/ceremony/", "/draws/1/draw.json", "/draws/?format=xlsx"]
    pages += ["/api/v1/draws/", "/api/v1/draws/1", "/api/v1/draws/1/file", "/search/?q=9123", "/ledger/"]
    told = [client.get(address).content for address in pages]
    told += [bytes(entry.content) for entry in ledger.Entry.objects.all()]
    told += [path.read_bytes() for path in data_folder.rglob("*") if path.is_file()]
    for model in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {model._meta.db_table} t")
            told += [row[0].encode() for row in cursor.fetchall()]
    assert not [needle for needle in needles for text in told if needle in text]
    assert Sealed.objects.count() == 0
    assert client.get("/api/v1/draws/1/result").status_code == 409
    assert client.get("/draws/1/result/").status_code == 409
    assert (data_folder / "keys" / "draws.key").stat().st_mode & 0o777 == 0o600
    assert draw.steps.count() == 4


def test_a_lost_key_stops_the_draw_in_words_and_opens_nothing_new(host, witness, head, data_folder):
    thrown(host, witness)
    key = data_folder / "keys" / "draws.key"
    kept = key.read_bytes()
    for gone in (lambda: key.write_bytes(b"x" * 32), key.unlink):
        gone()
        with pytest.raises(Refusal) as lost:
            draws.run(serial=1, by=host, at=AT)
        assert lost.value.code == "draws.key_is_lost"
    with pytest.raises(Refusal) as lost:
        draws.seal_plan(plan=a_plan(), purpose="x", title="密钥不在", by=host, at=AT)
    assert lost.value.code == "draws.key_is_lost" and Draw.objects.count() == 1 and not key.exists()
    key.write_bytes(kept)
    draws.run(serial=1, by=host, at=AT)


def test_a_lying_source_of_beacons_does_no_more_than_a_silent_one(host):
    """The round is a published one of drand quicknet; sources answer as drand's relays do."""
    out = method.time_of("quicknet", 657413)
    signature = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
    told = {
        "lies": '{"signature": "' + "ab" * 48 + '"}',
        "broken": "[1",
        "honest": '{"signature": "' + signature + '"}',
    }
    asked = []

    def fetch(address):
        asked.append(address)
        name = address.split("/")[2]
        if name == "silent":
            raise TimeoutError
        return told[name]

    at = out - timedelta(hours=1)
    committed(host, dice=False, beacon_at=out, at=at)
    places = [f"https://{name}" for name in ("silent", "lies", "broken", "honest", "not needed")]
    assert fetch_due(at=at, sources=places, fetch=fetch) == 0 and asked == []
    assert fetch_due(at=out + timedelta(minutes=1), sources=places[:3], fetch=fetch) == 0
    assert fetch_due(at=out + timedelta(minutes=2), sources=places, fetch=fetch) == 1
    assert [address.split("/")[2] for address in asked[3:]] == ["silent", "lies", "broken", "honest"]
    assert asked[0] == f"https://silent/{method.CHAINS['quicknet'].hash}/public/657413"
    assert draws.standing_of(draws.draw_of(1)).state == draws.State.READY
