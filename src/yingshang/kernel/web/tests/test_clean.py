"""What no column can hold is refused at the edge, wherever it comes in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yingshang.kernel.web.dirt import dirt_in, is_dirty

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a\udfff"])
def test_nul_and_half_surrogates_are_dirt(text):
    assert is_dirty(text)
    assert dirt_in({"a": [{"b": text}]})
    assert dirt_in({text: 1})


@pytest.mark.parametrize("text", ["", "木兰县", "𠮷", "\ue000", "a\tb\nc", "\U0010ffff"])
def test_everything_else_is_clean(text):
    assert not is_dirty(text)


@pytest.mark.parametrize(
    "address",
    ["/%00", "/?q=%00", "/?%00=1", "/components/?word=a%00b", "/language/%00", "/demo/%00/"],
)
def test_nul_in_the_address_is_a_bad_request(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("address", ["/%ff%fe", "/?q=%ff%fe", "/?q=%ed%a0%80", "/%ed%a0%80/"])
def test_invalid_utf8_is_no_defect(client, address):
    assert client.get(address).status_code in (200, 400, 404)


def test_nul_in_a_form_is_a_bad_request(client):
    assert client.post("/account/login/", {"login": "a\x00b", "password": "x"}).status_code == 400


def test_nul_in_the_name_of_a_file_is_no_defect(client):
    file = SimpleUploadedFile("a.xlsx", b"x")
    file.name = "a\x00.xlsx"
    assert client.post("/account/login/", {"login": "a", "file": file}).status_code in (200, 400)


@pytest.mark.parametrize(
    "body",
    [b"--x\r\nbroken", b"", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n', b"\xff" * 500],
)
def test_a_broken_multipart_body_is_no_defect(client, body):
    answer = client.generic("POST", "/account/login/", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (200, 400)


def test_a_multipart_body_without_boundary_is_a_bad_request(client):
    assert client.generic("POST", "/account/login/", b"x", content_type="multipart/form-data").status_code == 400


def test_a_body_over_the_limit_is_refused_unread(client, settings):
    settings.YS_LARGEST_REQUEST = 10
    assert client.post("/account/login/", {"login": "a" * 100}).status_code == 413


def test_too_many_fields_are_refused(client):
    assert client.post("/account/login/", {f"f{number}": "1" for number in range(5000)}).status_code in (400, 413)


def test_an_endless_address_is_refused(client):
    assert client.get("/" + "a" * 3000).status_code == 414
    assert client.get("/?q=" + "a" * 9000).status_code == 414


@pytest.mark.parametrize("host", ["", "evil.example", "a b", "\xff"])
def test_a_foreign_host_is_a_bad_request(client, host):
    assert client.get("/", headers={"host": host}).status_code in (200, 400)
