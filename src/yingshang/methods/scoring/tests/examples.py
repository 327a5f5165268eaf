"""An edition small enough for paper and pencil, and its scores from a few lines of values."""

from __future__ import annotations

from pathlib import Path

from yingshang.methods import scoring

HEAD = """schema: edition/1
key: small
title: 小例子
method: 试算
source: 试算
effective: {from: 2026-01-01, to: null}
"""
TREE = """indicators:
  - {key: total, title: 总分}
  - {key: first, under: total, title: 甲, weight: 3/4}
  - {key: a, under: first, title: 甲一, score: {frontier: {best: 10, worst: 0}}}
  - {key: b, under: first, title: 甲二, score: {frontier: {best: 0, worst: 10}}}
  - {key: second, under: total, title: 乙, weight: 1/4, score: {frontier: {best: 10, worst: 0}}}
"""


def edition(folder: Path, body: str) -> scoring.Edition:
    file = folder / "edition.yaml"
    file.write_text(HEAD + body, encoding="utf-8")
    return scoring.read(file)


def scored(of: scoring.Edition, *lines: str) -> scoring.Scores:
    return scoring.score(of, scoring.read_values("\n".join(["place,series,value", *lines]).encode(), of))
