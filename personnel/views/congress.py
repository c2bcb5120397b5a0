"""The congress grid: the whole committee of a new term entered at once; it saves a draft of a congress result."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import Blocked, Outdated, Refused
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from personnel.drafting import draft_with_newcomers, save_with_newcomers
from personnel.foresight import Foresight
from personnel.forms import typed as fields
from personnel.forms.choices import Choices
from personnel.forms.congress import CongressGrid, bodies_of, with_more_rows
from personnel.forms.congress_typed import of_draft, opened, with_defaults, with_pasted
from personnel.models import Dossier
from regulations.findings import Finding, Severity

SITTING = "duong-nhiem"  # the parameter that asks for those who sit today to be filled in
form_page = require_http_methods(["GET", "HEAD", "POST"])


@needs(Right.DRAFT)
@form_page
def congress_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write down the result of a congress, the whole committee in one grid."""
    organization = _place(request, code)
    if not request.scope.covers(organization.path, Right.DRAFT):
        return _not_here(request, organization)
    if request.method == "POST":
        return _received(request, organization, _made_from(request))
    typed = opened(organization, request.day, with_sitting=SITTING in request.GET)
    return _page(request, _grid(request, organization, typed))


@needs(Right.DRAFT)
@form_page
def congress_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing the draft of a congress result in the grid."""
    dossiers = Dossier.objects.visible_to(request.scope).select_related("organization", "congress", "corrects")
    dossier = get_object_or_404(dossiers, pk=pk)
    if not request.scope.covers(dossier.organization.path, Right.DRAFT):
        return _not_here(request, dossier.organization)
    if dossier.kind != Dossier.Kind.CONGRESS or dossier.state != Dossier.State.DRAFT:
        messages.warning(request, f"Hồ sơ {dossier.code} không phải là kết quả đại hội còn ở dạng nháp.")
        return redirect(dossier)
    if request.method == "POST":
        return _received(request, dossier.organization, dossier)
    return _page(request, _grid(request, dossier.organization, None, dossier=dossier))


@needs(Right.DRAFT)
def congress_preview(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the congress would bring about as far as it is typed: a part of the page."""
    organization = _place(request, code)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    grid = _grid(request, organization, fields.typed_in(request.POST), is_sent=True)
    context = {"entry": grid.entry, "foresight": _foresee(request, grid)}
    return render(request, "personnel/_foresight.html", context)


def _place(request: HttpRequest, code: str) -> Organization:
    organizations = Organization.objects.visible_to(request.scope).with_facts_on(request.day)
    return get_object_or_404(organizations, code=code)


def _not_here(request: HttpRequest, organization: Organization) -> HttpResponse:
    messages.error(request, "Vai trò của bạn không bao gồm việc lập hồ sơ đại hội của tổ chức đảng này.")
    return redirect("personnel:organization_detail", organization.code)


def _made_from(request: HttpRequest) -> Dossier | None:
    """Return the dossier that was made when this form was sent before."""
    key = fields.form_key_of(fields.typed_in(request.POST))
    made = Dossier.objects.drafted_by(request.user).select_related("organization", "congress", "corrects")
    return made.filter(form_key=key).first() if key else None


def _grid(
    request: HttpRequest,
    organization: Organization,
    typed: dict[str, str] | None,
    *,
    dossier: Dossier | None = None,
    is_sent: bool = False,
) -> CongressGrid:
    """Return the grid of what was typed; without anything typed, of the draft as it stands."""
    choices = Choices(request.scope, request.day)
    drafted, kept = of_draft(dossier, choices) if dossier else ({}, {})
    typed = with_defaults(drafted if typed is None else typed, _kind_of(organization))
    return CongressGrid(choices, organization, typed, dossier=dossier, kept=kept, is_sent=is_sent)


def _kind_of(organization: Organization) -> str:
    return getattr(organization, "kind_on_day", organization.kind)


def _foresee(request: HttpRequest, grid: CongressGrid) -> Foresight:
    organization = grid.organization
    if not hasattr(organization, "kind_on_day"):
        organization = Organization.objects.with_facts_on(request.day).get(pk=organization.pk)
    return grid.entry.foresee(organization).within(request.scope)


def _received(request: HttpRequest, organization: Organization, dossier: Dossier | None) -> HttpResponse:
    """Save what was typed, or show it again: with more rows, with lines pasted, with what would happen."""
    typed = fields.typed_in(request.POST)
    again = {"dossier": dossier}
    if "them-dong" in request.POST:
        return _page(request, _grid(request, organization, with_more_rows(typed), **again))
    if "dan" in request.POST:
        typed = with_pasted(typed, Choices(request.scope, request.day))
        return _page(request, _grid(request, organization, typed, **again))
    grid = _grid(request, organization, typed, is_sent=True, **again)
    if "xem-truoc" in request.POST:
        ahead = _foresee(request, grid)
        return _page(request, _grid(request, organization, typed, **again), foresight=ahead)
    if dossier and grid.entry.edition != dossier.edition and "form_key" not in typed:
        return _outdated(request, grid)
    if not grid.is_valid():
        return _page(request, grid, status=422)
    return _saved(request, grid, dossier)


def _saved(request: HttpRequest, grid: CongressGrid, dossier: Dossier | None) -> HttpResponse:
    entry = grid.entry
    given = {"by": request.user, "items": entry.items, "congress": entry.congress_fields, "day": request.day}
    try:
        if dossier and entry.edition:
            saved = save_with_newcomers(dossier, edition=entry.edition, **given)
        else:
            key = fields.form_key_of(entry.typed)
            saved = draft_with_newcomers(entry.organization, kind=Dossier.Kind.CONGRESS, form_key=key, **given)
    except Outdated:
        return _outdated(request, grid)
    except Blocked as error:
        grid.blame(error.findings)
        return _page(request, grid, status=422)
    except Refused as error:
        grid.blame([Finding(Severity.BLOCK, str(error))])
        return _page(request, grid, status=422)
    if "trinh" in request.POST:
        return redirect("personnel:dossier_submit", pk=saved.pk)
    messages.success(request, f"Đã lưu nháp hồ sơ {saved.code}.")
    return redirect(saved)


def _outdated(request: HttpRequest, grid: CongressGrid) -> HttpResponse:
    sentence = "Hồ sơ vừa được người khác lưu. Hãy mở lại hồ sơ để xem bản mới trước khi nhập tiếp."
    grid.blame([Finding(Severity.BLOCK, sentence)])
    return _page(request, grid, status=409)


def _page(
    request: HttpRequest, grid: CongressGrid, *, foresight: Foresight | None = None, status: int = 200
) -> HttpResponse:
    grid.entry.prepare()
    organization, dossier = grid.organization, grid.entry.dossier
    others = Dossier.objects.visible_to(request.scope).of_organization(organization)
    others = others.filter(kind=Dossier.Kind.CONGRESS, state__in=(Dossier.State.DRAFT, Dossier.State.SUBMITTED))
    here = f"Sửa {dossier.code}" if dossier else "Kết quả đại hội"
    context = {
        "grid": grid,
        "entry": grid.entry,
        "organization": organization,
        "bodies": bodies_of(grid.typed),
        "others": list(others.exclude(pk=dossier and dossier.pk)),
        "foresight": foresight,
        "breadcrumbs": [
            ("Tổ chức", reverse("organizations:organization_list")),
            (organization.code, reverse("personnel:organization_detail", args=[organization.code])),
            (here, None),
        ],
    }
    return render(request, "personnel/term_congress.html", context, status=status)
