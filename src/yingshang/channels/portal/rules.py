"""Life events (要办的事) and ways in, as the nation's file names them."""

from __future__ import annotations

from dataclasses import dataclass

FILE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "source", "events", "ways", "elder"],
    "properties": {
        "schema": {"const": "life-events/1"},
        "source": {"type": ["string", "null"]},
        "todo": {"type": "string"},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "title", "hint", "for"],
                "properties": {
                    "key": {"type": "string", "pattern": "^[a-z][a-z-]*$"},
                    "title": {"type": "string", "minLength": 1},
                    "hint": {"type": "string"},
                    "for": {"type": "array", "minItems": 1, "items": {"enum": ["person", "enterprise", "project"]}},
                    "names": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
        "ways": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "title", "hint", "applicants"],
                "properties": {
                    "key": {"enum": ["person", "enterprise", "project"]},
                    "title": {"type": "string"},
                    "hint": {"type": "string"},
                    "applicants": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
        "elder": {"type": "array", "maxItems": 3, "items": {"type": "string"}},
    },
}
"""The shape of ``counties/_national/portal/life-events.yaml``. elder: the tiles of the layout for elders."""


@dataclass(frozen=True)
class LifeEvent:
    """One thing people set out to do (开饭店). ways: the ways in under which it stands."""

    key: str
    title: str
    hint: str
    ways: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Way:
    """One way in: person, enterprise or project. applicants: codes of 服务对象, empty where its events decide."""

    key: str
    title: str
    hint: str
    applicants: tuple[str, ...]


@dataclass(frozen=True)
class Portal:
    """What the home of the portal is made of."""

    events: tuple[LifeEvent, ...]
    ways: tuple[Way, ...]
    elder: tuple[str, ...]

    def event(self, key: str) -> LifeEvent | None:
        """Return a life event by its key."""
        return next((event for event in self.events if event.key == key), None)

    def way(self, key: str) -> Way | None:
        """Return a way in by its key."""
        return next((way for way in self.ways if way.key == key), None)

    def events_of(self, way: str) -> list[LifeEvent]:
        """Return the life events of a way in."""
        return [event for event in self.events if way in event.ways]
