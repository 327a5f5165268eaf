"""The example county stands there, and expands on a date."""

from datetime import date

import pytest

from yingshang.kernel import org

pytestmark = pytest.mark.django_db


def codes(units):
    return [unit.code for unit in units]


def test_a_group_of_townships_is_its_townships(example_county):
    assert codes(org.members_on("xzzf", date(2026, 3, 2))) == ["dhz", "nhx", "xsz"]


def test_the_cast_is_there(wang_min, li_qiang, zhao, qian, zheng):
    assert wang_min.unit == "scjgj" and "publisher" in wang_min.posts
    assert li_qiang.unit == "sfj" and "publisher" in li_qiang.posts
    assert zhao.party == qian.party != ""
    assert zheng.posts == {"system-administrator"}
