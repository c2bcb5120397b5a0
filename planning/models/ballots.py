"""Ballots by which people are introduced, step by step. How many steps there are, and whose, is data (DOMAIN.md §6)."""

from decimal import Decimal

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from common.journal import Journaled
from organizations.models import Organization
from planning.models.plans import PlanEntry
from planning.models.rounds import PlanningRound, PositionGroup
from planning.querysets import BallotResultQuerySet, BallotStepQuerySet


class BallotStep(Journaled):
    """One ballot of an organisation for a group of positions in a round: who met, how many voted, what was needed."""

    class Base(models.TextChoices):
        SUMMONED = "summoned", "số người được triệu tập"
        PRESENT = "present", "số người có mặt"
        COLLECTED = "collected", "số phiếu thu về"
        VALID = "valid", "số phiếu hợp lệ"

    class Comparison(models.TextChoices):
        MORE_THAN = "more_than", "trên"
        AT_LEAST = "at_least", "từ … trở lên"

    round = models.ForeignKey(PlanningRound, on_delete=models.PROTECT, related_name="ballots", verbose_name="đợt")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="plan_ballots", verbose_name="tổ chức đảng"
    )
    group = models.CharField("nhóm chức danh", max_length=20, choices=PositionGroup.choices)
    number = models.PositiveSmallIntegerField("bước")
    body = models.CharField("hội nghị", max_length=160)
    held_on = models.DateField("ngày lấy phiếu")
    summoned = models.PositiveSmallIntegerField("triệu tập")
    present = models.PositiveSmallIntegerField("có mặt")
    issued = models.PositiveSmallIntegerField("phiếu phát ra")
    collected = models.PositiveSmallIntegerField("phiếu thu về")
    valid = models.PositiveSmallIntegerField("phiếu hợp lệ")
    base = models.CharField("tính trên", max_length=20, choices=Base.choices, default=Base.SUMMONED)
    comparison = models.CharField("mức", max_length=20, choices=Comparison.choices, default=Comparison.MORE_THAN)
    percent = models.DecimalField(
        "tỷ lệ cần đạt (%)",
        max_digits=5,
        decimal_places=2,
        default=Decimal(50),
        validators=[MaxValueValidator(100, "Tỷ lệ không quá 100 %.")],
    )
    edition = models.PositiveIntegerField("lần lưu", default=1)

    objects = BallotStepQuerySet.as_manager()

    class Meta:
        verbose_name = "bước lấy phiếu"
        verbose_name_plural = "các bước lấy phiếu"
        ordering = ["round", "organization", "group", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organization", "group", "number"], name="ballot_step_has_a_number_of_its_own"
            ),
            models.CheckConstraint(
                condition=Q(
                    number__gt=0,
                    valid__lte=F("collected"),
                    collected__lte=F("issued"),
                    issued__lte=F("present"),
                    present__lte=F("summoned"),
                    summoned__gt=0,
                ),
                name="ballot_counts_narrow",
            ),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="ballot_threshold_is_a_share"),
        ]

    @property
    def base_count(self) -> int:
        """How many the percentages are taken of."""
        return getattr(self, self.base)

    @property
    def threshold(self) -> int:
        """The fewest votes with which one goes on."""
        share = self.base_count * self.percent / 100
        whole = int(share)
        if self.comparison == self.Comparison.MORE_THAN:
            return whole + 1
        return whole if whole == share else whole + 1

    @property
    def rule(self) -> str:
        """What is needed, in words: trên 50 % số người được triệu tập."""
        percent = f"{self.percent.normalize():f}".replace(".", ",")
        if self.comparison == self.Comparison.MORE_THAN:
            return f"trên {percent} % {self.get_base_display()}"
        return f"từ {percent} % {self.get_base_display()} trở lên"

    def __str__(self) -> str:
        return f"Bước {self.number}: {self.body}"


class BallotResult(Journaled):
    """What a ballot gave one candidate. `goes_on` is as the threshold says, or other for a reason."""

    step = models.ForeignKey(BallotStep, on_delete=models.CASCADE, related_name="results", verbose_name="bước")
    entry = models.ForeignKey(
        PlanEntry, on_delete=models.PROTECT, related_name="ballot_results", verbose_name="người được giới thiệu"
    )
    votes = models.PositiveSmallIntegerField("số phiếu đồng ý")
    goes_on = models.BooleanField("đi tiếp")
    reason = models.CharField("lý do khác với tỷ lệ", max_length=300, blank=True)

    objects = BallotResultQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả phiếu"
        verbose_name_plural = "kết quả phiếu"
        ordering = ["step", "pk"]
        constraints = [models.UniqueConstraint(fields=["step", "entry"], name="candidate_has_one_result_in_a_ballot")]

    def __str__(self) -> str:
        return f"{self.step}: {self.entry}"
