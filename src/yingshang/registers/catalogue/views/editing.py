"""The editor: one part of a draft on one page, row by row where a part is a list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.forms.offering import offered_for
from yingshang.registers.catalogue.forms.parts import Offered, Part, PartForm, initial_of
from yingshang.registers.catalogue.forms.sections import PAGES, ROWS, TITLES, part_of
from yingshang.registers.catalogue.models import ItemVersion
from yingshang.registers.catalogue.queries import desk as queries
from yingshang.registers.catalogue.queries.offering import reference_on
from yingshang.registers.catalogue.rules import rows as row_rules
from yingshang.registers.catalogue.rules.content import Fault
from yingshang.registers.catalogue.views.asking import Asking, answer
from yingshang.registers.catalogue.views.moving_on import deeds_on

SHOWN_AT_MOST = 6  # facts of a row in the list


@require_safe
def draft(request: ActorRequest, version_id: int) -> HttpResponse:
    """Show the parts of a version, each with what is still wrong in it."""
    version = queries.version_for(request.actor, version_id)
    found = queries.faults_of_draft(version, clock.today()) if version.published_at is None else []
    context = {
        "version": version,
        "item": version.item,
        "list_address": reverse("catalogue:items"),
        "faults": found,
        "parts": [_task(version, part, found) for part in TITLES],
        "deeds": deeds_on(request.actor, version),
        "may_drop": version.state in queries.IN_HAND
        and access.may(request.actor, "catalogue.edit", version.item) is None,
    }
    return render(request, "catalogue/draft.html", context)


def part(request: ActorRequest, version_id: int, part: str) -> HttpResponse:
    """Show or change one part: a form, or the rows of a list."""
    version = queries.version_for(request.actor, version_id)
    if part in ROWS:
        return _rows(request, version, part)
    if part not in PAGES:
        raise NotFound(_("事项的这一部分"))
    before = version.content.get(part, {})
    asked = PAGES[part]
    form = PartForm(
        asked, _offered(version), request.POST if _is_post(request) else None, initial=initial_of(asked, before)
    )
    asking = Asking(
        heading=str(TITLES[part]),
        button=_("保存"),
        back=_back(version),
        caption=str(version),
        intro=[fault.what + fault.remedy for fault in _faults(version) if part_of(fault) == part],
    )

    def do() -> tuple[str, str]:
        value = _without_halves(form.values(before))
        _change(request, version, part, value)
        return _("已保存。"), reverse("catalogue:draft", args=[version.pk])

    _must_be_open(request, version)
    return answer(request, form, asking, do=do)


def row(request: ActorRequest, version_id: int, part: str, number: int | None = None) -> HttpResponse:
    """Add a row to a list, or change the one with this number (from 1)."""
    version = queries.version_for(request.actor, version_id)
    if part not in ROWS:
        raise NotFound(_("事项的这一部分"))
    _must_be_open(request, version)
    rows = row_rules.rows_of(version.content, part)
    place = None if number is None else number - 1
    if place is not None and not 0 <= place < len(rows):
        raise NotFound(_("这一条"))
    before = {} if place is None else rows[place]
    asked = _asked(part, before)
    form = PartForm(
        asked,
        _offered(version, place if part == "situations" else None),
        request.POST if _is_post(request) else None,
        initial=initial_of(asked, _shown(part, before)),
    )
    asking = Asking(
        heading=_("%(title)s：加一条") % {"title": TITLES[part]}
        if place is None
        else _("%(title)s：第%(n)d条") % {"title": TITLES[part], "n": number},
        button=_("保存"),
        back=(str(TITLES[part]), reverse("catalogue:part", args=[version.pk, part])),
        caption=str(version),
    )

    def do() -> tuple[str, str]:
        made = _made(part, form.values(before), before)
        changed = row_rules.put(rows, part, made, place)
        _change(request, version, part, changed)
        return _("已保存。"), reverse("catalogue:part", args=[version.pk, part])

    return answer(request, form, asking, do=do)


@require_POST
def move_row(request: ActorRequest, version_id: int, part: str, number: int) -> HttpResponse:
    """Move a row up, or take it out."""
    version = queries.version_for(request.actor, version_id)
    if part not in ROWS:
        raise NotFound(_("事项的这一部分"))
    rows = row_rules.rows_of(version.content, part)
    if not 1 <= number <= len(rows):
        raise NotFound(_("这一条"))
    if request.POST.get("deed") == "up":
        rows, said = row_rules.moved(rows, number - 1), _("已上移。")
    else:
        rows, said = [*rows[: number - 1], *rows[number:]], _("已删去。")
    revision = request.POST.get("revision", "")
    if revision.isdecimal() and len(revision) < 10:
        version.revision = int(revision)
    _change(request, version, part, rows)
    messages.success(request, said)
    return redirect("catalogue:part", version.pk, part)


def _rows(request: ActorRequest, version: ItemVersion, part: str) -> HttpResponse:
    offered = _offered(version)
    context = {
        "version": version,
        "part": part,
        "heading": str(TITLES[part]),
        "faults": [fault for fault in _faults(version) if part_of(fault) == part],
        "rows": [_drawn(part, each, offered) for each in row_rules.rows_of(version.content, part)],
        "is_open": version.state == ItemVersion.State.DRAFT
        and access.may(request.actor, "catalogue.edit", version.item) is None,
    }
    return render(request, "catalogue/rows.html", context)


def _drawn(part: str, data: dict[str, Any], offered: Offered) -> dict[str, Any]:
    """Return a row for the list: its name, and what it says beside, codes in words."""
    asked = ROWS[part]
    shown = initial_of(asked, _shown(part, data))
    facts = []
    for each in asked[1:]:
        value = shown.get(each.path.replace(".", "-"))
        if value in (None, "", [], False):
            continue
        words = dict(offered.of(each.choices))
        if value is True:
            said = _("是")
        elif isinstance(value, list):
            said = "；".join(str(words.get(one, one)) for one in value)
        else:
            said = str(words.get(str(value), value))
        facts.append({"key": each.label, "value": said})
    name = str(data.get(asked[0].path, ""))
    if part == "fees":
        name = str(dict(offered.of("fees")).get(name, name))
    return {"name": name, "facts": facts[:SHOWN_AT_MOST]}


def _task(version: ItemVersion, part: str, found: list[Fault]) -> dict[str, Any]:
    wrong = sum(1 for fault in found if part_of(fault) == part)
    written = bool(row_rules.rows_of(version.content, part)) if part in ROWS else bool(version.content.get(part))
    if wrong:
        tag, color = _("%(n)d处要改") % {"n": wrong}, "red"
    elif written:
        tag, color = _("已填写"), "green"
    else:
        tag, color = _("没有填写"), "grey"
    can_change = version.state == ItemVersion.State.DRAFT or part in ROWS
    address = reverse("catalogue:part", args=[version.pk, part]) if can_change else ""
    return {"title": TITLES[part], "href": address, "tag": tag, "tag_color": color}


def _asked(part: str, before: dict[str, Any]) -> list[Part]:
    """Return the fields of a row; a field of a form that the builder cannot make keeps its shape."""
    if part == row_rules.FIELDS and before.get("kind") == "other":
        return [each for each in ROWS[part] if each.path in ("title", "required", "hint")]
    return ROWS[part]


def _shown(part: str, data: dict[str, Any]) -> dict[str, Any]:
    if part == "situations" and data:
        return {**data, "answers": [each["title"] for each in data["answers"]]}
    return data


def _made(part: str, values: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    if part == "situations":
        return {**values, "answers": row_rules.answers_named(values["answers"], before.get("answers", []))}
    return values


def _without_halves(section: dict[str, Any]) -> dict[str, Any]:
    """Leave out a limit without days and an extension without anything: nothing was meant."""
    for name in ("statutory", "committed"):
        limit = section.get(name)
        if isinstance(limit, dict) and limit.get("days") is None:
            section = {key: value for key, value in section.items() if key != name}
    if section.get("extension") == {}:
        section = {key: value for key, value in section.items() if key != "extension"}
    return section


def _change(request: ActorRequest, version: ItemVersion, part: str, value: Any) -> None:
    whole = row_rules.with_rows(version.content, part, value) if part in ROWS else value
    operations.change_section(
        version_id=version.pk,
        section=row_rules.section_of(part),
        value=whole,
        revision=version.revision,
        by=request.actor,
        at=clock.now(),
    )


def _offered(version: ItemVersion, before: int | None = None) -> Offered:
    return offered_for(version.content, reference_on(clock.today()), before)


def _faults(version: ItemVersion) -> list[Fault]:
    return queries.faults_of_draft(version, clock.today()) if version.state == ItemVersion.State.DRAFT else []


def _must_be_open(request: ActorRequest, version: ItemVersion) -> None:
    access.permit(request.actor, "catalogue.edit", version.item)
    if version.state != ItemVersion.State.DRAFT:
        raise NotFound(_("可以修改的草稿"))


def _back(version: ItemVersion) -> tuple[str, str]:
    return str(version), reverse("catalogue:draft", args=[version.pk])


def _is_post(request: ActorRequest) -> bool:
    return request.method == "POST"
