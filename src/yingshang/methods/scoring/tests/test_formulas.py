"""Formulas with the numbers filled in, scores at both ends of intervals, and what is measured alike over the years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yingshang.methods import scoring

EDITION = """schema: edition/1
key: test
title: 试
method: 试
source: 试
effective: {from: 2026-01-01, to: null}
missing: average
words: {没有: no_practice, 未知: missing}
indicators:
  - {key: total, title: 总}
  - {key: services, under: total, title: 服务}
  - {key: rest, under: total, title: 其他}
  - {key: days, under: services, title: 时间, score: {frontier: {best: 0.5, worst: 100}}}
  - {key: rate, under: services, title: 满意, score: {frontier: {best: 100, worst: 50}}}
  - {key: tax, under: rest, title: 税, score: {frontier: {best: 26.1, worst: 84, exponent: 0.8}}}
  - {key: steps, under: rest, title: 环节, score: {standard: {standard: 2, step: 1, deduct: 10, better: lower}}}
  - {key: trade, under: total, title: 贸易, off: true, why_off: 本版不评, score: {frontier: {best: 1, worst: 9}}}
"""
VALUES = "place,series,value\n甲,days,2\n甲,rate,{rate}\n甲,tax,46.4\n甲,steps,{steps}\n"


def edition(tmp_path, text: str = EDITION, name: str = "edition.yaml") -> scoring.Edition:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return scoring.read(tmp_path / name)


def scored(of: scoring.Edition, rate: str = "90", steps: str = "5") -> scoring.Scores:
    return scoring.score(of, scoring.read_values(VALUES.format(rate=rate, steps=steps).encode(), of))


@pytest.mark.parametrize(
    ("key", "rate", "steps", "expected"),
    [
        ("days", "90", "5", "100 × (100 − 2) ÷ (100 − 0.5) = 98.49"),
        ("rate", "45", "5", "45 超出 50 到 100，按 50 算，得 0.00"),
        ("rate", "没有", "5", "没有这类实践，得 0.00"),
        ("rate", "未知", "5", ""),
        ("tax", "90", "5", "100 × [(84 − 46.4) ÷ (84 − 26.1)] 的 0.8 次方 = 70.80"),
        ("steps", "90", "5", "100 − 进位取整(5 − 2) ÷ 1 × 10（最少 0） = 70.00"),
        ("steps", "90", "1", "达到标准值 2，不扣分，得 100.00"),
        ("services", "90", "5", "(98.49 + 80.00) ÷ 2 = 89.25"),
        ("services", "未知", "5", "98.49 = 98.49（未计入：满意）"),
    ],
)
def test_a_formula_has_the_numbers_filled_in(tmp_path, key, rate, steps, expected):
    assert scoring.formula(scored(edition(tmp_path), rate, steps), "甲", key) == expected


def test_scores_at_both_ends_of_an_interval_are_scored_by_the_edition_and_hold_the_score(tmp_path):
    of = edition(tmp_path)
    ends = [scoring.read_values(VALUES.format(rate=rate, steps="5").encode(), of) for rate in ("85", "96")]
    worst, best = scoring.between(scored(of), *ends)
    assert (worst.of("甲", "rate"), best.of("甲", "rate")) == (Decimal(70), Decimal(92))
    assert worst.of("甲", "tax") == best.of("甲", "tax")
    assert worst.of("甲") < scored(of).of("甲") < best.of("甲")
    assert scoring.between(scored(of), *reversed(ends))[0].of("甲") == worst.of("甲")


def test_what_is_switched_off_says_why(tmp_path):
    [off] = edition(tmp_path).off
    assert (off.title, off.under, off.why) == ("贸易", "total", "本版不评")


def test_another_mark_breaks_the_series_its_indicator_and_the_total_and_nothing_else(tmp_path):
    before, now = edition(tmp_path), edition(tmp_path, EDITION.replace("worst: 50", "worst: 60"), "now.yaml")
    alike = {one.key: scoring.measured_alike(before, now, one.key) for one in now.indicators}
    assert alike == {
        "total": False,
        "services": False,
        "rest": True,
        "days": True,
        "rate": False,
        "tax": True,
        "steps": True,
    }
    assert scoring.changed_parts(before, now, "total") == ["服务"]
    assert scoring.changed_parts(before, now, "services") == ["满意"]
    renamed = edition(tmp_path, EDITION.replace("title: 满意", "title: 满意度"), "renamed.yaml")
    assert scoring.measured_alike(before, renamed, "total")


def test_a_variant_is_shown_as_the_list_of_variants_counts_it(tmp_path):
    scores = scored(edition(tmp_path))
    listed = scoring.sensitivity(scores)
    name, varied = scoring.what_if(scores, 0)
    assert name == listed[0].name == "不计“服务：时间”"
    assert varied.of("甲", "services") == scores.of("甲", "rate")
