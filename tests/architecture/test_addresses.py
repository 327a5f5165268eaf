"""Every address opens its own page: none is taken by another package's pattern that stands before it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, resolve


def plain_addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, object]]:
    """Yield (address, view) for every pattern without a variable part."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from plain_addresses(one.url_patterns, route)
        elif not any(sign in route for sign in "<^$(\\"):
            yield "/" + route, one.callback


def test_no_address_is_shadowed_by_another():
    taken = [
        f"{address}: {view.__module__} is hidden by {resolve(address).func.__module__}"
        for address, view in plain_addresses(get_resolver().url_patterns)
        if view.__module__.startswith("yingshang.") and resolve(address).func is not view
    ]
    assert not taken
