"""Chinese pages use Chinese punctuation."""

import re

from tests.architecture.tree import ROOT, SOURCE

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
BETWEEN = re.compile(rf"[{HAN}]\s?[,;:!?()]\s?[{HAN}]|[{HAN}]\.[{HAN}]")
QUOTED = re.compile(r'"([^"\n]*)"')


def test_no_half_width_mark_stands_between_han_characters():
    wrong = []
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            texts = [*QUOTED.findall(line), re.sub(r"{[%{#].*?[%}#]}", "", line)]
            wrong += [
                f"{path.relative_to(ROOT)}:{number}: {text.strip()[:80]}" for text in texts if BETWEEN.search(text)
            ]
    assert wrong == []
