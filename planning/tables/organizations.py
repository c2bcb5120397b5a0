"""The table of those planned for one organisation."""

import django_tables2 as tables

from common.tables import DAY
from planning.tables.entries import PlanEntryTable


class OrganizationPlanTable(PlanEntryTable):
    """Planned people of one organisation, of all plan terms."""

    plan_term = tables.Column(
        verbose_name="Nhiệm kỳ", order_by=("plan_term", "position__rank", "person__sort_key", "pk"), attrs=DAY
    )

    class Meta(PlanEntryTable.Meta):
        exclude = ("organization",)
        sequence = ("full_name", "birth_year", "plan_term", "...")
