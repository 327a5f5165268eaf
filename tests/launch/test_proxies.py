"""Who asks, behind the web servers of a county."""

import pytest

from yingshang.site.processes.web import behind_proxies

OWN = "10.1.0.0/16, 192.0.2.7"


def asking(environ, start_response):
    return environ["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "seen"),
    [
        ("", "10.1.0.5", "198.51.100.9", "10.1.0.5"),
        (OWN, "10.1.0.5", "198.51.100.9", "198.51.100.9"),
        (OWN, "192.0.2.7", "203.0.113.4, 198.51.100.9, 10.1.0.5", "198.51.100.9"),
        (OWN, "198.51.100.9", "203.0.113.4", "198.51.100.9"),
    ],
    ids=["none named", "through ours", "a visitor adds names before ours", "past ours"],
)
def test_only_the_countys_own_servers_may_say_for_whom_they_ask(proxies, peer, forwarded, seen):
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    assert behind_proxies(asking, proxies)(environ, None) == seen
