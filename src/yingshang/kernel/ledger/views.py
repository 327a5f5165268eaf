"""The ledger's public pages: nobody has to log in to check on us."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.kernel.errors import NotFound
from yingshang.kernel.ledger.checkpointing import latest
from yingshang.kernel.ledger.forms import ProofForm
from yingshang.kernel.ledger.keys import origin
from yingshang.kernel.ledger.proof_check import check
from yingshang.kernel.ledger.proving import prove
from yingshang.kernel.ledger.reading import tell
from yingshang.kernel.ledger.tree import head

PROOF = "text/plain; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the size, the newest checkpoint, the key, and how to check it all."""
    asked = request.GET.get("entry", "").strip()
    if asked:
        try:
            return redirect("ledger:entry", UUID(asked))
        except ValueError:
            raise NotFound("这条存证记录") from None
    context = {"checkpoint": latest(), "size": head().size, "origin": origin()}
    return render(request, "ledger/index.html", context | {"prefix": request.build_absolute_uri("/ledger")})


@require_safe
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Show one entry in words, with its proof to take home."""
    return render(request, "ledger/entry.html", {"told": tell(entry_id)})


@require_safe
def proof(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Hand out the proof file of an entry."""
    response = HttpResponse(str(prove(entry_id)), content_type=PROOF)
    response["Content-Disposition"] = f'attachment; filename="{entry_id}.tlog-proof"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check a proof file that somebody brings, and answer in plain words."""
    is_brought = request.method == "POST"
    form = ProofForm(request.POST, request.FILES) if is_brought else ProofForm()
    answer = check(form.proof()) if is_brought and form.is_valid() else None
    return render(request, "ledger/verify.html", {"form": form, "answer": answer})
