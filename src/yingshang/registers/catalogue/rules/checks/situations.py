"""Questions and what depends on them: nothing that can never be asked, nothing required that can never apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yingshang.registers.catalogue.rules.content import Applies, Content, Fault

UNREACHABLE = "material_unreachable"


def situation_faults(content: Content) -> Iterator[Fault]:
    """Yield questions that cannot be asked and materials or fees that no answers lead to."""
    answers: dict[str, frozenset[str]] = {}
    for place, question in enumerate(content.situations):
        path = f"situations[{place}]"
        given = [answer.key for answer in question.answers]
        if question.key in answers:
            yield Fault(f"{path}.key", f"问题“{question.title}”的代码“{question.key}”重复。", "请换一个代码。")
        if len(given) < 2 or len(set(given)) < len(given):
            yield Fault(
                f"{path}.answers", f"问题“{question.title}”至少要有两个不同的答案。", "请补上答案，或者删除这个问题。"
            )
        yield from _unknown(f"{path}.applies", question.title, question.applies, answers)
        answers[question.key] = frozenset(given)
    asked = {question.key: question.applies for question in content.situations}
    depending = [
        *((f"materials[{place}].applies", each.title, each.applies) for place, each in enumerate(content.materials)),
        *((f"fees[{place}].applies", each.row, each.applies) for place, each in enumerate(content.fees)),
    ]
    for path, words, wanted in depending:
        wrong = list(_unknown(path, words, wanted, answers))
        yield from wrong
        if not wrong and not can_apply(wanted, asked):
            said = f"“{words}”要求的几个答案不会同时出现，永远用不上。"
            yield Fault(path, said, "请改正适用情形，或者删除。", code=UNREACHABLE)


def can_apply(wanted: Applies, asked: Mapping[str, Applies]) -> bool:
    """Return whether some answers lead here.

    wanted: question → answers, all of which must fit. asked: question → the
    answers under which it is asked at all. Each condition is a set of answers
    to one question, so it is enough that the sets of each question meet.
    """
    needed: dict[str, set[str]] = {}
    waiting, seen = [wanted], set()
    while waiting:
        for question, answers in waiting.pop().items():
            if question in needed:
                needed[question] &= set(answers)
            else:
                needed[question] = set(answers)
            if question not in seen:
                seen.add(question)
                waiting.append(asked.get(question, {}))
    return all(needed.values())


def _unknown(path: str, words: str, named: Applies, answers: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    for question, wanted in named.items():
        if question not in answers:
            yield Fault(
                path,
                f"“{words}”用到的问题“{question}”没有在它前面问过。",
                "请先写这个问题，或者改正适用情形。",
                code=UNREACHABLE,
            )
            continue
        for answer in wanted:
            if answer not in answers[question]:
                yield Fault(
                    path,
                    f"“{words}”用到的答案“{answer}”不是问题“{question}”的答案。",
                    "请改正适用情形。",
                    code=UNREACHABLE,
                )
