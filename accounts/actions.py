"""How a user likes to see lists. These are habits, no records of the register: they are not journaled."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db import IntegrityError, transaction

from accounts.lists import kept_part
from accounts.models import ListPreference, SavedFilter
from common.errors import Refused
from common.vietnamese import normalize

MOST_FILTERS = 30  # of one list; more would be a list to search in
LONGEST_QUERY = 1000


def choose_columns(list_name: str, columns: Iterable[str], *, owner) -> None:
    """Remember which columns of the list `owner` wants to see, in this order. Raises `Refused` when there is none."""
    keys = list(dict.fromkeys(columns))
    if not keys:
        raise Refused("Hãy chọn ít nhất một cột.")
    ListPreference.objects.update_or_create(owner=owner, list_name=list_name, defaults={"columns": keys})


def forget_columns(list_name: str, *, owner) -> None:
    """Let `owner` see the list with the columns that everybody sees at first."""
    ListPreference.objects.of(owner, list_name).delete()


def save_filter(list_name: str, name: str, query: str, *, owner) -> SavedFilter:
    """Keep what the list is filtered and sorted by under a name.

    `query` is the part of the list's address behind the question mark. Raises `Refused` when the name is empty or
    taken, when nothing is filtered, and when there are too many.
    """
    query = urlencode(kept_part(query))
    if not query:
        raise Refused("Danh sách chưa lọc theo gì. Hãy lọc danh sách trước, rồi lưu lại bộ lọc.")
    if len(query) > LONGEST_QUERY:
        raise Refused("Bộ lọc này quá dài, không lưu được. Hãy bớt điều kiện lọc.")
    if SavedFilter.objects.of(owner, list_name).count() >= MOST_FILTERS:
        raise Refused(f"Bạn đã lưu {MOST_FILTERS} bộ lọc cho danh sách này. Hãy xóa bớt trước khi lưu thêm.")
    saved = SavedFilter(owner=owner, list_name=list_name, query=query)
    _name(saved, name)
    return saved


def rename_filter(saved: SavedFilter, name: str) -> None:
    """Give the filter another name. Raises `Refused` when it is empty or taken."""
    _name(saved, name)


def delete_filter(saved: SavedFilter) -> None:
    """Throw the filter away."""
    saved.delete()


def _name(saved: SavedFilter, name: str) -> None:
    """Store the filter under the name; the database has the last word on whether it is free."""
    name = normalize(name)
    longest = SavedFilter._meta.get_field("name").max_length
    if not name:
        raise Refused("Hãy đặt tên cho bộ lọc.")
    if len(name) > longest:
        raise Refused(f"Tên bộ lọc dài quá {longest} ký tự. Hãy đặt tên ngắn hơn.")
    saved.name = name
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        raise Refused(f"Bạn đã có bộ lọc tên “{name}”. Hãy đặt tên khác.") from None
