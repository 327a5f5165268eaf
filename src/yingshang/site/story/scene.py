"""How a story is played: acts, each by somebody on a day, each told in one Chinese line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from yingshang.kernel import clock, org, parties
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.methods import dates

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Act:
    """One act: on which working day of the story (0 is the first), who, for which unit, and what.

    do: takes the scene, does the deed through the real operations, and returns
    the line that tells it. person: key of a demo person; empty for the
    platform itself. hour: Beijing time.
    """

    day: int
    person: str
    unit: str
    do: Callable[[Scene], str]
    hour: int = 9


@dataclass(frozen=True)
class Chapter:
    """A chapter: its name on the command line, its title, and its acts in order of time."""

    name: str
    title: str
    acts: Sequence[Act]

    @property
    def days(self) -> int:
        """How many working days it takes after its first."""
        return max(act.day for act in self.acts)


@dataclass
class Scene:
    """Where a deed of the story stands: the moment, the actor, and what earlier acts left behind.

    first_day: a working day, Beijing date. kept: things by name, from act to act.
    """

    first_day: date
    act: Act
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """The day of the act."""
        return self.workday(self.act.day)

    @property
    def at(self) -> datetime:
        """The moment of the act, aware, in UTC."""
        return datetime.combine(self.on, time(self.act.hour), tzinfo=clock.BEIJING).astimezone(UTC)

    @property
    def by(self) -> Actor:
        """Who acts."""
        return self.actor(self.act.person, self.act.unit) if self.act.person else SYSTEM

    def workday(self, number: int) -> date:
        """Return a working day of the story by its number."""
        if number == 0:
            return self.first_day
        return dates.due(self.first_day, number, dates.Unit.WORKING_DAY, clock.calendar()).date

    def actor(self, person: str, unit: str = "") -> Actor:
        """Return a demo person as they are on this day, for a unit, or for their own party or themself."""
        found = org.Person.objects.get(pseudonym=org.demo_pseudonym(person))
        level = parties.Level.SECOND_FACTOR
        if unit:
            return parties.actor_for(found, unit=org.unit(unit), on=self.on, level=level)
        own = parties.parties_of(found, self.on)
        return parties.actor_for(found, party=own[0] if own else None, on=self.on, level=level)


def play(chapter: Chapter, *, first_day: date) -> Iterator[str]:
    """Do the acts of a chapter one after another, the clock moved to each, and yield one line for each.

    first_day: a working day. What an act raises ends the story there.
    """
    kept: dict[str, Any] = {}
    for act in chapter.acts:
        scene = Scene(first_day, act, kept)
        moment = scene.at
        with clock.shifted(moment - datetime.now(UTC)):
            told = act.do(scene)
        yield f"{_said(moment)}　{_who(scene)}：{told}"


def first_day_for(chapter: Chapter, today: date) -> date:
    """Return the latest working day from which a chapter is over before today: nothing in it has yet to come."""
    calendar = clock.calendar()
    day = today
    while not calendar.is_working_day(day) or _last(day, chapter.days, calendar) >= today:
        day -= timedelta(days=1)
    return day


def _last(first: date, days: int, calendar: dates.Calendar) -> date:
    return dates.due(first, days, dates.Unit.WORKING_DAY, calendar).date if days else first


def _said(moment: datetime) -> str:
    local = moment.astimezone(clock.BEIJING)
    return f"{local:%Y-%m-%d} 周{WEEKDAYS[local.weekday()]} {local:%H:%M}"


def _who(scene: Scene) -> str:
    if not scene.act.person:
        return "平台"
    unit = f"（{org.unit(scene.act.unit).short_name}）" if scene.act.unit else "（市民）"
    return scene.by.name.removesuffix("（演示）") + unit
