"""Pages of organisations. An organisation's own page shows its seats, so it lives in `personnel`."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.tables import table_page
from organizations.access import needs
from organizations.filters import OrganizationFilter
from organizations.models import OrganizationKind, OrganizationVersion
from organizations.scope import Right
from organizations.tables import OrganizationTable


@needs(Right.VIEW)
@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """Show the tree of organisations as it stood on the day looked at."""
    standing = OrganizationVersion.objects.as_of(request.day).visible_to(request.scope)
    found = OrganizationFilter(request, standing)
    wanted = set(found.rows.values_list("pk", flat=True))
    tree = [each for each in standing.with_codes().with_member_total(request.day).as_tree() if each.pk in wanted]
    return render(
        request,
        "organizations/organization_list.html",
        {
            "filter": found,
            "table": table_page(OrganizationTable(tree), request),
            "totals": _totals(tree),
            "breadcrumbs": [("Tổ chức", None)],
        },
    )


def _totals(tree: list[OrganizationVersion]) -> dict[str, object]:
    """Count by kind; members at the grassroots, where every member is counted once (None: no count there at all)."""
    kinds = Counter(OrganizationKind(version.kind).label for version in tree)
    members = [version.member_total for version in tree if version.is_grassroots and version.member_total is not None]
    in_order = [(label, kinds[label]) for label in OrganizationKind.labels if kinds[label]]
    return {"kinds": in_order, "members": sum(members) if members else None}
