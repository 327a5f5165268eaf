"""Surveys at each point of their life, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.apps import apps

from yingshang.conduct.surveys import operations
from yingshang.kernel import org, parties
from yingshang.kernel.testing import actor_of

ON = date(2026, 3, 30)
LAST = date(2026, 4, 30)
QUESTIONS = [
    {"title": "办事是否满意？", "kind": "scale"},
    {"title": "办过哪类事？", "kind": "single", "options": ["开办", "许可", "缴费"]},
    {"title": "从哪里知道政策？", "kind": "multiple", "options": ["窗口", "网站", "干部"], "required": False},
    {"title": "今年跑了几次？", "kind": "number"},
    {"title": "想说的话", "kind": "text", "required": False},
]


def at(day=ON):
    """Return nine in the morning of a day in Beijing."""
    return datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC)


def officer(key="zhou"):
    """Return 周正, who writes and runs surveys, or another of 县营商局."""
    return actor_of(key, unit="ysj")


def market(**counts):
    """Make parties of each kind with a code."""
    return parties.Party.objects.bulk_create(
        parties.Party(kind=kind, display_name=f"示例{kind}{number}", code_hash=f"{kind}-{number}", is_demo=True)
        for kind, count in counts.items()
        for number in range(count)
    )


def pool(towns):
    """Put enterprises of each township into the pool of inspections, whose roll knows it; return the units."""
    made = [
        org.Unit.objects.create(
            code=f"town{place}", name=name, short_name=name, kind=org.Unit.Kind.TOWNSHIP, path=f"town{place}/"
        )
        for place, name in enumerate(towns)
    ]
    places = [unit for unit in made for _ in range(towns[unit.name])]
    rows = zip(market(enterprise=len(places)), places, strict=True)
    target = apps.get_model("inspections", "Target")  # the pool belongs to a package beside this one
    target.objects.bulk_create(
        target(code=f"T{party.pk}", name=party.display_name, party=party, township=town, joined_on=ON)
        for party, town in rows
    )
    return made


def questionnaire(code="open-2026", questions=QUESTIONS):
    """Write and publish a questionnaire."""
    made = operations.start(code=code, title="营商环境问卷（演示）", by=officer())
    operations.write_questions(questionnaire=code, questions=questions, by=officer())
    operations.publish_version(questionnaire=code, by=officer(), at=at())
    return made


def opened(code="s1", kinds=("enterprise", "household"), **changes):
    """Open a survey; return it and its cards."""
    asked = {
        "code": code,
        "title": "2026年营商环境问卷调查",
        "questionnaire": "open-2026",
        "kinds": kinds,
        "last_day": LAST,
        "by": officer(),
        "at": at(),
    }
    return operations.open_survey(**(asked | changes))


def sheet(number=0):
    """Return the answers of one sheet, varied by a number."""
    return {
        "q1": str(number % 5 + 1),
        "q2": QUESTIONS[1]["options"][number % 3],
        "q3": QUESTIONS[2]["options"][: number % 3 + 1],
        "q4": float(number % 4),
        "q5": f"意见{number % 3}",
    }


def planned(code="s1", **changes):
    """Plan a sample by 秦明, who may draw; return the survey that waits for its draw."""
    asked = {
        "code": code,
        "title": "2026年营商环境抽样调查",
        "questionnaire": "open-2026",
        "kinds": ("enterprise", "household"),
        "way": "sample",
        "last_day": LAST,
        "by": officer("qin"),
        "at": at(),
    }
    return operations.plan_survey(**(asked | changes))
