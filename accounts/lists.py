"""A list as one user sees it: which columns, in which order, and the filters kept by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

from accounts.models import ListPreference, SavedFilter
from common.vietnamese import text_sort_key

# Parts of a list's address that say where one stands in it, not what it shows.
PASSING = ("page", "chon", "tat-ca", "pham-vi")


class Column(Protocol):
    """A column that may be chosen; what is not `usual` must be asked for."""

    key: str
    heading: str
    usual: bool


C = TypeVar("C", bound=Column)


@dataclass(frozen=True)
class ColumnChoice:
    """One line of the form: a column, whether it is shown, and its place counted from 1."""

    column: Column
    is_shown: bool
    place: int


@dataclass(frozen=True)
class SavedLine:
    """A filter kept by name, and whether the list is filtered by it now."""

    saved: SavedFilter
    is_current: bool


class ListOfUser:
    """What the user who asks has chosen for the list. By two queries."""

    def __init__(self, request: HttpRequest, name: str, columns: Sequence[C]) -> None:
        self.request = request
        self.name = name
        self.offered = columns

    @cached_property
    def columns(self) -> list[C]:
        """The columns to show: those chosen, in their order; the usual ones when none was chosen that exists."""
        chosen = ListPreference.objects.of(self.request.user, self.name).values_list("columns", flat=True).first()
        by_key = {column.key: column for column in self.offered}
        shown = [by_key[key] for key in chosen or () if key in by_key]
        return shown or [column for column in self.offered if column.usual]

    @property
    def choices(self) -> list[ColumnChoice]:
        """All columns, those shown first, for the form on which they are chosen."""
        others = [column for column in self.offered if column not in self.columns]
        in_order = [*self.columns, *others]
        return [ColumnChoice(column, column in self.columns, place) for place, column in enumerate(in_order, start=1)]

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """What the list is filtered and sorted by now, as saved filters keep it."""
        return kept_part(self.request.GET.urlencode())

    @property
    def query_string(self) -> str:
        return urlencode(self.query)

    @cached_property
    def saved(self) -> list[SavedLine]:
        """The user's saved filters, in alphabetical order."""
        mine = sorted(SavedFilter.objects.of(self.request.user, self.name), key=lambda each: text_sort_key(each.name))
        return [SavedLine(each, kept_part(each.query) == self.query) for each in mine]


def kept_part(query: str) -> list[tuple[str, str]]:
    """Return what a query string filters and sorts by, in one order: no empty fields, no page, no rows picked."""
    return sorted((name, value.strip()) for name, value in parse_qsl(query) if name not in PASSING and value.strip())
