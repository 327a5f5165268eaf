"""What a stranger asks: does this credential hold? And which kinds there are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.kernel import clock
from yingshang.kernel.web import Pace, table, xlsx_out
from yingshang.registers.credentials import queries
from yingshang.registers.credentials.forms import CodeForm, FileForm
from yingshang.registers.credentials.queries.verifying import Verdict, by_code, by_file
from yingshang.registers.credentials.views.tables import kind_columns

PACE = Pace("credentials.verify")


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Answer a code, from the QR code or typed; without one, ask for it. Tries that find nothing are counted."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    answer = None
    if form.is_bound and form.is_valid():
        if (slower := PACE.refused(request)) is not None:
            return slower
        answer = by_code(form.cleaned_data["code"], form.cleaned_data["number"], clock.today())
        if answer.verdict == Verdict.UNKNOWN:
            PACE.count(request)
    context = {"form": form, "file_form": FileForm(), "answer": answer, "asked_at": clock.now()}
    response = render(request, "credentials/verify.html", context)
    response["Cache-Control"] = "no-store"  # the address holds the code
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Answer a file; it is read and forgotten. Every file is counted: reading one costs."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    answer = None
    if form.is_bound and form.is_valid():
        if (slower := PACE.refused(request)) is not None:
            return slower
        PACE.count(request)
        answer = by_file(form.cleaned_data["file"].read(), clock.today())
    context = {"form": CodeForm(), "file_form": form, "answer": answer, "asked_at": clock.now(), "by_file": True}
    return render(request, "credentials/verify.html", context)


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """List the kinds of credentials with the catalogue fields of GB/T 36902, and who issues them. Queries: 2."""
    on = clock.today()
    listed = table(
        kind_columns(queries.issuers_by_kind(on)), list(queries.kinds_on(on)), request=request, name=_("证照目录")
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    return render(request, "credentials/kinds.html", {"listing": listed})
