"""Who may write dossiers: everybody who drafts, and the inspection's clerks those that touch inspection committees.

And who keeps the record of a person: whoever drafts where the person is a member.
"""

from collections.abc import Iterable

from common.errors import NotAllowed
from common.periods import today
from organizations.models import BodyKind, Organization, Position
from organizations.scope import Right, Scope
from personnel.models import Person


def may_draft(scope: Scope, organization: Organization, positions: Iterable[Position] | None = None) -> bool:
    """Whether dossiers of the organisation with changes in these positions may be written; None: any at all."""
    if scope.covers(organization.path, Right.DRAFT):
        return True
    inspection_only = positions is None or all(each.body_kind == BodyKind.INSPECTION for each in positions)
    return inspection_only and scope.covers(organization.path, Right.DRAFT_INSPECTION)


def may_draft_somewhere(scope: Scope) -> bool:
    return scope.may(Right.DRAFT) or scope.may(Right.DRAFT_INSPECTION)


def require_drafting(by, organization: Organization, positions: Iterable[Position]) -> None:
    """Raise `NotAllowed` unless `by` may write a dossier of the organisation with changes in these positions."""
    positions = list(positions)
    if may_draft(by.scope, organization, positions):
        return
    if may_draft(by.scope, organization):
        raise NotAllowed("Cán bộ Ủy ban Kiểm tra chỉ lập hồ sơ về các chức danh trong Ủy ban Kiểm tra.")
    raise NotAllowed("Bạn không có quyền lập hồ sơ ở tổ chức đảng đã chọn.")


def place_of(person: Person) -> Organization | None:
    """Return the organisation whose drafters keep the person's record: of today's membership, or of the last one."""
    memberships = person.memberships.select_related("organization")
    found = memberships.begun_by(today()).order_by("-valid_from").first() or memberships.order_by("valid_from").first()
    return found.organization if found else None


def may_keep(scope: Scope, person: Person) -> bool:
    """Whether the record of the person itself may be amended and merged."""
    place = place_of(person)
    return scope.covers(place.path if place else "/", Right.DRAFT)
