"""The form in which a dossier is written: opened, looked ahead from, kept while it is typed, saved."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Blocked, Outdated, Refused
from organizations.access import needs
from organizations.scope import Right
from personnel.actions import discard_unfinished, keep_unfinished
from personnel.drafting import draft_with_newcomers, save_with_newcomers
from personnel.foresight import Foresight
from personnel.forms import typed as fields
from personnel.forms.choices import Choices, describe
from personnel.forms.comparison import compare
from personnel.forms.dossier import DossierEntry
from personnel.forms.items import ItemForm
from personnel.models import Dossier, UnfinishedForm
from personnel.rights import may_draft
from regulations.findings import Finding, Severity

drafters = needs(Right.DRAFT, Right.DRAFT_INSPECTION)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@drafters
@form_page
def dossier_new(request: HttpRequest) -> HttpResponse:
    """Write a new dossier, with what its address fills in; or a correction of the dossier that the address names."""
    if request.method == "POST":
        return _received(request, _made_from(request, request.POST), _corrected(request, request.POST.get("corrects")))
    corrects, choices = _corrected(request, request.GET.get(fields.CORRECTS)), _choices(request)
    unfinished = UnfinishedForm.objects.of(request.user, None).first()
    is_lost = bool(unfinished) and not _may_reopen(request, unfinished)
    if unfinished and not is_lost and fields.goes_on(request.GET, unfinished.typed):
        corrects = _corrected(request, unfinished.typed.get("corrects"))
        return _page(request, DossierEntry(choices, unfinished.typed, corrects=corrects), unfinished=unfinished)
    typed = fields.correction_of(corrects, choices) if corrects else fields.blank(request.GET)
    return _page(request, DossierEntry(choices, typed, corrects=corrects), put_aside=unfinished, is_lost=is_lost)


def _may_reopen(request: HttpRequest, unfinished: UnfinishedForm) -> bool:
    """Whether the dossier that an unfinished correction mends can still be opened: a role may have moved since."""
    try:
        _corrected(request, unfinished.typed.get("corrects"))
    except (Http404, PermissionDenied):
        return False
    return True


@drafters
@form_page
def dossier_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing a draft."""
    dossier = _dossier(request, pk)
    objection = _objection(request, dossier)
    if objection:
        messages.warning(request, objection)
        return redirect(dossier)
    if request.method == "POST":
        return _received(request, dossier)
    choices = _choices(request)
    unfinished = UnfinishedForm.objects.of(request.user, dossier).first()
    typed = unfinished.typed if unfinished else fields.typed_of(dossier, choices)
    return _page(request, DossierEntry(choices, typed, dossier=dossier), unfinished=unfinished)


def _choices(request: HttpRequest) -> Choices:
    return Choices(request.scope, request.day)


def _made_from(request: HttpRequest, typed: Mapping[str, str]) -> Dossier | None:
    """Return the dossier that was made when this form was sent before."""
    key = fields.form_key_of(typed)
    made = Dossier.objects.drafted_by(request.user).select_related("organization", "congress", "corrects")
    return made.filter(form_key=key).first() if key else None


def _dossier(request: HttpRequest, pk: object) -> Dossier:
    dossiers = Dossier.objects.visible_to(request.scope).select_related("organization", "congress", "corrects")
    return get_object_or_404(dossiers, pk=pk)


def _may_write(request: HttpRequest, dossier: Dossier) -> bool:
    positions = [item.position for item in dossier.items.select_related("position")]
    return may_draft(request.scope, dossier.organization, positions)


def _objection(request: HttpRequest, dossier: Dossier) -> str:
    """Say why the user may not go on writing it; empty when nothing stands in the way."""
    if not _may_write(request, dossier):
        return f"Vai trò của bạn không bao gồm việc sửa hồ sơ {dossier.code}."
    if dossier.state != Dossier.State.DRAFT:
        return f"Hồ sơ {dossier.code} đang ở trạng thái “{dossier.get_state_display()}” nên không sửa được nữa."
    return ""


def _writable(request: HttpRequest, pk: str) -> Dossier:
    """Return the dossier, if it is in the scope and the user may write dossiers with its positions."""
    dossier = _dossier(request, pk)
    if not _may_write(request, dossier):
        raise PermissionDenied("Vai trò của bạn không bao gồm việc sửa hồ sơ này.")
    return dossier


def _corrected(request: HttpRequest, pk: str | None) -> Dossier | None:
    """Return the confirmed dossier that is to be corrected; None when none is named."""
    if not pk:
        return None
    dossier = _writable(request, pk) if pk.isdecimal() else None
    if dossier is None or dossier.state != Dossier.State.CONFIRMED:
        raise Http404("Không có hồ sơ đã chuẩn y nào như vậy để đính chính.")
    return dossier


# What was sent


def _received(request: HttpRequest, dossier: Dossier | None, corrects: Dossier | None = None) -> HttpResponse:
    """Save what was typed, or show it again: with another row, with what would happen, with what is wrong."""
    typed, choices = fields.typed_in(request.POST), _choices(request)
    named = {"dossier": dossier, "corrects": corrects}
    if "them-dong" in request.POST:
        return _page(request, DossierEntry(choices, fields.with_another_row(typed), **named))
    if "sua-tiep" in request.POST:
        return _page(request, DossierEntry(choices, typed, **named))
    entry = DossierEntry(choices, typed, **named, is_sent=True)
    if "xem-truoc" in request.POST:
        foresight = entry.foresee(entry.organization).within(request.scope)
        return _page(request, DossierEntry(choices, typed, **named), foresight=foresight)
    if dossier and entry.edition != dossier.edition:
        return _outdated(request, entry)
    if not entry.is_valid():
        return _page(request, entry, status=422)
    return _saved(request, entry)


def _saved(request: HttpRequest, entry: DossierEntry) -> HttpResponse:
    try:
        dossier = _save(request, entry)
    except Outdated:
        return _outdated(request, entry)
    except Blocked as error:
        entry.blame(error.findings)
        return _page(request, entry, status=422)
    except Refused as error:
        entry.blame([Finding(Severity.BLOCK, str(error))])
        return _page(request, entry, status=422)
    return _done(request, dossier)


def _save(request: HttpRequest, entry: DossierEntry) -> Dossier:
    given = {"by": request.user, "items": entry.items, "congress": entry.congress_fields, "day": request.day}
    if entry.dossier:
        return save_with_newcomers(entry.dossier, edition=entry.edition, **given)
    key = fields.form_key_of(entry.typed)
    return draft_with_newcomers(entry.organization, kind=entry.kind, corrects=entry.corrects, form_key=key, **given)


def _done(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    if "trinh" in request.POST:
        return redirect("personnel:dossier_submit", pk=dossier.pk)
    messages.success(request, f"Đã lưu nháp hồ sơ {dossier.code}.")
    return redirect(dossier)


def _outdated(request: HttpRequest, entry: DossierEntry) -> HttpResponse:
    """Show both versions and let the user choose; when they say the same, the form was only sent twice."""
    saved = Dossier.objects.select_related("congress", "organization").get(pk=entry.dossier.pk)
    pairs = compare(entry.items, entry.congress_fields, saved)
    if not any(pair.differs for pair in pairs):
        discard_unfinished(owner=request.user, dossier=saved)
        return _done(request, saved)
    typed = {**entry.typed, "edition": str(saved.edition)}
    breadcrumbs = _breadcrumbs(saved, "Hai bản khác nhau")
    context = {"dossier": saved, "pairs": pairs, "typed": typed, "breadcrumbs": breadcrumbs}
    return render(request, "personnel/dossier_conflict.html", context, status=409)


# The page


def _page(
    request: HttpRequest,
    entry: DossierEntry,
    *,
    unfinished: UnfinishedForm | None = None,
    put_aside: UnfinishedForm | None = None,
    is_lost: bool = False,
    foresight: Foresight | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the form. `unfinished` is what it was restored from, `put_aside` what it was not restored from.

    `is_lost`: what was put aside cannot be opened again.
    """
    entry.prepare()
    here = "Sửa" if entry.dossier else "Đính chính" if entry.corrects else "Lập hồ sơ"
    context = {
        "entry": entry,
        "foresight": foresight,
        "unfinished": unfinished,
        "put_aside": put_aside,
        "is_lost": is_lost,
        "breadcrumbs": _breadcrumbs(entry.dossier or entry.corrects, here),
    }
    return render(request, "personnel/dossier_form.html", context, status=status)


def _breadcrumbs(dossier: Dossier | None, here: str) -> list[tuple[str, str | None]]:
    above = [("Hồ sơ kiện toàn", reverse("personnel:dossier_list"))]
    above += [(dossier.code, dossier.get_absolute_url())] if dossier else []
    return [*above, (here, None)]


# Parts of the page, asked for while it is filled in


@drafters
@require_safe
def dossier_row(request: HttpRequest) -> HttpResponse:
    """Answer with one more empty row, of the number and for the kind of dossier asked for."""
    number, kind = request.GET.get("thu-tu", ""), request.GET.get("loai", "")
    index = int(number) if number.isdecimal() and len(number) < 4 else 0
    kind = Dossier.Kind.CONGRESS if kind == Dossier.Kind.CONGRESS else Dossier.Kind.SUPPLEMENT
    row = ItemForm(prefix=f"items-{index}", choices=_choices(request), kind=kind)
    return render(request, "personnel/_item_row.html", {"row": row, "number": index + 1})


@drafters
@require_POST
def dossier_preview(request: HttpRequest) -> HttpResponse:
    """Say what the dossier would bring about as far as it is typed. Rows that are not whole yet are left out."""
    typed, choices = fields.typed_in(request.POST), _choices(request)
    corrects = typed.get("corrects", "")
    entry = DossierEntry(choices, typed, corrects_pk=int(corrects) if corrects.isdecimal() else None, is_sent=True)
    foresight = entry.foresee(choices.organization(typed.get("organization", ""))).within(request.scope)
    return render(request, "personnel/_foresight_answer.html", {"entry": entry, "foresight": foresight})


@drafters
@require_safe
def person_choices(request: HttpRequest) -> JsonResponse:
    """Return the people whom the words typed may mean."""
    found = _choices(request).search_people(request.GET.get("q", "")[:120], request.GET.get("to-chuc", ""))
    return JsonResponse({"people": [{"value": str(person.pk), "text": describe(person)} for person in found]})


@drafters
@require_POST
def dossier_autosave(request: HttpRequest) -> JsonResponse:
    """Keep what is typed. What was saved meanwhile, from this form, is not kept again."""
    typed = fields.typed_in(request.POST)
    dossier = _writable(request, typed["dossier"]) if typed.get("dossier", "").isdecimal() else None
    if sum(map(len, typed.values())) > fields.LARGEST or not _is_unsaved(request, dossier, typed):
        return JsonResponse({"saved_at": None})
    edition = typed.get("edition", "")
    kept = keep_unfinished(
        owner=request.user, dossier=dossier, edition=int(edition) if edition.isdecimal() else 0, typed=typed
    )
    return JsonResponse({"saved_at": f"{timezone.localtime(kept.saved_at):%H:%M}"})


def _is_unsaved(request: HttpRequest, dossier: Dossier | None, typed: Mapping[str, str]) -> bool:
    return dossier.state == Dossier.State.DRAFT if dossier else _made_from(request, typed) is None


@drafters
@require_POST
def discard_typed(request: HttpRequest) -> HttpResponse:
    """Throw away what was typed and not saved; go on from the dossier as it was saved, or from an empty form."""
    pk = request.POST.get("dossier", "")
    dossier = _writable(request, pk) if pk.isdecimal() else None
    discard_unfinished(owner=request.user, dossier=dossier)
    return redirect("personnel:dossier_edit", pk=dossier.pk) if dossier else redirect("personnel:dossier_new")
