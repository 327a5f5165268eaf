"""The components as tags; ``/components/`` shows each with how to use it."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context

from yingshang.kernel.web.forms import error_links, prepared
from yingshang.kernel.web.lamps import lamp_of
from yingshang.kernel.web.remaining import remaining_words
from yingshang.kernel.web.source_text import marked
from yingshang.kernel.web.tables.declare import Table

register = template.Library()


@register.inclusion_tag("web/tags/lamp.html")
def lamp(state: Any, word: str = "") -> dict[str, Any]:
    """Draw a lamp. state: red, yellow, green, gray, or a thing with ``color``; word: instead of the usual one."""
    return {"lamp": lamp_of(state), "word": word}


@register.inclusion_tag("web/tags/countdown.html")
def countdown(remaining: Any, due: Any = None) -> dict[str, Any]:
    """Say how much time is left. remaining: from ``clock.remaining``; due: the date to print beside it."""
    return {"words": remaining_words(remaining), "is_over": getattr(remaining, "is_overdue", False), "due": due}


@register.inclusion_tag("web/tags/timeline.html")
def timeline(rows: Any) -> dict[str, Any]:
    """Draw what happened.

    rows: mappings with ``title`` and any of ``at``, ``on``, ``who``, ``text``, ``href``, ``state`` (done,
    late, open).
    """
    return {"rows": rows}


@register.inclusion_tag("web/tags/task_list.html")
def task_list(rows: Any) -> dict[str, Any]:
    """Draw duties one under another.

    rows: mappings with ``title`` and any of ``href``, ``hint``, ``lamp``, ``remaining``, ``due``, ``tag``.
    """
    return {"rows": rows}


@register.inclusion_tag("web/tags/summary_list.html")
def summary_list(rows: Any) -> dict[str, Any]:
    """Draw names and values.

    rows: mappings with ``key``, ``value`` and any of ``href`` (of the value), ``change`` (an address),
    ``source``.
    """
    return {"rows": [row if isinstance(row, dict) else {"key": row[0], "value": row[1]} for row in rows]}


@register.inclusion_tag("web/tags/error_summary.html")
def error_summary(form: BaseForm | None) -> dict[str, Any]:
    """List what is wrong in a bound form, each line leading to its field; nothing when all is well."""
    return {"errors": error_links(form) if form is not None else []}


@register.inclusion_tag("web/tags/form_fields.html")
def form_fields(form: BaseForm, *names: str) -> dict[str, Any]:
    """Draw the fields of a form in our markup: all of them, or those named."""
    return {"form": form, "fields": prepared(form, names)}


@register.inclusion_tag("web/tags/filter_form.html", takes_context=True)
def filter_form(context: Context, form: BaseForm, action: str = "") -> dict[str, Any]:
    """Draw a form that filters the list below it by GET."""
    request = context.get("request")
    return {"form": form, "fields": prepared(form, ()), "action": action or (request.path if request else "")}


@register.inclusion_tag("web/tags/data_table.html")
def data_table(table: Table) -> dict[str, Any]:
    """Draw a table: cards on a phone, pages below, the workbook above."""
    return {"table": table, "rows": table.cells()}


@register.inclusion_tag("web/tags/crumb.html")
def crumb(*steps: str) -> dict[str, Any]:
    """Draw the way back.

    ``{% crumb "首页" "/" "方案" "/plan/" "第4项" %}``; the last word, without address, is this page.
    """
    pairs = [(steps[i], steps[i + 1] if i + 1 < len(steps) else "") for i in range(0, len(steps), 2)]
    return {"steps": pairs}


@register.inclusion_tag("web/tags/tag.html")
def tag(text: str, color: str = "") -> dict[str, Any]:
    """Draw a small word in a box. color: blue, green, yellow, red, grey or empty."""
    return {"text": text, "color": color}


@register.inclusion_tag("web/tags/notice.html")
def notice(text: str, title: str = "", kind: str = "") -> dict[str, Any]:
    """Draw a notice. kind: success, warning, error or empty."""
    return {"text": text, "title": title, "kind": kind}


@register.inclusion_tag("web/tags/progress.html")
def progress(job: Any, address: str) -> dict[str, Any]:
    """Show a long job.

    job: anything with ``done``, ``total``, ``message``, ``is_finished``; address: answers this tag again.
    """
    return {"job": job, "address": address}


@register.inclusion_tag("web/tags/marked_text.html")
def marked_text(text: str, spans: Any) -> dict[str, Any]:
    """Show a source text with its fields marked in place; see ``source_text.Span``."""
    return {"parts": marked(text, spans)}
