"""Records that seem to be of one person: the list of them, and the page on which two are told apart or merged."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Outdated, Refused, WrongState
from common.journal import record_access
from organizations.access import needs
from organizations.scope import Right
from personnel.actions import merge_people, tell_apart
from personnel.books import books_that_counted
from personnel.checks.books import check_counted
from personnel.doubles import are_told_apart, double_pairs, likeness, loaded
from personnel.forms.merging import MergeForm
from personnel.merging import Merging, merging, preview, seen_of
from personnel.models import Person
from personnel.rights import may_keep
from personnel.views.moves import carried_out

PAIRS_ON_A_PAGE = 25


@needs(Right.DRAFT)
@require_safe
def doubles(request: HttpRequest) -> HttpResponse:
    """List the pairs of records in the scope that seem to be of one person."""
    page = Paginator(double_pairs(request.scope), PAIRS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pairs": loaded(page.object_list, request.scope, request.day),
        "breadcrumbs": [("Nhân sự", reverse("personnel:person_list")), ("Hồ sơ có thể trùng", None)],
    }
    return render(request, "personnel/doubles.html", context)


@needs(Right.DRAFT)
@require_POST
def tell_doubles_apart(request: HttpRequest) -> HttpResponse:
    """Keep that two records, `mot` and `hai`, are of two people."""
    keys = [request.POST.get(name, "") for name in ("mot", "hai")]
    if not all(key.isascii() and key.isdecimal() and len(key) < 18 for key in keys):
        raise Http404("Cần hai hồ sơ.")
    one, other = _both(request, *map(int, keys))
    try:
        tell_apart(one, other, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Đã ghi: hai hồ sơ {one} và {other} là hai người, không trùng.")
    return redirect("personnel:doubles")


@needs(Right.DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def person_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Merge the record `other` into the record `pk`, after a look at what moves."""
    merged = Person.objects.filter(pk=other, merged_into__isnull=False).first()
    if merged and merged.merged_into_id == pk:  # a second click
        kept = get_object_or_404(Person.objects.visible_to(request.scope), pk=pk)
        messages.info(request, f"Hồ sơ ghi trùng đã được gộp vào hồ sơ của đồng chí {kept}.")
        return redirect(kept)
    kept, double = _both(request, pk, other)
    if not (may_keep(request.scope, kept) and may_keep(request.scope, double)):
        messages.error(request, "Chỉ gộp được khi vai trò của bạn bao gồm nơi sinh hoạt đảng của cả hai hồ sơ.")
        return redirect(kept)
    plan = merging(kept, double)
    form = MergeForm(
        kept, double, request.POST if request.method == "POST" else None, initial={"edition": plan.edition}
    )
    try:
        if carried_out(form, lambda: _merged(request, kept, double, form)):
            messages.success(request, f"Đã gộp hồ sơ ghi trùng vào hồ sơ của đồng chí {kept}.")
            return redirect(kept)
    except Outdated as error:
        messages.warning(request, str(error))
        return redirect("personnel:person_merge", pk=kept.pk, other=double.pk)
    except WrongState as error:
        messages.info(request, str(error))
        return redirect("personnel:person_detail", pk=kept.pk)
    return _page(request, plan, form)


def _both(request: HttpRequest, pk: int, other: int) -> tuple[Person, Person]:
    people = Person.objects.visible_to(request.scope).with_place_on(request.day, request.scope)
    if pk == other:
        raise Http404("Cần hai hồ sơ khác nhau.")
    return get_object_or_404(people, pk=pk), get_object_or_404(people, pk=other)


def _merged(request: HttpRequest, kept: Person, double: Person, form: MergeForm) -> None:
    reason, edition = form.cleaned_data["reason"], form.cleaned_data["edition"]
    merge_people(kept, double, form.values, by=request.user, reason=reason, edition=edition)


def _page(request: HttpRequest, plan: Merging, form: MergeForm) -> HttpResponse:
    shows_plans = request.scope.may(Right.VIEW_PLANS)
    if shows_plans:
        what = "Xem dữ liệu sẽ chuyển khi gộp hồ sơ, kèm quy hoạch"
        record_access(plan.double, by=request.user, what=what)
    context = {
        "kept": plan.kept,
        "double": plan.double,
        "likeness": likeness(plan.kept, plan.double),
        "told_apart": are_told_apart(plan.kept, plan.double),
        "moves": preview(plan, request.scope),
        "memberships": seen_of(plan.memberships.line, request.scope),
        "objections": plan.objections(request.scope),
        "books": check_counted(books_that_counted([plan.kept, plan.double], request.scope)),
        "form": form,
        "shows_plans": shows_plans,
        "breadcrumbs": [
            ("Nhân sự", reverse("personnel:person_list")),
            ("Hồ sơ có thể trùng", reverse("personnel:doubles")),
            ("Gộp hồ sơ", None),
        ],
    }
    return render(request, "personnel/person_merge.html", context, status=422 if form.errors else 200)
