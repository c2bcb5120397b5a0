"""Who may write dossiers: everybody who drafts, and the inspection's clerks those that touch inspection committees."""

from collections.abc import Iterable

from common.errors import NotAllowed
from organizations.models import BodyKind, Organization, Position
from organizations.scope import Right, Scope


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
