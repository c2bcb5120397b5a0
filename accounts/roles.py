"""Roles and the rights that each carries (DESIGN.md §6)."""

from django.db import models

from organizations.scope import Right


class Role(models.TextChoices):
    """A role, always held over an organisation and all beneath it."""

    ADMINISTRATOR = "administrator", "Quản trị"
    ORGANIZATION_BOARD = "organization_board", "Cán bộ Ban Tổ chức"
    CONFIRMER = "confirmer", "Người chuẩn y"
    INSPECTION = "inspection", "Cán bộ Ủy ban Kiểm tra"
    GRASSROOTS_CLERK = "grassroots_clerk", "Cán bộ cơ sở"
    LEADER = "leader", "Lãnh đạo"


RIGHTS: dict[str, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset({Right.VIEW, Right.ADMINISTER}),
    Role.ORGANIZATION_BOARD: frozenset(
        {Right.VIEW, Right.VIEW_PLANS, Right.DRAFT, Right.PLAN, Right.KEEP_REGISTER},
    ),
    Role.CONFIRMER: frozenset({Right.VIEW, Right.VIEW_PLANS, Right.CONFIRM}),
    Role.INSPECTION: frozenset({Right.VIEW, Right.DRAFT_INSPECTION}),
    Role.GRASSROOTS_CLERK: frozenset({Right.VIEW, Right.VIEW_PLANS, Right.DRAFT}),
    Role.LEADER: frozenset({Right.VIEW}),
}
