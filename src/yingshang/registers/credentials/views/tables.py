"""The tables of these pages, declared once for the screen and the workbook, and what a page about one shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import clock
from yingshang.kernel.web import Column
from yingshang.registers.credentials import queries, rules
from yingshang.registers.credentials.models import Credential, Kind, Release, StateChange

COLORS = {rules.Worth.IN_FORCE: "green", rules.Worth.NOT_YET: "blue", rules.Worth.REVOKED: "red"}


def worth_words(one: Credential, on: date) -> str:
    """Return in two words what a credential is worth on a day."""
    worth = rules.worth_on(one.state, one.valid_from, one.valid_to, on)
    named = {rules.Worth.EXPIRED: _("已到期"), rules.Worth.NOT_YET: _("未生效")}
    return str(named.get(worth) or one.get_state_display())


def credential_columns(page: str, on: date, *, is_own: bool) -> list[Column]:
    """Return the columns of credentials; ``page`` is the name of the address that shows one.

    is_own: a holder sees who issued each one, an issuing unit who holds it.
    """
    other = (
        Column(title=_("颁发机构"), value="unit.short_name", width=20)
        if is_own
        else Column(title=_("持证人"), value="holder_name", width=30)
    )
    return [
        Column(
            title=_("证照"),
            value="title",
            heads=True,
            width=24,
            href=lambda row: reverse(f"credentials:{page}", args=[row.pk]),
        ),
        Column(title=_("编号"), value="number", kind="code", width=22),
        other,
        Column(title=_("有效期自"), value="valid_from", kind="date"),
        Column(title=_("有效期至"), value=_last_day, kind="code"),
        Column(title=_("现在"), value=lambda row: worth_words(row, on)),
    ]


def sheet_columns(columns: list[Column]) -> list[Column]:
    """Return the columns of the workbook: those of the screen, and the identifier, which is too long for one."""
    return [*columns, Column(title=_("电子证照标识"), value="identifier", kind="code", width=70)]


def kind_columns(issuers: Mapping[str, str]) -> list[Column]:
    """Return the columns of kinds: the catalogue fields of GB/T 36902—2018. issuers: code of a kind → names."""
    return [
        Column(title=_("证照类型名称"), value="title", heads=True, width=28),
        Column(title=_("证照类型代码"), value=_type_code, kind="code", width=34),
        Column(title=_("类别"), value=lambda row: row.get_group_display()),
        Column(title=_("颁发机构"), value=lambda row: issuers.get(row.code) or _("本县没有颁发机构"), width=30),
        Column(title=_("有效期"), value=lambda row: rules.length_words(row.validity) or _("长期或按决定书"), width=14),
        Column(title=_("延续"), value=_renewal_words, width=34),
        Column(title=_("依据"), value=lambda row: row.source or _("待核对"), width=40),
    ]


def release_columns() -> list[Column]:
    """Return the columns of templates that were proposed and released."""
    return [
        Column(title=_("证照种类"), value="kind.title", heads=True, width=28),
        Column(title=_("提请时间"), value="proposed_at", kind="moment"),
        Column(title=_("启用时间"), value=_released, width=20),
        Column(title=_("模板摘要值"), value=lambda row: row.template[:16], kind="code", width=20),
        Column(title=_("说明"), value=_release_note, width=20),
    ]


def shown(one: Credential, on: date, page: str) -> dict[str, Any]:
    """Return what a page about one credential shows. Queries: 2."""
    labels = {row["key"]: row["label"] for row in one.kind.fields}
    worth = rules.worth_on(one.state, one.valid_from, one.valid_to, on)
    window = None
    if one.kind.is_renewable and one.valid_to and worth == rules.Worth.IN_FORCE:
        opens, closes = rules.period_of(one.kind.opens), rules.period_of(one.kind.closes)
        window = rules.renewal_window(one.valid_to, opens, closes, clock.calendar())
    return {
        "one": one,
        "worth": worth_words(one, on),
        "color": COLORS.get(worth, "grey"),
        "window": window,
        "rows": [
            {"key": _("编号"), "value": one.number},
            {"key": _("持证人"), "value": one.holder_name},
            *({"key": labels.get(key, key), "value": value} for key, value in one.fields.items()),
            {"key": _("有效期自"), "value": one.valid_from},
            {"key": _("有效期至"), "value": one.valid_to or _("长期")},
            {"key": _("颁发机构"), "value": one.unit.name},
            {"key": _("电子证照标识"), "value": one.identifier},
        ],
        "history": [
            {
                "title": _("第%(version)s版：%(state)s")
                % {"version": change.credential.version, "state": _changed(change)},
                "at": change.at,
                "text": "；".join(part for part in (change.reason, change.basis) if part),
                "href": reverse("ledger:entry", args=[change.entry]),
                "state": "done",
            }
            for change in queries.history(one)
        ],
        "versions": [
            {"version": each.version, "href": reverse(f"credentials:{page}", args=[each.pk])}
            for each in queries.versions_of(one)
            if each.pk != one.pk
        ],
    }


def _changed(change: StateChange) -> str:
    return _("颁发") if change.state == Credential.State.IN_FORCE else change.get_state_display()


def _last_day(row: Credential) -> str:
    return row.valid_to.isoformat() if row.valid_to else _("长期")


def _released(row: Release) -> str:
    if row.released_at is None:
        return _("等待另一人启用")
    return f"{row.released_at.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"


def _type_code(row: Kind) -> str:
    return f"{row.type_code}（{_('演示')}）" if row.is_type_code_demo else row.type_code


def _renewal_words(row: Kind) -> str:
    if not row.is_renewable:
        return _("不办理延续")
    opens, closes = rules.length_words(row.opens), rules.length_words(row.closes)
    if opens:
        return _("到期前%(opens)s至%(closes)s申请") % {"opens": opens, "closes": closes}
    return _("到期%(closes)s前申请") % {"closes": closes} if closes else _("到期前申请")


def _release_note(row: Release) -> str:
    return _("演示数据代为启用") if row.is_demo else ""
