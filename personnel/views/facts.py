"""Pages on which dated facts about a person are entered; a plan that names the person may have to change by them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from common.formats import padded, short_day
from common.periods import today
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from personnel.forms.facts import ConclusionForm, DisciplineForm
from personnel.models import Discipline, Person
from personnel.recording import conclude_by, discipline_by
from personnel.views.moves import carried_out
from personnel.views.profile import person_or_kept

form_page = require_http_methods(["GET", "HEAD", "POST"])


@needs(Right.DRAFT)
@form_page
def person_discipline(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a disciplinary measure."""
    person, place = _subject(request, pk)
    if not _covered(request, place, Right.DRAFT):
        return _not_here(request, person, "ghi kỷ luật")
    form = DisciplineForm(place, request.user, _sent(request))
    if form.is_bound and form.is_valid() and person.disciplines.filter(**_same(form, "kind")).exists():
        return _already(request, person)
    if carried_out(form, lambda: discipline_by(person, by=request.user, **form.fact)):
        kind = Discipline.Kind(form.cleaned_data["kind"]).label.lower()
        return _recorded(request, person, form, f"Đã ghi kỷ luật {kind} đối với {person}")
    return _page(request, "personnel/person_discipline.html", person, form, "Ghi kỷ luật")


@needs(Right.PLAN)
@form_page
def person_conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a conclusion that the person does not meet the political standard."""
    person, place = _subject(request, pk)
    if not _covered(request, place, Right.PLAN):
        return _not_here(request, person, "ghi kết luận về tiêu chuẩn chính trị")
    form = ConclusionForm(place, request.user, _sent(request))
    if form.is_bound and form.is_valid() and person.political_conclusions.filter(**_same(form)).exists():
        return _already(request, person)
    if carried_out(form, lambda: conclude_by(person, by=request.user, **form.fact)):
        return _recorded(request, person, form, f"Đã ghi kết luận về tiêu chuẩn chính trị đối với {person}")
    return _page(request, "personnel/person_conclusion.html", person, form, "Ghi kết luận")


def _subject(request: HttpRequest, pk: int) -> tuple[Person, Organization | None]:
    """Return the person (of a double the one it was merged into), and where a member today, or at last."""
    person = person_or_kept(request, pk)
    membership = person.memberships.begun_by(today()).select_related("organization__parent").first()
    return person, membership.organization if membership else None


def _covered(request: HttpRequest, place: Organization | None, right: Right) -> bool:
    return place is not None and request.scope.covers(place.path, right)


def _not_here(request: HttpRequest, person: Person, what: str) -> HttpResponse:
    messages.error(request, f"Vai trò của bạn không bao gồm việc {what} đối với đảng viên của tổ chức đảng này.")
    return redirect(person)


def _same(form, *names: str) -> dict[str, object]:
    """Return what makes two facts one: the page was sent twice."""
    return {name: form.cleaned_data[name] for name in ("valid_from", *names)}


def _already(request: HttpRequest, person: Person) -> HttpResponse:
    messages.info(request, "Nội dung này đã được ghi từ trước; không ghi thêm lần nữa.")
    return redirect(person)


def _recorded(request: HttpRequest, person: Person, form, sentence: str) -> HttpResponse:
    messages.success(request, f"{sentence}, có hiệu lực từ {short_day(form.cleaned_data['valid_from'])}.")
    ends = form.cleaned_data["valid_to"]
    planned = person.plan_entries.visible_to(request.scope).filter(valid_to__isnull=True).count()
    if planned and (ends is None or ends > today()):
        link = format_html('<a href="{}">Xem đề xuất</a>', reverse("planning:proposals"))
        told = "{} đang có trong quy hoạch {} chức danh. {} để đưa ra khỏi quy hoạch."
        messages.warning(request, format_html(told, person, padded(planned), link))
    return redirect(person)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest, template: str, person: Person, form, here: str) -> HttpResponse:
    breadcrumbs = [
        ("Nhân sự", reverse("personnel:person_list")),
        (person.full_name, person.get_absolute_url()),
        (here, None),
    ]
    context = {"person": person, "form": form, "breadcrumbs": breadcrumbs}
    return render(request, template, context, status=422 if form.errors else 200)
