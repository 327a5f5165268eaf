"""What everybody sees: how far the plan is."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yingshang.kernel import clock
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.dashboards import queries
from yingshang.oversight.dashboards.rules.drawing import bars
from yingshang.oversight.dashboards.views.tables import PLAIN_HEAD, plain_row, progress_columns, short


def progress(request: ActorRequest) -> HttpResponse:
    """Show how far each task is, by chapter, in plain words; counts only. Queries: fixed."""
    today = clock.today()
    sections = queries.progress(today)
    tasks = [task for section in sections for task in section.tasks]
    listing = table(progress_columns(), tasks, request=request, name=_("方案办理进度"))
    match request.GET.get("format"):
        case "xlsx":
            return xlsx_out(listing)
        case "csv":
            return _csv(tasks)
    context = {
        "sections": [(section, [(task, short(task.sentence)) for task in section.tasks]) for section in sections],
        "listing": listing,
        "count": len(tasks),
        "done": sum(section.done for section in sections),
        "late": sum(section.late for section in sections),
        "going": sum(section.going for section in sections),
        "bars": bars([(section.title[:9], section.done) for section in sections], _("每个部分办完的任务数")),
        "now": clock.now(),
    }
    return render(request, "dashboards/progress.html", context)


def _csv(tasks: list[Any]) -> HttpResponse:
    """Return the tasks as open data: UTF-8 with a mark of its encoding, one line each."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="progress.csv"'
    writer = csv.writer(response)
    writer.writerow(PLAIN_HEAD)
    writer.writerows(plain_row(task) for task in tasks)
    return response
