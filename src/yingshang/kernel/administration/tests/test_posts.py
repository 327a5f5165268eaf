"""Posts are opened as the county knows them, and closing one dismisses who holds it."""

from datetime import date

import pytest

from yingshang.kernel import administration, org
from yingshang.kernel.errors import NotFound, Refusal

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def refused(expected, deed, **facts):
    before = list(org.Post.objects.order_by("pk").values())
    with pytest.raises(Refusal) as refusal:
        deed(**facts)
    assert refusal.value.code == f"administration.{expected}"
    assert list(org.Post.objects.order_by("pk").values()) == before


def test_a_post_carries_what_the_county_says_and_no_more(zheng):
    post = administration.open_post(unit="gsl", code="publisher", on=DAY, by=zheng)
    assert post.actions == org.Post.objects.get(unit__code="scjgj", code="publisher").actions
    assert not post.holds(date(2026, 3, 1)) and post.holds(DAY)


def test_a_power_is_not_invented(zheng):
    with pytest.raises(NotFound):
        administration.open_post(unit="gsl", code="emperor", on=DAY, by=zheng)


def test_closing_a_post_ends_who_holds_it(zheng, wang_min):
    post = org.Post.objects.get(unit__code="scjgj", code="publisher")
    administration.close_post(post_id=post.pk, on=DAY, by=zheng)
    held = org.Appointment.objects.get(post=post)
    assert held.valid_to == DAY
    assert held.person not in org.holders_on(post, DAY)
    assert held.person in org.holders_on(post, date(2026, 3, 1))


def test_a_post_opened_again_is_held_by_nobody_and_keeps_its_history(zheng):
    post = org.Post.objects.get(unit__code="scjgj", code="publisher")
    administration.close_post(post_id=post.pk, on=DAY, by=zheng)
    administration.open_post(unit="scjgj", code="publisher", on=date(2026, 6, 1), by=zheng)
    held = org.Appointment.objects.get(post=post).person
    acts = [org.posts_held(held, day).filter(pk=post.pk).exists() for day in (date(2026, 3, 1), DAY, date(2026, 6, 1))]
    assert acts == [True, False, False]


def test_what_does_not_fit_is_refused(zheng):
    opened, closed = administration.open_post, administration.close_post
    here = org.Post.objects.get(unit__code="scjgj", code="publisher").pk
    refused("post_stands", opened, unit="scjgj", code="publisher", on=DAY, by=zheng)
    refused("unit_closed", opened, unit="gsj", code="supervisor", on=DAY, by=zheng)
    refused("ends_before_it_begins", closed, post_id=here, on=date(2018, 1, 1), by=zheng)
    org.Post.objects.filter(pk=here).update(valid_to=DAY)
    refused("post_closed", closed, post_id=here, on=DAY, by=zheng)


@pytest.mark.parametrize("who", ["feng", "chen", "zhou", "wu"])
def test_only_the_system_administrator_keeps_posts(request, who):
    by = request.getfixturevalue(who)
    refused("not_your_duty", administration.open_post, unit="gsl", code="publisher", on=DAY, by=by)
