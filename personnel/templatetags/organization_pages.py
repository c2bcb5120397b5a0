"""What the pages of one organisation share."""

from dataclasses import dataclass

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from organizations.models import Organization

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """One side of an organisation: what it is called, where it leads, whether it is the page shown."""

    label: str
    url: str
    icon: str
    current: bool


# the name of the page, label, icon; the plans are shown by the floor above
TABS = (
    ("personnel:organization_detail", "Cấp ủy", "grid"),
    ("personnel:organization_terms", "Nhiệm kỳ", "bar-chart-steps"),
    ("personnel:organization_changes", "Thay đổi", "arrow-left-right"),
    ("organization_plans", "Quy hoạch", "signpost-split"),
    ("personnel:organization_papers", "Văn bản", "file-earmark-text"),
    ("personnel:organization_members", "Đảng viên", "people"),
    ("personnel:organization_history", "Lịch sử", "clock-history"),
)


@register.inclusion_tag("personnel/_organization_tabs.html", takes_context=True)
def organization_tabs(context: RequestContext, organization: Organization) -> dict[str, list[Tab]]:
    """Show the sides of the organisation; the one shown is marked."""
    here = context["request"].resolver_match.view_name
    return {
        "tabs": [Tab(label, reverse(name, args=[organization.code]), icon, here == name) for name, label, icon in TABS]
    }
