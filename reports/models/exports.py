"""Exports: each file of a report that went out, under the short code that it bears."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common.journal import Journaled
from common.periods import Period
from organizations.models import Organization
from reports.querysets import ExportQuerySet

CODE_LENGTH = 8


class Export(Journaled):
    """A file of a report: what it was asked for, by whom and when, and the checksum of what came out.

    `first`, `end`: the period, half open. `address` is the page of which it is the file. The file itself is not kept:
    the checksum tells whether one that is shown later is it.
    """

    class State(models.TextChoices):
        MAKING = "making", "Đang lập"
        DONE = "done", "Đã lập"
        CANCELLED = "cancelled", "Đã hủy"
        FAILED = "failed", "Không lập được"

    class Format(models.TextChoices):
        EXCEL = "excel", "Excel"
        WORD = "word", "Word"

    code = models.CharField("mã", max_length=CODE_LENGTH, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name="tổ chức đảng"
    )
    table = models.CharField("biểu", max_length=40)
    title = models.CharField("tên", max_length=300)
    format = models.CharField("dạng tệp", max_length=10, choices=Format.choices)
    first = models.DateField("từ ngày")
    end = models.DateField("trước ngày")
    as_at = models.DateField("số liệu tính đến ngày")
    filtered_by = models.CharField("lọc theo", max_length=1000, blank=True)
    address = models.CharField("trang", max_length=2000)
    names_planned_people = models.BooleanField("có tên nhân sự quy hoạch", default=False)
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.MAKING)
    rows = models.PositiveIntegerField("số dòng", null=True, blank=True)
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người lập"
    )
    made_at = models.DateTimeField("lập lúc")
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "bản xuất"
        verbose_name_plural = "bản xuất"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("first")), name="export_is_of_at_least_one_day"),
            models.CheckConstraint(
                condition=Q(state="making", finished_at__isnull=True)
                | ~Q(state="making") & Q(finished_at__isnull=False),
                name="export_is_finished_when_it_is_no_longer_made",
            ),
            models.CheckConstraint(
                condition=Q(state="done", rows__isnull=False) & ~Q(sha256="")
                | ~Q(state="done") & Q(rows__isnull=True, sha256=""),
                name="export_has_a_checksum_exactly_when_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reports:export_detail", args=[self.code])

    @property
    def period(self) -> Period:
        return Period(self.first, self.end)

    @property
    def shown_code(self) -> str:
        """The code as it is printed, in two halves: XK7F-2M9Q."""
        half = CODE_LENGTH // 2
        return f"{self.code[:half]}-{self.code[half:]}"

    @property
    def is_being_made(self) -> bool:
        return self.state == self.State.MAKING

    @property
    def work(self) -> str:
        """The name of the work of making it, for `common.progress`."""
        return f"export-{self.code}"
