"""The measure of plan tasks."""

from yingshang.kernel import measures


def test_every_unit_and_period_gets_one_rate(example_county, django_assert_num_queries):
    march, april = measures.month(2026, 3), measures.month(2026, 4)
    with django_assert_num_queries(3):
        table = measures.compute("plan_tasks.fulfilled_rate", ["scjgj", "sfj"], [march, april])
    assert all(isinstance(cell.value, measures.Rate) for cell in table)
    assert table.at("sfj", april).value.numerator <= table.at("sfj", april).value.denominator
