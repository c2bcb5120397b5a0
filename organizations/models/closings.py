"""Closings: periods whose books were closed (khóa sổ), so that what was reported of them stays known."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.formats import short_day
from common.journal import Journaled
from common.periods import Period
from organizations.closing_querysets import ClosingQuerySet
from organizations.models.organizations import Organization


class Closing(Journaled):
    """The books of an organisation and all beneath it, closed for the days from `first` up to but not including `end`.

    The figures handed in are kept on the floor of reports, as confirmed by `as_at`. A closing is never edited; the
    books are opened again for a reason, and the closing stays readable.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="closings", verbose_name="tổ chức đảng"
    )
    first = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày")
    plan_term = models.CharField("nhiệm kỳ quy hoạch", max_length=9, blank=True)
    as_at = models.DateField("số liệu tính đến ngày")
    note = models.CharField("ghi chú", max_length=500, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người khóa sổ"
    )
    closed_at = models.DateTimeField("khóa sổ lúc")
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người mở lại",
    )
    reopened_at = models.DateTimeField("mở lại lúc", null=True, blank=True)
    reopen_reason = models.TextField("lý do mở lại", blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = "lần khóa sổ"
        verbose_name_plural = "các lần khóa sổ"
        ordering = ["-closed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("first")), name="closed_period_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["organization", "first", "end"],
                condition=Q(reopened_at__isnull=True),
                name="one_closing_of_a_period_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True, reopen_reason="")
                | (Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopen_reason="")),
                name="books_are_reopened_by_somebody_for_a_reason",
            ),
        ]

    @property
    def period(self) -> Period:
        return Period(self.first, self.end)

    @property
    def is_standing(self) -> bool:
        """Whether the books are closed still."""
        return self.reopened_at is None

    def __str__(self) -> str:
        return f"Khóa sổ {self.period}, {self.organization} (tính đến {short_day(self.as_at)})"
