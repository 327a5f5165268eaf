"""A long list is walked row by row, each row once, whatever the order."""

import base64
import json

import pytest
from django.contrib.auth.models import Group
from django.test import RequestFactory

from yingshang.kernel.web import keyset

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups():
    Group.objects.bulk_create(Group(name=f"组{number:03}") for number in range(25))
    return Group.objects.all()


def walk(queryset, order, per_page=10):
    address, seen = "/list/?unit=a", []
    while address:
        page = keyset(queryset, RequestFactory().get(address), order=order, per_page=per_page)
        seen += [row.name for row in page.rows]
        address = page.next_address
    return seen


@pytest.mark.parametrize("order", [("name",), ("-name",), ("-pk",), ("pk",), ("name", "-pk")])
def test_every_row_comes_once_and_in_order(groups, order):
    assert walk(groups, order) == [row.name for row in groups.order_by(*order)]


def test_a_page_costs_one_query(groups, django_assert_num_queries):
    second = keyset(groups, RequestFactory().get("/list/"), per_page=10).next_address
    with django_assert_num_queries(1):
        keyset(groups, RequestFactory().get(second), per_page=10)


def test_neighbors_keep_the_filter(groups):
    page = keyset(groups, RequestFactory().get("/list/?unit=a&lamp=red"), per_page=10)
    assert "unit=a" in page.next_address
    assert "lamp=red" in page.next_address
    assert page.first_address == ""
    assert (
        keyset(groups, RequestFactory().get(page.next_address), per_page=10).first_address == "/list/?unit=a&lamp=red"
    )


@pytest.mark.parametrize(
    "values",
    [["x"], [10**30], [None], [1, 2], {"pk": 1}, 7, ["\x00"], [[1]], [True], [1e400]],
)
def test_a_forged_mark_shows_the_first_page(groups, values):
    mark = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
    page = keyset(groups, RequestFactory().get("/list/", {"after": mark}), order=("pk",), per_page=10)
    assert len(page.rows) in (10, 0)


@pytest.mark.parametrize("mark", ["%%%", "a", "é", "A" * 10_000, "W10", "bnVsbA"])
def test_a_broken_mark_shows_the_first_page(groups, mark):
    page = keyset(groups, RequestFactory().get("/list/", {"after": mark}), order=("pk",), per_page=10)
    assert page.rows[0].name == "组000"
