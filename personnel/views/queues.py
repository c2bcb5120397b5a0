"""Việc của tôi: what waits for the user."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.periods import today
from organizations.access import needs
from organizations.scope import Right
from personnel.queues import queues_of
from personnel.rights import may_draft_somewhere


@needs(Right.VIEW)
@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Show the queues of the user's roles as they are today, whatever the day looked at: work is done today."""
    queues = queues_of(request.user, today())
    context = {
        "queues": queues,
        "is_empty": not any(queue.count for queue in queues),
        "may_draft": may_draft_somewhere(request.scope),
        "breadcrumbs": [("Việc của tôi", None)],
    }
    return render(request, "personnel/my_work.html", context)
