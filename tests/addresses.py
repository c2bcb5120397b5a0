"""Every address of the product, read from the URL configuration, with the rule that its view declares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from intake.registry import KINDS
from organizations.access import ANYONE, SIGNED_IN
from organizations.scope import Right, Scope
from reports.catalogue import STANDARD
from reports.models import Export
from reports.tables import TABLES
from tests.world import Part


@dataclass(frozen=True)
class Page:
    """A URL pattern: its name (with namespace), its route, the parameters in it, its declared rule (None: none).

    The rule is ANYONE, SIGNED_IN, or the rights of which one is needed.
    """

    name: str
    route: str
    parameters: tuple[str, ...]
    access: object
    in_admin: bool

    def address(self, parameters: dict[str, object]) -> str:
        """Return the address with the parameters in their places."""
        return "/" + PARAMETER.sub(lambda found: str(parameters[found["name"] or found["group"]]), self.route)

    def opens_to(self, scope: Scope) -> bool:
        """Whether the declared rule opens the page to somebody who is signed in with this scope."""
        return self.access in (ANYONE, SIGNED_IN) or any(map(scope.may, self.access))

    def __str__(self) -> str:
        return self.name


def every_page() -> list[Page]:
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, route: str, namespaces: tuple[str, ...]) -> Iterator[Page]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern).removeprefix("^").removesuffix("$")
        if isinstance(entry, URLResolver):
            yield from _walk(entry, here, (*namespaces, entry.namespace) if entry.namespace else namespaces)
        else:
            yield _page(entry, here, namespaces)


def _page(pattern: URLPattern, route: str, namespaces: tuple[str, ...]) -> Page:
    # Django's admin wraps each of its views in `OfficeAdminSite.admin_view`, which declares the rule for all of them.
    in_admin = (
        hasattr(pattern.callback, "admin_site") or hasattr(pattern.callback, "model_admin") or "admin" in namespaces
    )
    return Page(
        name=":".join((*namespaces, pattern.name or route)),
        route=route,
        parameters=tuple(pattern.pattern.converters or pattern.pattern.regex.groupindex),
        access=(Right.ADMINISTER,) if in_admin else getattr(pattern.callback, "access", None),
        in_admin=in_admin,
    )


# <int:pk> of a route, (?P<url>.*) of a regular expression
PARAMETER = re.compile(r"<(?:\w+:)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>[^)]*\)")
ONE_OF_EACH_FAMILY = {figure.family: key for key, figure in STANDARD.by_key.items()}.values()


def addresses_of(page: Page, part: Part) -> list[dict[str, object]]:
    """Return the parameters of the page's addresses for the records of one part of the world.

    A page with a parameter that nothing here knows fails the guards: say here which record its address is of.
    """
    if not page.parameters:
        return [{}]
    if page.name in RECORDS_OF:
        return RECORDS_OF[page.name](part)
    raise AssertionError(f"tests/addresses.py does not know which record the address of {page.name} is of")


FORMATS = [format.value for format in Export.Format]
PLAN_PAPERS = ("to-trinh-quy-hoach", "quyet-dinh-quy-hoach", "danh-sach-quy-hoach")


def _plan(part: Part) -> dict[str, object]:
    return {"pk": part.planning_round.pk, "code": part.organization.code}


def _review(part: Part) -> dict[str, object]:
    return _plan(part) | {"pk": part.review.pk, "group": "secretaries"}


def _ballot(part: Part) -> dict[str, object]:
    return _plan(part) | {"group": part.ballot.group, "number": part.ballot.number}


RECORDS_OF = {
    "accounts:list_columns": lambda part: [{"list_name": "nhan-su"}],
    "accounts:save_filter": lambda part: [{"list_name": "nhan-su"}],
    "accounts:rename_filter": lambda part: [{"list_name": "nhan-su"}],
    "accounts:delete_filter": lambda part: [{"list_name": "nhan-su"}],
    "organizations:document_detail": lambda part: [{"pk": part.file.document_id}],
    "organizations:document_file": lambda part: [{"pk": part.file.document_id, "file": part.file.pk}],
    "personnel:organization_detail": lambda part: [{"code": part.organization.code}],
    "personnel:organization_terms": lambda part: [{"code": part.organization.code}],
    "personnel:organization_changes": lambda part: [{"code": part.organization.code}],
    "personnel:organization_papers": lambda part: [{"code": part.organization.code}],
    "personnel:organization_members": lambda part: [{"code": part.organization.code}],
    "personnel:organization_history": lambda part: [{"code": part.organization.code}],
    "organization_plans": lambda part: [{"code": part.organization.code}],
    "personnel:organization_member_counts": lambda part: [{"code": part.organization.code}],
    "personnel:member_count_correct": lambda part: [{"code": part.organization.code, "pk": part.member_count.pk}],
    "personnel:congress_new": lambda part: [{"code": part.organization.code}],
    "personnel:congress_preview": lambda part: [{"code": part.organization.code}],
    "personnel:congress_edit": lambda part: [{"pk": part.dossier.pk}],
    "personnel:term_close": lambda part: [{"code": part.organization.code, "pk": part.term.pk}],
    "personnel:term_reopen": lambda part: [{"code": part.organization.code, "pk": part.term.pk}],
    "personnel:term_postpone": lambda part: [{"code": part.organization.code, "pk": part.term.pk}],
    "personnel:person_detail": lambda part: [{"pk": part.person.pk}],
    "personnel:person_sheet": lambda part: [{"pk": part.person.pk}],
    "personnel:person_amend": lambda part: [{"pk": part.person.pk}],
    "personnel:person_merge": lambda part: [{"pk": part.person.pk, "other": part.double.pk}],
    "personnel:person_discipline": lambda part: [{"pk": part.person.pk}],
    "personnel:person_conclusion": lambda part: [{"pk": part.person.pk}],
    "personnel:dossier_detail": lambda part: [{"pk": part.dossier.pk}],
    "personnel:dossier_submit": lambda part: [{"pk": part.dossier.pk}],
    "personnel:dossier_confirm": lambda part: [{"pk": part.dossier.pk}],
    "personnel:confirm_preview": lambda part: [{"pk": part.dossier.pk}],
    "personnel:dossier_return": lambda part: [{"pk": part.dossier.pk}],
    "personnel:dossier_refuse": lambda part: [{"pk": part.dossier.pk}],
    "personnel:dossier_withdraw": lambda part: [{"pk": part.dossier.pk}],
    "personnel:dossier_edit": lambda part: [{"pk": part.dossier.pk}],
    "personnel:dossier_correct": lambda part: [{"pk": part.dossier.pk}],
    "personnel:dossier_paper": lambda part: [
        {"pk": part.dossier.pk, "kind": kind} for kind in ("to-trinh", "quyet-dinh", "trich-ngang")
    ],
    "planning:round_detail": lambda part: [{"pk": part.planning_round.pk}],
    "planning:round_basis": lambda part: [{"pk": part.planning_round.pk}],
    "planning:round_targets": lambda part: [{"pk": part.planning_round.pk}],
    "planning:round_close": lambda part: [{"pk": part.planning_round.pk}],
    "planning:plan_detail": lambda part: [_plan(part)],
    "planning:plan_introduce": lambda part: [_plan(part)],
    "planning:introduce_preview": lambda part: [_plan(part)],
    "planning:plan_import": lambda part: [_plan(part)],
    "planning:import_template": lambda part: [_plan(part)],
    "planning:plan_review": lambda part: [_plan(part) | {"group": "secretaries"}, _review(part)],
    "planning:plan_comparison": lambda part: [_plan(part) | {"group": "secretaries"}, _review(part)],
    "planning:plan_submit": lambda part: [_plan(part) | {"group": "committee"}],
    "planning:ballot_new": lambda part: [_plan(part) | {"group": "committee"}],
    "planning:ballot_edit": lambda part: [_ballot(part)],
    "planning:ballot_delete": lambda part: [_ballot(part)],
    "planning:ballot_paper": lambda part: [_ballot(part)],
    "planning:plan_return": lambda part: [{"pk": part.waiting_plan.pk}],
    "planning:plan_paper": lambda part: [{"pk": part.waiting_plan.pk, "kind": kind} for kind in PLAN_PAPERS],
    "planning:entry_remove": lambda part: [{"pk": part.planned_entry.pk}],
    "planning:entry_reenter": lambda part: [{"pk": part.left_entry.pk}],
    "intake:template": lambda part: [{"kind": kind} for kind in KINDS],
    "intake:export": lambda part: [{"kind": kind} for kind in KINDS],
    "intake:import_new": lambda part: [{"kind": kind} for kind in KINDS],
    **{
        f"intake:import_{name}": lambda part: [{"pk": part.sent_file.pk}]
        for name in ("detail", "read", "map", "progress", "marked", "commit", "undo", "discard")
    },
    "reorganizations:reorganization_detail": lambda part: [{"pk": part.reorganization.pk}],
    "reorganizations:reorganization_take_back": lambda part: [{"pk": part.reorganization.pk}],
    # The organisation of a report is chosen beside the address: tests/reports/test_views.py looks outside the scope.
    "reports:summary": lambda part: [{"period": "2022"}],
    "reports:figure": lambda part: [{"period": "2022", "key": key} for key in ONE_OF_EACH_FAMILY],
    "reports:figure_printed": lambda part: [{"period": "2022", "key": key} for key in ONE_OF_EACH_FAMILY],
    "reports:summary_file": lambda part: [{"period": "2022", "format": format} for format in FORMATS],
    "reports:latest_table": lambda part: [{"key": key} for key in TABLES],
    "reports:table": lambda part: [{"key": key, "period": "2022"} for key in TABLES],
    "reports:table_file": lambda part: [
        {"key": key, "period": "2022", "format": format} for key in TABLES for format in FORMATS
    ],
    **{
        f"reports:export_{name}": lambda part: [{"code": part.export.code}]
        for name in ("detail", "make", "progress", "cancel")
    },
    "reports:consistency": lambda part: [{"period": "2022"}],
    "reports:prose_template": lambda part: [{"code": part.organization.code}],
    "reports:own_figure_retire": lambda part: [{"pk": part.own_figure.pk}],
    "reports:close_books": lambda part: [{"period": "2021"}],
    "reports:closing_detail": lambda part: [{"pk": part.closing.pk}],
    "reports:reopen": lambda part: [{"pk": part.closing.pk}],
    "reports:closing_file": lambda part: [{"pk": part.closing.pk, "file": part.closing.files.get().pk}],
}
