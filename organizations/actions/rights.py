"""Who may write where: the check with which every act begins."""

from common.errors import NotAllowed
from organizations.models import Organization
from organizations.scope import Right


def require_right(by, right: Right, organization: Organization | None) -> None:
    """Raise `NotAllowed` unless `by` holds the right over the organisation (None: over the top of the tree)."""
    path = organization.path if organization else "/"
    if not by.scope.covers(path, right):
        raise NotAllowed("Bạn không có quyền thực hiện việc này ở tổ chức đảng đã chọn.")
