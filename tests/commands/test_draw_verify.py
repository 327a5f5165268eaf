"""``./ys draw verify``: a file or an address, what was checked, and the name of the fraud."""

import http.server
import json
import threading

import pytest
from tests.draws.making import KEY, Ledger, example, proven, published

from yingshang.methods import draw
from yingshang.site.commands import draw_verify


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("draws")
    honest = published(example())
    (folder / "honest.json").write_bytes(draw.canonical(honest))
    honest["result"]["drawn"]["C"].reverse()
    (folder / "reordered.json").write_bytes(draw.canonical(honest))
    case, ledger = example(), Ledger()
    steps = case.record(ledger, [case.contents()[0], ("voided", {"reason": "beacon_missing", "note": ""})])
    (folder / "void.json").write_bytes(draw.canonical(case.file(proven(ledger, steps), "void")))
    return folder


@pytest.fixture(scope="module")
def address(folder):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def do_GET(self):
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", "file:///etc/hostname")
                self.end_headers()
            else:
                super().do_GET()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_honest_draw_is_told_step_by_step(folder, address, capsys):
    for source in (str(folder / "honest.json"), f"{address}/honest.json"):
        assert draw_verify.main([source, "--key", KEY]) == 0
        told = capsys.readouterr().out
        assert "第3号" in told
        assert "“县商会”、“人大代表”（拒不揭示）。" in told
        assert "“D”类3户，比例2户，抽中2户" in told
        assert "没有发现做假" in told
        assert "注意" not in told
    assert draw_verify.main([str(folder / "honest.json")]) == 0
    assert KEY in capsys.readouterr().out


def test_a_fraud_is_told_by_name(folder, capsys):
    assert draw_verify.main([str(folder / "reordered.json")]) == 1
    assert "调换次序" in capsys.readouterr().out
    assert draw_verify.main([str(folder / "reordered.json"), "--json"]) == 1
    assert [one["name"] for one in json.loads(capsys.readouterr().out)] == ["reordered_results"]


def test_a_void_draw_is_told_with_its_reason(folder, capsys):
    assert draw_verify.main([str(folder / "void.json"), "--key", KEY]) == 0
    assert "已作废，理由：beacon_missing" in capsys.readouterr().out


def test_what_cannot_be_had_is_no_verdict(folder, address, capsys, monkeypatch):
    for source in (str(folder / "none.json"), f"{address}/none.json", f"{address}/away", "http://[", str(folder)):
        assert draw_verify.main([source]) == 2, source
    assert draw_verify.main([str(folder / "honest.json"), "--key", KEY[:-4]]) == 2
    monkeypatch.setattr(draw_verify, "MOST_BYTES", 100)
    for source in (str(folder / "honest.json"), f"{address}/honest.json"):
        assert draw_verify.main([source]) == 2
    assert "超过" in capsys.readouterr().err
