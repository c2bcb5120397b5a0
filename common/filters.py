"""Filters of list pages, read from the address; the active ones show as chips."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db import models
from django.http import HttpRequest

ANY = "Tất cả"


@dataclass(frozen=True)
class Chip:
    """One active filter in words, and the address of the list without it."""

    label: str
    text: str
    url_without: str


class ListFilter(django_filters.FilterSet):
    """The filter of a list page, read from the address. A value that cannot be right finds nothing and shows why.

    The fields named in `folded` are asked less often: the page shows them when it is unfolded, or when one is used.
    """

    folded: Collection[str] = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        self.given = {name: request.GET[name] for name in request.GET if request.GET[name].strip()}
        super().__init__(self.defaults() | self.given, queryset, request=request)

    def defaults(self) -> dict[str, str]:
        """Return what is filtered by when the address does not say."""
        return {}

    def offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Set the choices of a filter that depend on who asks, or on the day looked at."""
        self.filters[name].extra["choices"] = list(choices)

    @property
    def rows(self) -> models.QuerySet:
        return self.qs if self.is_valid() else self.queryset.none()

    @property
    def fields_in_sight(self) -> list[forms.BoundField]:
        return [field for field in self.form if field.name not in self.folded]

    @property
    def fields_folded(self) -> list[forms.BoundField]:
        return [field for field in self.form if field.name in self.folded]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the folded fields is used."""
        return any(name in self.given for name in self.folded)

    @property
    def chips(self) -> list[Chip]:
        """The filters that the address asks for, in the order of the form."""
        return [
            Chip(str(field.label), self._in_words(name, field), self._url_without(name))
            for name, field in self.form.fields.items()
            if name in self.given
        ]

    @property
    def in_words(self) -> str:
        """The filters in one line, as the journal keeps them: "nhiệm kỳ: 2025-2030; tìm: nguyen"."""
        chosen = self.defaults() | self.given
        fields = [(name, field) for name, field in self.form.fields.items() if name in chosen]
        return "; ".join(f"{str(field.label).lower()}: {self._in_words(name, field)}" for name, field in fields)

    def _in_words(self, name: str, field: forms.Field) -> str:
        value = self.data[name]
        return str(dict(getattr(field, "choices", ())).get(value, value)).strip(" –\u2003")

    def _url_without(self, name: str) -> str:
        others = {key: value for key, value in self.given.items() if key not in (name, "page")}
        return f"{self.request.path}?{urlencode(others)}" if others else self.request.path


def choice(label: str, choices: Iterable = (), *, searchable: bool = False, **options) -> django_filters.ChoiceFilter:
    """Return a filter by one of `choices`; "Tất cả" stands for no filter. `searchable` for long ones."""
    wrong = {"invalid_choice": "Không có lựa chọn “%(value)s”. Hãy chọn một mục trong danh sách."}
    attributes = {"class": "form-select"} | ({"data-search": ""} if searchable else {})
    return django_filters.ChoiceFilter(
        label=label,
        choices=list(choices),
        empty_label=options.pop("empty_label", ANY),
        error_messages=wrong,
        widget=forms.Select(attrs=attributes),
        **options,
    )


def words(label: str, placeholder: str, method: str = "by_words") -> django_filters.CharFilter:
    """Return a filter by words that are typed."""
    attributes = {"type": "search", "class": "form-control", "placeholder": placeholder, "autocomplete": "off"}
    return django_filters.CharFilter(label=label, method=method, widget=forms.TextInput(attributes), max_length=120)


class WholeNumberFilter(django_filters.Filter):
    """A filter by a whole number."""

    field_class = forms.IntegerField


def number(label: str, least: int, most: int, **options) -> django_filters.NumberFilter:
    """Return a filter by a whole number from `least` to `most`."""
    attributes = {"class": "form-control", "inputmode": "numeric", "min": least, "max": most}
    return WholeNumberFilter(
        label=label,
        min_value=least,
        max_value=most,
        error_messages={
            "invalid": "Hãy ghi một số nguyên.",
            "min_value": f"Hãy ghi số từ {least} đến {most}.",
            "max_value": f"Hãy ghi số từ {least} đến {most}.",
        },
        widget=forms.NumberInput(attributes),
        **options,
    )
