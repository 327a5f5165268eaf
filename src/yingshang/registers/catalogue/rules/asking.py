"""The questions of a situation (情形): which comes next, which answers count."""

from __future__ import annotations

from collections.abc import Mapping

from yingshang.registers.catalogue.rules.elements import Content, Situation


def counting(content: Content, given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that count, in the order of the questions.

    An answer that is not offered is dropped, and so is one to a question that
    the answers before it make pointless: whoever goes back and chooses another
    way takes nothing of the old way along.
    """
    kept: dict[str, str] = {}
    for question in content.situations:
        chosen = given.get(question.key, "")
        if _is_asked(question, kept) and any(answer.key == chosen for answer in question.answers):
            kept[question.key] = chosen
    return kept


def next_question(content: Content, answers: Mapping[str, str]) -> Situation | None:
    """Return the first question that is asked after these answers and is still open; None: nothing left to ask."""
    for question in content.situations:
        if question.key not in answers and _is_asked(question, answers):
            return question
    return None


def asked_before(content: Content, key: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to the questions before one, in their order."""
    before: dict[str, str] = {}
    for question in content.situations:
        if question.key == key:
            break
        if question.key in answers:
            before[question.key] = answers[question.key]
    return before


def told(content: Content, answers: Mapping[str, str]) -> list[tuple[Situation, str]]:
    """Return each answered question with the words of its answer."""
    return [
        (question, answer.title)
        for question in content.situations
        for answer in question.answers
        if answers.get(question.key) == answer.key
    ]


def _is_asked(question: Situation, answers: Mapping[str, str]) -> bool:
    return all(answers.get(other) in wanted for other, wanted in question.applies.items())
