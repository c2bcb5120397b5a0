"""The acts of this floor: an administrator edits its catalogues. Who may is said by the administration screens."""

from common.journal import Journaled, act


@act("Sửa quy định")
def amend(row: Journaled, *, by) -> None:
    """Save a rule, a retirement age or a day of the calendar, new or changed."""
    row.save()


@act("Xóa khỏi danh mục quy định")
def remove(row: Journaled, *, by) -> None:
    """Delete a retirement age or a day of the calendar that was entered by mistake."""
    row.delete()
