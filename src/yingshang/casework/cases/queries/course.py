"""Where a draft stands: what is still to be asked, what is missing, what comes next. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from yingshang.casework.cases.models import Draft, Upload
from yingshang.kernel import forms
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.credentials import api as credentials

CREDENTIAL = "credential:"
GENERATED = "generated"
ONLINE = frozenset({"2", "3"})  # 电脑端、移动端
SHARED = "shared"

WAYS = {
    "file": "现在上传",
    "paper": "带纸质原件到窗口提交",
    "committed": "不提交，书面承诺符合条件",
    "later": "以后补交",
    "none": "不提供",
}


@dataclass(frozen=True)
class MaterialStand:
    """One material that applies, and how it is given.

    ways: what the applicant may choose. given: the way chosen, or the one that
    needs no choice (held, shared, generated); empty while open. source: where
    what is held stands, in words. files: the uploads, whole or not.
    """

    material: catalogue.Material
    ways: tuple[str, ...]
    given: str
    source: str
    files: tuple[Upload, ...]

    @property
    def is_asked(self) -> bool:
        """Whether the applicant has something to do about it."""
        return bool(self.ways)

    @property
    def is_settled(self) -> bool:
        if self.given == "file":
            return bool(self.files) and all(file.is_whole for file in self.files)
        return self.given != ""

    @property
    def words(self) -> str:
        """How it is given, in words."""
        material = self.material
        if self.given in ("held", SHARED):
            return f"免提交：{self.source}"
        if self.given == GENERATED:
            return "免提交：由您填写的申请表生成"
        if self.given == "later" and material.tolerable_days:
            return f"受理后{material.tolerable_days}个工作日内补交"
        if self.given == "file":
            return "、".join(file.name for file in self.files) if self.is_settled else "还没有传完"
        return WAYS.get(self.given, "")


@dataclass(frozen=True)
class Place:
    """One page of the way. key: ``question:kind``, ``page:2`` or ``material:plan``. is_done: nothing missing there."""

    key: str
    title: str
    is_done: bool


@dataclass(frozen=True)
class Course:
    """A draft with everything its pages need. Queries to make one: 4."""

    draft: Draft
    version: catalogue.Version
    questions: tuple[catalogue.Situation, ...]
    materials: tuple[MaterialStand, ...]

    @property
    def schema(self) -> Mapping[str, Any]:
        return self.version.content.form

    @property
    def form_title(self) -> str:
        return str(self.schema.get("title", "")) or self.version.title

    @property
    def held(self) -> dict[str, forms.Prefilled]:
        """Prefilled fields with their sources, and where a wrong one is put right."""
        return {
            name: forms.Prefilled(one["value"], one["source"], reverse("profiles:correct", args=[one["held"]]))
            for name, one in self.draft.prefilled.items()
        }

    @cached_property
    def usable(self) -> dict[str, forms.Prefilled]:
        """Prefilled fields that fit the form; the others are asked."""
        return forms.usable(self.schema, self.held) if self.schema else {}

    @cached_property
    def pages(self) -> tuple[forms.PageOfForm, ...]:
        return forms.pages(self.schema, self.values) if self.schema else ()

    @cached_property
    def values(self) -> dict[str, Any]:
        """The answers with what is held laid over them."""
        if not self.schema:
            return {}
        return {**self.draft.answers, **{name: one.value for name, one in self.usable.items()}}

    @cached_property
    def faults(self) -> list[forms.Fault]:
        """What is wrong with the form as a whole."""
        return forms.judge(self.schema, self.values) if self.schema else []

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every page before the check, in order."""
        wrong = {fault.path.split(".")[0] for fault in self.faults}
        done = set(self.draft.done)
        return (
            *(Place(f"question:{one.key}", one.title, one.key in self.draft.situation) for one in self.questions),
            *(
                Place(
                    f"page:{page.number}",
                    page.title or self.form_title,
                    f"page:{page.number}" in done and not wrong.intersection(page.names),
                )
                for page in self.pages
            ),
            *(
                Place(f"material:{one.material.key}", one.material.title, one.is_settled)
                for one in self.materials
                if one.is_asked
            ),
        )

    @property
    def is_complete(self) -> bool:
        return not self.faults and all(place.is_done for place in self.places)

    def next_after(self, key: str = "") -> str:
        """Return the first place after ``key`` that is not done; ``check`` when there is none."""
        keys = [place.key for place in self.places]
        start = keys.index(key) + 1 if key in keys else 0
        waiting = [place.key for place in self.places if not place.is_done]
        later = [place for place in keys[start:] if place in waiting]
        return (later or waiting or ["check"])[0]

    def before(self, key: str) -> str:
        """Return the place before ``key``, empty for the first."""
        keys = [place.key for place in self.places]
        if key == "check":
            return keys[-1] if keys else ""
        return keys[keys.index(key) - 1] if key in keys and keys.index(key) else ""

    def stand_of(self, key: str) -> MaterialStand | None:
        return next((one for one in self.materials if one.material.key == key), None)


def course_of(draft: Draft, *, on: date) -> Course:
    """Return where a draft stands on a day. Queries: 4."""
    version = catalogue.version(draft.version_id)
    return Course(
        draft=draft,
        version=version,
        questions=asked(version, draft.situation),
        materials=_materials(draft, version, on),
    )


def is_taken_online(version: catalogue.Version) -> bool:
    """Return whether an item may be applied for by computer or telephone (办理形式, GB/T 39046—2020 A.5)."""
    return not ONLINE.isdisjoint(version.content.where.channels)


def asked(version: catalogue.Version, answers: Mapping[str, str]) -> tuple[catalogue.Situation, ...]:
    """Return the questions that apply after the answers so far, in their order."""
    return tuple(
        one
        for one in catalogue.situations(version)
        if all(answers.get(question) in wanted for question, wanted in one.applies.items())
    )


def _materials(draft: Draft, version: catalogue.Version, on: date) -> tuple[MaterialStand, ...]:
    wanted = catalogue.materials_for(version, draft.situation)
    owned: dict[str, str] = {}
    if any(one.held.startswith(CREDENTIAL) for one in wanted):
        for credential in credentials.held_by(draft.applicant, on=on):
            owned.setdefault(credential.kind.code, f"{credential.title[:30]}（{credential.number[:40]}）")
    files: dict[str, list[Upload]] = {}
    for upload in draft.uploads.order_by("pk"):
        files.setdefault(upload.material, []).append(upload)
    return tuple(_stand(draft, version, one, owned, tuple(files.get(one.key, ()))) for one in wanted)


def _stand(
    draft: Draft,
    version: catalogue.Version,
    material: catalogue.Material,
    owned: Mapping[str, str],
    files: tuple[Upload, ...],
) -> MaterialStand:
    held = owned.get(material.held.removeprefix(CREDENTIAL), "") if material.held else ""
    if held:
        return MaterialStand(material, (), "held", held, files)
    if material.source_kind == SHARED:
        return MaterialStand(material, (), SHARED, f"由受理单位从{material.issuer[:60] or '数据共享平台'}获取", files)
    if material.source_kind == GENERATED:
        return MaterialStand(material, (), GENERATED, "申请表", files)
    ways = ways_of(material, version.content)
    given = draft.ways.get(material.key, "")
    if given not in ways:
        given = "file" if files else ""
    if not given and len(ways) == 1 and ways[0] != "file":
        given = ways[0]
    return MaterialStand(material, ways, given, "", files)


def ways_of(material: catalogue.Material, content: catalogue.Content) -> tuple[str, ...]:
    """Return how a material may be given: the first is the usual one."""
    choices = content.choices
    found = []
    if material.form.electronic:
        found.append("file")
    if material.form.original or material.form.copy or not found:
        found.append("paper")
    if material.commit_allowed and choices.commitment != "none":
        found.append("committed")
    if material.tolerable_days and choices.tolerant:
        found.append("later")
    if not material.required:
        found.append("none")
    return tuple(found)
