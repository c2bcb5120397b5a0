"""What the pages of planning share."""

from dataclasses import dataclass

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from organizations.scope import Right

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """One part of planning: what it is called, where it leads, whether the page shown belongs to it."""

    label: str
    url: str
    icon: str
    current: bool


ROUND_PAGES = ("round_list", "round_new", "round_detail", "round_basis", "round_targets", "round_close")
PLAN_PAGES = (
    "plan_detail",
    "plan_introduce",
    "plan_import",
    "plan_submit",
    "plan_review",
    "plan_comparison",
    "entry_remove",
)
BALLOT_PAGES = ("ballot_new", "ballot_edit", "ballot_delete")

# label, icon, right, names of the pages that belong to it: the first is where it leads
TABS = (
    ("Danh sách", "people", Right.VIEW_PLANS, ("entry_list",)),
    ("Các đợt", "collection", Right.VIEW, (*ROUND_PAGES, *PLAN_PAGES, *BALLOT_PAGES)),
    ("Độ phủ", "grid-3x3-gap", Right.VIEW, ("coverage", "coverage_many_places")),
    ("Phê duyệt", "check2-square", Right.VIEW_PLANS, ("approval_list", "approval_decide", "plan_return")),
    ("Đề xuất", "lightbulb", Right.VIEW_PLANS, ("proposals", "entry_reenter")),
)


@register.inclusion_tag("planning/_tabs.html", takes_context=True)
def planning_tabs(context: RequestContext) -> dict[str, list[Tab]]:
    """Show the parts of planning that the user's rights open; the part that the page belongs to is marked."""
    request = context["request"]
    here = request.resolver_match.url_name
    return {
        "tabs": [
            Tab(label, reverse(f"planning:{pages[0]}"), icon, here in pages)
            for label, icon, right, pages in TABS
            if request.scope.may(right)
        ]
    }
