"""The navigation of the page frame."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from organizations.scope import Right


@dataclass(frozen=True)
class NavigationItem:
    """One entry: what it says, where it leads, whether the page shown lies under it."""

    label: str
    url: str
    icon: str
    current: bool


# label, URL name, icon, right; of entries under one label a user gets the first that opens
ENTRIES = (
    ("Việc của tôi", "personnel:my_work", "inbox", Right.VIEW),
    ("Bảng điều khiển", "reports:dashboard", "speedometer2", Right.VIEW),
    ("Báo cáo", "reports:latest_summary", "file-earmark-text", Right.VIEW),
    ("Tổ chức", "organizations:organization_list", "diagram-3", Right.VIEW),
    ("Nhân sự", "personnel:person_list", "people", Right.VIEW),
    ("Hồ sơ kiện toàn", "personnel:dossier_list", "folder2-open", Right.VIEW),
    ("Quy hoạch", "planning:entry_list", "signpost-split", Right.VIEW_PLANS),
    ("Quy hoạch", "planning:coverage", "signpost-split", Right.VIEW),  # who may see counts, and no names
    ("Nhập dữ liệu", "intake:overview", "upload", Right.KEEP_REGISTER),
    ("Quản trị", "admin:index", "gear", Right.ADMINISTER),
)


def navigation(request: HttpRequest) -> list[NavigationItem]:
    """Return the entries that the user's roles open."""
    entries: dict[str, tuple[str, str]] = {}
    for label, name, icon, right in ENTRIES:
        if label not in entries and request.scope.may(right):
            entries[label] = reverse(name), icon
    above = [url for url, _ in entries.values() if request.path.startswith(url)]
    nearest = max(above, key=len, default="")  # the dashboard stands beneath the reports, and beside them
    return [NavigationItem(label, url, icon, url == nearest) for label, (url, icon) in entries.items()]
