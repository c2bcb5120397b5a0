"""The Word papers of a dossier."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from common.papers import CONTENT_TYPE, BadTemplate
from organizations.access import needs
from organizations.scope import Right
from personnel.models import Dossier
from personnel.papers import papers_of, write_paper


@needs(Right.VIEW)
@require_safe
def dossier_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Write a paper of the dossier for Word: HS-2022-017-to-trinh.docx."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.scope).with_everything(), pk=pk)
    if kind not in dict(papers_of(dossier)):
        raise Http404("Hồ sơ này không có giấy tờ đó.")
    try:
        content = write_paper(dossier, kind, request.scope)
    except BadTemplate as error:
        messages.error(request, f"Không lập được giấy tờ từ mẫu riêng của cơ quan. {error} Hãy báo người quản trị.")
        return redirect(dossier)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{dossier.code}-{kind}.docx"'
    return response
