"""Who may reorganise what: whoever keeps the register of every organisation concerned."""

from collections.abc import Iterable

from common.errors import NotAllowed
from organizations.actions import require_right
from organizations.models import Organization, ReorganizationPart
from organizations.scope import Right
from reorganizations.drafts import Draft


def require_rights(draft: Draft, by) -> None:
    """Raise `NotAllowed` unless `by` keeps the register of every organisation concerned."""
    for organization in draft.concerned:
        require_keeping(organization, by)
    if draft.makes_a_top:
        require_right(by, Right.KEEP_REGISTER, None)


def require_keeping(organization: Organization, by) -> None:
    """Raise `NotAllowed` unless `by` keeps the register of the organisation."""
    if not by.scope.covers(organization.path, Right.KEEP_REGISTER):
        raise NotAllowed(f"Bạn không có quyền quản lý tổ chức, nhân sự của {organization.name}.")


def may_take_back(by, parts: Iterable[ReorganizationPart]) -> bool:
    """Whether `by` keeps the register of every organisation that the reorganisation was about."""
    return all(by.scope.covers(part.organization.path, Right.KEEP_REGISTER) for part in parts)
