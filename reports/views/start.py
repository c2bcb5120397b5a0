"""The first page, and the search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.access import signed_in
from reports.forms import SearchForm
from reports.search import find
from reports.start import start_page


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/home.html", start_page(request.user, request.day))


@signed_in
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    return render(request, "reports/search.html", {"form": form, "words": words, "found": find(words, request.scope)})
