"""What a holder sees: their credentials, the files, the end in sight."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, keyset, table, xlsx_out
from yingshang.registers.credentials import queries
from yingshang.registers.credentials.views.tables import credential_columns, sheet_columns, shown


@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """List the credentials of the party acted for, the latest first. Queries: 1."""
    rows = queries.of_holder(request.actor)
    page = keyset(rows, request, order=queries.LATEST_FIRST)
    columns = credential_columns("mine_one", clock.today(), is_own=True)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(sheet_columns(columns), rows, name=_("我的证照")))
    listed = table(columns, page, request=request, name=_("我的证照"), empty=_("还没有电子证照。"))
    return render(request, "credentials/mine.html", {"listing": listed})


@require_safe
def mine_one(request: ActorRequest, credential_id: UUID) -> HttpResponse:
    """Show one with its file, its versions and what became of them. Queries: fixed."""
    one = queries.credential(credential_id)
    if access.may(request.actor, "credentials.see_own", one) is not None:
        raise NotFound("这本证照")
    return render(request, "credentials/mine_one.html", shown(one, clock.today(), "mine_one"))
