"""Entering a person who is not in the register, and amending what it says of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import Outdated, WrongState
from organizations.access import needs
from organizations.scope import Right
from personnel.actions import amend_person, register_person
from personnel.books import books_that_counted
from personnel.checks.books import check_counted
from personnel.doubles import doubles_of
from personnel.forms.choices import Choices
from personnel.forms.person import AmendForm, NewPersonForm, typed_of
from personnel.models import Person
from personnel.particulars import compare, edition_of
from personnel.rights import may_keep
from personnel.views.moves import carried_out
from personnel.views.profile import person_or_kept

form_page = require_http_methods(["GET", "HEAD", "POST"])
NO_ENTRIES = ("csrfmiddlewaretoken", "luu", "sua-tiep", "edition")


@needs(Right.DRAFT, Right.DRAFT_INSPECTION)
@form_page
def person_new(request: HttpRequest) -> HttpResponse:
    """Enter a person; whoever seems to be in the register is entered only after a look at those alike."""
    choices = Choices(request.scope, request.day)
    form = NewPersonForm(choices, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (person := _entered(request, form)):
        messages.success(request, f"Đã ghi nhận đồng chí {person}.")
        return redirect(person)
    breadcrumbs = [("Nhân sự", reverse("personnel:person_list")), ("Thêm đảng viên", None)]
    context = {"form": form, "breadcrumbs": breadcrumbs}
    return render(request, "personnel/person_new.html", context, status=422 if form.errors else 200)


def _entered(request: HttpRequest, form: NewPersonForm) -> Person | None:
    """Enter the person; a form that is sent twice enters one. None when there is something to look at first."""
    [form.doubles] = doubles_of([Person(**form.values)], Person.objects.visible_to(request.scope))
    if again := form.sent_before():
        return again
    if form.unseen:
        form.add_error("is_other", "Danh sách đã có hồ sơ giống đồng chí này. Hãy xem rồi xác nhận là người khác.")
        return None
    entered: list[Person] = []
    try:
        carried_out(form, lambda: entered.append(_registered(request, form)))
    except Outdated:  # somebody has entered one alike in this moment
        return _entered(request, form)
    return entered[0] if entered else None


def _registered(request: HttpRequest, form: NewPersonForm) -> Person:
    since, precision = form.cleaned_data["member_from"]
    return register_person(
        organization=form.offer.organization(form.cleaned_data["organization"]),
        member_from=since,
        member_from_precision=precision,
        by=request.user,
        told_apart=form.told_apart,
        **form.values,
    )


@needs(Right.DRAFT)
@form_page
def person_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Amend what the register says of a person; what was changed meanwhile is never written over unseen.

    Whatever was typed of a record that was merged meanwhile is shown beside the one that it went into.
    """
    person = person_or_kept(request, pk)
    if person.pk != pk and request.method != "POST":
        return redirect("personnel:person_amend", pk=person.pk)
    if not may_keep(request.scope, person):
        messages.error(request, "Vai trò của bạn không bao gồm việc sửa thông tin đảng viên của tổ chức đảng này.")
        return redirect(person)
    if request.method != "POST":
        return _page(request, person, AmendForm(initial=typed_of(person)))
    if "sua-tiep" in request.POST:
        return _page(request, person, AmendForm(initial=request.POST.dict()))
    form = AmendForm(request.POST)
    try:
        done = carried_out(form, lambda: _amended(request, person, form))
    except WrongState:
        return _outdated(request, person_or_kept(request, person.pk), form)
    if not done:
        return _page(request, person, form)
    messages.success(request, f"Đã lưu thông tin của đồng chí {form.values['full_name']}.")
    return redirect(person)


def _amended(request: HttpRequest, person: Person, form: AmendForm) -> Person:
    return amend_person(person, by=request.user, edition=form.cleaned_data["edition"], **form.values)


def _outdated(request: HttpRequest, person: Person, form: AmendForm) -> HttpResponse:
    """Show both versions and let the user choose; when they say the same, the form was only sent twice."""
    saved = get_object_or_404(Person.objects.visible_to(request.scope), pk=person.pk)
    mine = Person(pk=saved.pk, **form.values)
    pairs = [pair for pair in compare(mine, saved) if pair.differs]
    if not pairs:
        messages.success(request, f"Đã lưu thông tin của đồng chí {saved}.")
        return redirect(saved)
    typed = {name: value for name, value in request.POST.items() if name not in NO_ENTRIES}
    context = {
        "person": saved,
        "pairs": pairs,
        "typed": typed | {"edition": edition_of(saved)},
        "breadcrumbs": _breadcrumbs(saved, "Hai bản khác nhau"),
    }
    return render(request, "personnel/person_conflict.html", context, status=409)


def _page(request: HttpRequest, person: Person, form: AmendForm) -> HttpResponse:
    books = check_counted(books_that_counted([person], request.scope))
    context = {"person": person, "form": form, "books": books, "breadcrumbs": _breadcrumbs(person, "Sửa thông tin")}
    return render(request, "personnel/person_amend.html", context, status=422 if form.errors else 200)


def _breadcrumbs(person: Person, here: str) -> list[tuple[str, str | None]]:
    return [
        ("Nhân sự", reverse("personnel:person_list")),
        (person.full_name, person.get_absolute_url()),
        (here, None),
    ]
