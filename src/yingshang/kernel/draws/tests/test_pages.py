"""The ceremony as people hold it on pages and as programs do over the API."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from yingshang.kernel import draws, ledger, org
from yingshang.kernel.testing.ceremony import AT, DIGITS, committed, drawn, sign
from yingshang.methods import draw as method


@pytest.fixture
def log_in(client, example_county):
    """Choose a face on the demo page; a visitor for an empty name."""

    def choose(key: str):
        client.logout()
        if key:
            client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return choose


def sheet(client, name):
    return SimpleUploadedFile(f"{name}.xlsx", client.get(f"/draws/seal/{name}.xlsx").content)


@pytest.mark.mission("4b")
def test_a_newcomer_goes_from_the_sample_sheets_to_the_verified_file(log_in):
    client = log_in("wang_min")

    def seal(**changes):
        sheets = {name: sheet(client, name) for name in ("targets", "inspectors", "conflicts")}
        plan = {"title": "冬季抽查（演示）", "strata": "A 1/10\nB 1/4\nC 2户 食品\nD 1/1 食品", "dice": "on"}
        return client.post("/draws/seal/", plan | sheets | changes)

    assert "看不懂" in seal(strata="A 一成").content.decode()
    assert "名录里的类别" in seal(strata="A 1/10").content.decode()
    headless = SimpleUploadedFile("targets.csv", b"91239901MA9DEM0010,A\n91239901MA9DEM0020,B\n")
    assert "第一行不是表头" in seal(targets=headless).content.decode()
    assert "骰子或者公共信标" in seal(dice="").content.decode() and not draws.Draw.objects.exists()
    assert seal()["Location"] == "/draws/1/ceremony/"
    early = client.post("/draws/1/ceremony/die/", {"place": 1, "digit": 3, "take": 1})
    assert early.status_code == 409 and "检查点" in early.content.decode()
    sign()
    for place, digit in enumerate(DIGITS[:19], start=1):
        client.post("/draws/1/ceremony/die/", {"place": place, "digit": digit, "take": 1})
    assert "第20颗是几" in client.get("/draws/1/ceremony/").content.decode()
    client.post("/draws/1/ceremony/die/", {"place": 20, "digit": 9, "take": 1})
    client.post("/draws/1/ceremony/die/", {"place": 20, "digit": DIGITS[19]})
    assert client.post("/draws/1/ceremony/confirm/", {"digits": DIGITS, "checked": "on"}).status_code == 409
    witness = log_in("jiang")
    assert "见证人确认" in witness.get("/draws/1/ceremony/").content.decode()
    assert witness.post("/draws/1/ceremony/confirm/", {"digits": DIGITS}).status_code == 422
    witness.post("/draws/1/ceremony/confirm/", {"digits": DIGITS, "checked": "on"})
    assert log_in("").post("/draws/1/ceremony/run/").status_code == 409
    client = log_in("wang_min")
    client.post("/draws/1/ceremony/run/")
    result = client.get("/draws/1/result/").content.decode()
    assert "91239901MA9DEM" in result and "91239901MA9DEM" not in client.get("/draws/1/").content.decode()
    client.post("/draws/1/reveal/")
    sign()
    visitor = log_in("")
    assert "91239901MA9DEM" in visitor.get("/draws/1/").content.decode()
    file = visitor.get("/draws/1/draw.json").content
    assert file == visitor.get("/api/v1/draws/1/file").content
    assert method.verify(file, key=ledger.latest().key) == []
    assert method.verify(file.replace(b'"num":1', b'"num":2', 1))[0].said
    page = visitor.get("/draws/verify/offline.html").content.decode()
    assert "importmap" in page and "./" not in page.split("importmap")[0]


def test_the_register_shows_void_and_unfinished_serials_with_reasons_in_a_fixed_number_of_queries(
    log_in, host, head, witness, django_assert_max_num_queries
):
    committed(host)
    draws.void(serial=1, reason="plan_mistaken", note="比例写错", by=head, at=AT)
    drawn(host, witness)
    for _ in range(3):
        committed(host)
    client = log_in("")
    with django_assert_max_num_queries(8):
        told = client.get("/draws/").content.decode()
    assert "方案有错" in told and "已抽取，结果尚未公布" in told and "等待随机数" in told
    assert "比例写错" in client.get("/draws/1/").content.decode()
    book = load_workbook(io.BytesIO(client.get("/draws/?format=xlsx").content)).active
    assert [row[0].value for row in book.iter_rows(min_row=2)][-5:] == [5, 4, 3, 2, 1]
    rows = client.get("/api/v1/draws/").json()["rows"]
    assert [(row["serial"], row["state"]) for row in rows] == [
        (5, "gathering"), (4, "gathering"), (3, "gathering"), (2, "drawn"), (1, "void"),
    ]  # fmt: skip
    told = json.loads(client.get("/draws/2/draw.json").content)
    assert [line["outcome"] for line in told["register"]][:2] == ["void", "drawn"] and told["plan"] is None


def test_the_api_does_every_deed(log_in):
    """The beacon is a published round of drand quicknet (fixtures of the method)."""
    from yingshang.kernel import clock

    client = log_in("wang_min")

    def send(path, body, status=200):
        answer = client.post(f"/api/v1/draws/{path}", json.dumps(body), content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    round_at = method.time_of("quicknet", 657413)
    plan = {
        "title": "接口抽取",
        "strata": [{"name": "A", "count": 2}],
        "targets": [[f"9123{n:014d}", "A"] for n in range(9)],
        "dice": False,
        "beacon_at": (round_at - timedelta(seconds=1)).isoformat(),
    }
    with clock.shifted(round_at - timedelta(hours=1) - datetime.now(UTC)):
        assert send("", plan, 201)["missing"] == ["drand"]
        assert send("", plan | {"targets": [["x|y", "A"]]}, 409)["code"] == "draws.plan_does_not_fit"
        assert send("", plan | {"beacon_at": "9999-12-31T23:59:59Z"}, 409)["code"] == "draws.beacon_is_too_late"
        naive = (round_at - timedelta(hours=30)).replace(tzinfo=None).isoformat()
        assert send("", plan | {"beacon_at": naive}, 409)["code"] == "draws.beacon_is_not_ahead"
        client.logout()
        assert send("", plan | {"targets": [["x|y", "A"]]}, 409)["code"] == "draws.unit_missing"
        client.post(f"/demo/{org.demo_pseudonym('wang_min')}/")
        sign()
        assert send("1/beacon", {"signature": "ab" * 48}, 409)["code"] == "draws.beacon_not_out_yet"
    signature = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
    with clock.shifted(round_at + timedelta(minutes=1) - datetime.now(UTC)):
        assert send("1/beacon", {"signature": signature})["state"] == "ready"
        assert send("1/run", {})["state"] == "drawn"
        assert len(client.get("/api/v1/draws/1/result").json()) == 2
        assert send("1/void", {"reason": "plan_mistaken"}, 409)["code"] == "draws.drawn_is_not_the_hosts_to_void"
        assert send("1/reveal", {})["state"] == "revealed"
    sign()
    assert method.verify(client.get("/api/v1/draws/1/file").content) == []
    assert client.get("/api/v1/draws/2").status_code == 404
