"""Download a document; check the seals on a PDF."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from yingshang.kernel.documents import seals, store
from yingshang.kernel.documents.forms import SealedFileForm
from yingshang.kernel.documents.models import Document
from yingshang.kernel.documents.opening import open_document
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web.request import ActorRequest


@require_GET
def download(request: ActorRequest, document_id: UUID) -> FileResponse:
    """Send the file as an attachment that a browser will neither guess about nor run."""
    document = Document.objects.filter(pk=document_id).first()
    if document is None:
        raise NotFound("这份文件")
    file = open_document(document, request.actor)
    response = FileResponse(file, as_attachment=True, filename=document.name, content_type=document.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=3600" if document.is_public else "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def check_seal(request: HttpRequest) -> HttpResponse:
    """Say whether the seals on a PDF that anybody hands in are whole. The file is not kept."""
    form = SealedFileForm(request.POST or None, request.FILES or None)
    answers = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        store.read_all(file, limit=settings.YS_DOCUMENT_MAX_BYTES)
        file.seek(0)
        answers = seals.check_seals(file)
    return render(request, "documents/check_seal.html", {"form": form, "answers": answers})
