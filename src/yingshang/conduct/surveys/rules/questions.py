"""What a questionnaire may ask, and how a code is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

KINDS = {"scale": "打分（1到5分）", "single": "单选", "multiple": "多选", "number": "数字", "text": "文字"}
SCALE = ("1分，很不满意", "2分，不满意", "3分，一般", "4分，满意", "5分，很满意")
MOST_QUESTIONS = 40
MOST_OPTIONS = 20
LONGEST_TITLE = 120
LONGEST_OPTION = 60
LONGEST_TEXT = 500
LARGEST_NUMBER = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. key: ``q1``, ``q2`` … in the version. options: of single and multiple only."""

    key: str
    title: str
    kind: str
    options: tuple[str, ...] = ()
    required: bool = True

    @property
    def faults(self) -> list[str]:
        """What is wrong with it, in whole sentences; empty when all is well."""
        found = []
        if not 0 < len(self.title) <= LONGEST_TITLE:
            found.append(f"题目要有1到{LONGEST_TITLE}个字。")
        if self.kind not in KINDS:
            found.append("没有这种题型。")
        if self.kind in ("single", "multiple"):
            if not 2 <= len(self.options) <= MOST_OPTIONS or len(set(self.options)) != len(self.options):
                found.append(f"选项要有2到{MOST_OPTIONS}个，不能重复。")
            if any(not 0 < len(option) <= LONGEST_OPTION for option in self.options):
                found.append(f"每个选项要有1到{LONGEST_OPTION}个字。")
        elif self.options:
            found.append("只有单选、多选有选项。")
        return found

    def written(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return asdict(self) | {"options": list(self.options)}


def questions_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Return questions as they were stored, their keys in their order.

    >>> questions_of([{"title": "您满意吗？", "kind": "scale"}])[0].key
    'q1'
    """
    return tuple(
        Question(
            key=f"q{number}",
            title=str(row["title"]).strip(),
            kind=str(row["kind"]),
            options=tuple(str(option).strip() for option in row.get("options", ())),
            required=bool(row.get("required", True)),
        )
        for number, row in enumerate(stored, start=1)
    )


def schema_of(title: str, questions: Sequence[Question]) -> dict[str, Any]:
    """Return the form of a questionnaire: one page for each question, so that a phone shows one at a time."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "title": title,
        "properties": {one.key: _field(one) for one in questions},
        "required": [one.key for one in questions if one.required],
        "order": [
            {"title": f"第{number}题，共{len(questions)}题", "fields": [one.key]}
            for number, one in enumerate(questions, start=1)
        ],
    }


def _field(one: Question) -> dict[str, Any]:
    shapes: dict[str, dict[str, Any]] = {
        "scale": {"type": "string", "oneOf": [{"const": words[0], "title": words} for words in SCALE]},
        "single": {"type": "string", "enum": list(one.options)},
        "multiple": {"type": "array", "items": {"type": "string", "enum": list(one.options)}, "uniqueItems": True},
        "number": {"type": "number", "minimum": 0, "maximum": LARGEST_NUMBER},
        "text": {"type": "string", "maxLength": LONGEST_TEXT},
    }
    found = shapes[one.kind] | {"title": one.title}
    if one.kind == "multiple" and one.required:
        found["minItems"] = 1
    return found


def digest_of(title: str, questions: Sequence[Question]) -> str:
    """Return the SHA-256 under which a version is frozen."""
    content = json.dumps([title, [one.written() for one in questions]], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
