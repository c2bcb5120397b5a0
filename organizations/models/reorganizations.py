"""Reorganisations: what became of organisations, by which decision, from which day; and so their lineage."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.formats import short_day
from common.journal import Journaled
from organizations.models.documents import Document
from organizations.models.organizations import Organization
from organizations.querysets import ReorganizationPartQuerySet, ReorganizationQuerySet


class Reorganization(Journaled):
    """One act on organisations (DOMAIN.md §7): the day of its decision and the day of its effect are kept apart.

    It is never edited. A correction (`corrects`) takes back all that it did, and both stay readable; `act_id` is the
    journal's key to what it wrote.
    """

    class Kind(models.TextChoices):
        ESTABLISHED = "established", "Thành lập"
        RENAMED = "renamed", "Đổi tên"
        KIND_CHANGED = "kind_changed", "Chuyển loại hình"
        TRANSFERRED = "transferred", "Chuyển giao"
        MERGED = "merged", "Hợp nhất, sáp nhập"
        SPLIT = "split", "Chia, tách"
        DISSOLVED = "dissolved", "Giải thể, kết thúc hoạt động"
        CORRECTION = "correction", "Đính chính"

    kind = models.CharField("hình thức", max_length=20, choices=Kind.choices)
    decision = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="reorganizations", verbose_name="quyết định"
    )
    effective_on = models.DateField("ngày có hiệu lực")
    note = models.CharField("ghi chú", max_length=500, blank=True)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
        verbose_name="đính chính cho",
    )
    act_id = models.CharField(max_length=36, editable=False)

    objects = ReorganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "sắp xếp tổ chức"
        verbose_name_plural = "sắp xếp tổ chức"
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="correction", corrects__isnull=False)
                | Q(~Q(kind="correction"), corrects__isnull=True),
                name="correction_names_the_reorganisation_it_takes_back",
            ),
        ]

    @property
    def state(self) -> str:
        """Whether it stands, is corrected, or is itself a correction."""
        if self.corrects_id:
            return "correction"
        return "corrected" if hasattr(self, "correction") else "standing"

    def get_absolute_url(self) -> str:
        return reverse("reorganizations:reorganization_detail", args=[self.pk])

    def __str__(self) -> str:
        return f"{self.get_kind_display()} từ {short_day(self.effective_on)}"


class ReorganizationPart(Journaled):
    """An organisation that a reorganisation came from or led to, with the members that left it or came to it."""

    class Side(models.TextChoices):
        FROM = "from", "trước"
        TO = "to", "sau"

    reorganization = models.ForeignKey(
        Reorganization, on_delete=models.PROTECT, related_name="parts", verbose_name="sắp xếp tổ chức"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="reorganization_parts", verbose_name="tổ chức đảng"
    )
    side = models.CharField("trước hay sau", max_length=10, choices=Side.choices)
    official = models.PositiveIntegerField("đảng viên chính thức", null=True, blank=True)
    probationary = models.PositiveIntegerField("đảng viên dự bị", null=True, blank=True)

    objects = ReorganizationPartQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức trong một lần sắp xếp"
        verbose_name_plural = "tổ chức trong các lần sắp xếp"
        ordering = ["reorganization", "side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reorganization", "organization", "side"], name="organization_stands_once_on_a_side"
            ),
            models.CheckConstraint(
                condition=Q(official__isnull=True, probationary__isnull=True)
                | Q(official__isnull=False, probationary__isnull=False),
                name="members_moved_are_counted_in_both_ways",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ({self.get_side_display()})"
