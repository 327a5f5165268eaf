"""What national and county files settle is loaded with its dates."""

from datetime import date

import pytest

from yingshang.conduct.inspections.models import Cap, GradeRule, Grading, Inspector, ResultCode, Target

pytestmark = pytest.mark.django_db


def test_classes_caps_and_both_code_lists_are_loaded(example_county):
    assert list(GradeRule.objects.order_by("grade").values_list("grade", "most")) == [
        ("A", "5/100"),
        ("B", "20/100"),
        ("C", "60/100"),
        ("D", "100/100"),
    ]
    assert Cap.objects.get(unit=None).effective_from == date(2025, 7, 1)
    assert ResultCode.objects.filter(scheme="a").count() == 9
    assert ResultCode.objects.filter(scheme="b").count() == 17
    assert ResultCode.objects.get(scheme="b", code="6").follow == ResultCode.Follow.ABNORMAL


def test_the_made_up_pools_of_the_demo_are_marked(example_county):
    assert Target.objects.filter(is_demo=True).count() == Grading.objects.count() == 60
    assert Inspector.objects.get(certificate_no="黑演000001").person.name == "王敏（演示）"
    assert not Target.objects.exclude(name__contains="演示").exists()
