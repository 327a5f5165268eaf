"""A stranger is shown a license: is it genuine, does it hold, and what does a foreign program say of the file?"""

import io
import json
import re
import shutil
import subprocess

import pdfplumber
import pytest
from django.db import connection
from django.test import Client

from yingshang.kernel import clock, ledger, org
from yingshang.kernel.testing import actor_of

pytestmark = pytest.mark.mission("11f")


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path, monkeypatch):
    settings.YS_DATA_DIR = tmp_path
    monkeypatch.setenv("YS_SEAL_QUIET", "5")  # the signing process of this test leaves soon


def visitor(key: str = "") -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14; Mobile)"})
    if key:
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
    return client


def seen(answer) -> str:
    assert answer.status_code < 400, answer.content.decode()[:2000]
    return answer.content.decode()


def uploaded(stranger: Client, content: bytes) -> str:
    file = io.BytesIO(content)
    file.name = "license.pdf"
    return seen(stranger.post("/credentials/verify/file/", {"file": file}))


def test_from_the_seal_to_the_stranger_and_back_after_the_revocation(example_county, tmp_path):
    officer, holder, stranger = visitor("sun"), visitor("wu"), visitor()
    asked = {
        "kind": "permit",
        "holder": actor_of("wu").party,
        "title": "户外广告设置许可证",
        "fields": {"name": "吴桐", "content": "人民大街18号门前招牌"},
        "valid_from": clock.today().isoformat(),
    }
    made = officer.post("/api/v1/credentials/issued", json.dumps(asked), content_type="application/json")
    place = f"/my/credentials/{json.loads(seen(made))['id']}/"
    address = re.search(r'href="(/documents/[\w-]+/file)"', seen(holder.get(place))).group(1)
    content = b"".join(holder.get(address).streaming_content)

    # What the stranger has is a phone and the paper.
    with pdfplumber.open(io.BytesIO(content)) as opened:
        printed = opened.pages[0].extract_text()
    code = re.search(r"核验码：([\w-]{19})", printed).group(1)
    answer = seen(stranger.get("/credentials/verify/", {"code": code}))
    assert "是真的，现在有效" in answer
    assert "户外广告设置许可证" in answer
    assert "人民大街" not in answer  # what it says is for its holder to show
    assert "是真的，现在有效" in uploaded(stranger, content)
    assert "文件被改动过" in uploaded(stranger, content.replace(b"/Type", b"/Tyqe", 1))
    if shutil.which("pdfsig"):
        path = tmp_path / "license.pdf"
        path.write_bytes(content)
        said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
        assert "Signature is Valid." in said
        assert "Total document signed" in said

    desk = place.replace("/my/", "/workbench/")
    seen(
        officer.post(f"{desk}do/revoke/", {"reason": "招牌危及行人", "basis": "《行政许可法》第六十九条"}, follow=True)
    )
    for answer in (seen(stranger.get("/credentials/verify/", {"code": code})), uploaded(stranger, content)):
        assert "是真的，但是已经被撤销" in answer
        assert "只看文件，看不出后来有没有被撤销" in answer

    # The stranger takes the proof home, and the ledger agrees with it.
    connection.check_constraints()  # as the commits would
    ledger.checkpoint()
    proof = re.search(r'href="(/ledger/entry/[\w-]+\.tlog-proof)"', answer).group(1)
    taken = stranger.get(proof).content.decode()
    assert "证明成立" in seen(stranger.post("/ledger/verify", {"text": taken}))
