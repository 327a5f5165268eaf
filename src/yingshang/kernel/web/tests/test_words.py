"""Lamps, countdowns and marked text say what they must, in black and white too."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from yingshang.kernel.web.lamps import lamp_of, lamp_word
from yingshang.kernel.web.remaining import remaining_words
from yingshang.kernel.web.source_text import Span, marked


def draw(source, **context):
    return Template("{% load ys %}" + source).render(Context(context))


STATES = {
    "red": "■ 超期",
    "yellow": "▲ 临期",
    "green": "● 正常",
    "gray": "○ 未定",
    "unheard-of": "○ 未定",
    None: "○ 未定",
}


@pytest.mark.parametrize(("state", "words"), STATES.items())
def test_a_lamp_has_shape_and_word(state, words):
    assert lamp_word(state) == words
    assert all(part in draw("{% lamp state %}", state=state) for part in words.split())


def test_a_lamp_may_be_a_thing_with_a_color():
    assert lamp_of(SimpleNamespace(color="red")).word == "超期"


@pytest.mark.parametrize(
    ("days", "unit", "over", "words"),
    [
        (2, "wd", False, "剩2个工作日"),
        (0, "wd", False, "今天到期"),
        (2, "wd", True, "已超出2个工作日"),
        (3, "d", False, "剩3天"),
        (5, "h", False, "剩5小时"),
        (1, "h", True, "已超出1小时"),
    ],
)
def test_time_left_in_words(days, unit, over, words):
    assert remaining_words(SimpleNamespace(days=days, unit=unit, is_overdue=over)) == words


def test_a_standing_clock_says_so():
    standing = SimpleNamespace(days=2, unit="wd", is_overdue=False, is_paused=True)
    assert remaining_words(standing) == "暂停计时，恢复后剩2个工作日"


def test_a_period_that_must_pass_is_never_overdue():
    floor = {"unit": "d", "is_overdue": False, "is_minimum": True}
    assert remaining_words(SimpleNamespace(days=3, **floor)) == "至少还要3天"
    assert remaining_words(SimpleNamespace(days=0, **floor)) == "期限已满"


def test_without_a_date_the_countdown_says_so():
    assert "未定期限" in draw("{% countdown nothing %}")


SPANS = st.builds(Span, start=st.integers(0, 70), end=st.integers(0, 70), label=st.just("字段"))


@given(st.text(max_size=60), st.lists(SPANS, max_size=8))
def test_marked_parts_together_are_the_text(text, spans):
    assert "".join(part.text for part in marked(text, spans)) == text


def test_marks_carry_their_label_for_eyes_and_ears():
    page = draw(
        "{% marked_text text spans %}",
        text="12月底前完成<b>。",
        spans=[Span(start=0, end=5, label="期限", key="due", kind="check", href="#result-due")],
    )
    assert 'id="span-due"' in page
    assert 'data-kind="check"' in page
    assert "期限" in page
    assert "&lt;b&gt;" in page
