"""Every page stands in the frame, under a strict policy."""

import pytest

pytestmark = pytest.mark.django_db

OPEN_PAGES = ["/", "/components/", "/demo/", "/account/login/"]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_open_pages_answer_under_the_strict_policy(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_demo_face_logs_in_with_one_click_and_finds_its_workbench(client, example_county):
    page = client.get("/demo/").content.decode()
    assert "王敏" in page
    key = page.split('action="/demo/')[1].split("/")[0]
    answer = client.post(f"/demo/{key}/", follow=True)
    assert answer.redirect_chain[-1][0] == "/workbench/"
    assert answer.status_code == 200


def test_there_are_no_faces_outside_demo_mode(client, settings, example_county):
    settings.YS_DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/anybody/").status_code == 404
