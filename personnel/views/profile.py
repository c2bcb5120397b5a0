"""The pages of one person: the profile, the sheet to print. Read only; each shows the records as of `request.day`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.journal import record_access
from organizations.access import needs
from organizations.scope import Right
from personnel.models import Person
from personnel.profile import Profile, profile_of
from personnel.rights import place_of


def person_or_kept(request: HttpRequest, pk: int) -> Person:
    """Return the person of this key in the scope; of a double, the person that it was merged into."""
    people = Person.objects.visible_to(request.scope)
    found = people.filter(pk=pk, merged_into__isnull=True).first()
    if found is None:
        double = get_object_or_404(Person, pk=pk, merged_into__isnull=False)
        found = get_object_or_404(people, pk=double.merged_into_id)
    return found


@needs(Right.VIEW)
@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the register knew of a person by the day looked at; plan entries to those who may see them."""
    person = person_or_kept(request, pk)
    if person.pk != pk:
        return redirect(person)
    profile = profile_of(person, request.scope, request.day)
    _record(request, profile)
    place = place_of(person)
    covers = request.scope.covers
    context = {
        "person": person,
        "profile": profile,
        "career": profile.career,
        "alerts": profile.alerts(),
        "papers": profile.papers(),
        "may_amend": covers(place.path if place else "/", Right.DRAFT),
        "may_discipline": place is not None and covers(place.path, Right.DRAFT),
        "may_conclude": place is not None and covers(place.path, Right.PLAN),
        "breadcrumbs": [("Nhân sự", reverse("personnel:person_list")), (person.full_name, None)],
    }
    return render(request, "personnel/person_detail.html", context)


def _record(request: HttpRequest, profile: Profile) -> None:
    """Tell the journal of what is confidential: who is planned, and who is not, and conclusions."""
    if profile.shows_plans:
        record_access(profile.person, by=request.user, what="Xem hồ sơ đảng viên kèm quy hoạch")
    if profile.conclusions:
        record_access(profile.person, by=request.user, what="Xem kết luận về tiêu chuẩn chính trị")


@needs(Right.VIEW)
@require_safe
def person_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the person on one sheet of paper, to print. Nothing of plans and conclusions stands on it."""
    person = person_or_kept(request, pk)
    if person.pk != pk:
        return redirect("personnel:person_sheet", pk=person.pk)
    profile = profile_of(person, request.scope, request.day, with_plans=False)
    breadcrumbs = [
        ("Nhân sự", reverse("personnel:person_list")),
        (person.full_name, person.get_absolute_url()),
        ("Phiếu", None),
    ]
    context = {"person": person, "profile": profile, "career": profile.career, "breadcrumbs": breadcrumbs}
    return render(request, "personnel/person_sheet.html", context)
