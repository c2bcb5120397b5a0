"""Planning rounds and their targets."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common.journal import Journaled
from organizations.models import Document, Organization, Position
from planning.querysets import PlanningRoundQuerySet, PlanTargetQuerySet


class PositionGroup(models.TextChoices):
    """The positions that are planned and approved together (DOMAIN.md §6)."""

    COMMITTEE = "committee", "Ban Chấp hành"
    STANDING = "standing", "Ban Thường vụ"
    SECRETARIES = "secretaries", "Bí thư, Phó Bí thư"
    INSPECTION_HEADS = "inspection_heads", "Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra"

    @property
    def positions(self) -> tuple[str, ...]:
        """The codes of the positions in the group."""
        return POSITIONS_OF_GROUP[self]


POSITIONS_OF_GROUP = {
    PositionGroup.COMMITTEE: (Position.COMMITTEE_MEMBER,),
    PositionGroup.STANDING: (Position.STANDING_MEMBER,),
    PositionGroup.SECRETARIES: (Position.SECRETARY, Position.DEPUTY_SECRETARY),
    PositionGroup.INSPECTION_HEADS: (Position.INSPECTION_CHAIR, Position.INSPECTION_DEPUTY_CHAIR),
}
GROUP_OF_POSITION = {position: group for group, positions in POSITIONS_OF_GROUP.items() for position in positions}


class PlanningRound(Journaled):
    """A round of planning that one organisation conducts for one plan term, on its legal basis."""

    class Kind(models.TextChoices):
        FIRST = "first", "Giới thiệu lần đầu"
        REVIEW = "review", "Rà soát, bổ sung hằng năm"

    authority = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="planning_rounds", verbose_name="tổ chức chủ trì"
    )
    plan_term = models.CharField("nhiệm kỳ quy hoạch", max_length=9)
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    opened_on = models.DateField("ngày mở đợt")
    closed_on = models.DateField("ngày kết thúc đợt", null=True, blank=True)
    legal_basis = models.ManyToManyField(Document, related_name="planning_rounds", blank=True, verbose_name="căn cứ")

    objects = PlanningRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt quy hoạch"
        verbose_name_plural = "đợt quy hoạch"
        ordering = ["-opened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="round_closes_after_it_opens",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("planning:round_detail", args=[self.pk])

    @property
    def is_review(self) -> bool:
        return self.kind == self.Kind.REVIEW

    def concerns(self, organization: Organization) -> bool:
        """Whether the organisation is the authority or beneath it: now, or when the round was opened."""
        above = self.authority.path
        then = organization.versions.as_of(self.opened_on).beneath([above])
        return organization.path.startswith(above) or then.exists()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} nhiệm kỳ {self.plan_term}"


class PlanTarget(Journaled):
    """How many are to be planned in a round for a group of positions of an organisation: seats times coefficient.

    With `position`, for that single position of the group: how many seats it has, and how many stand behind them.
    """

    round = models.ForeignKey(PlanningRound, on_delete=models.PROTECT, related_name="targets", verbose_name="đợt")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name="tổ chức")
    group = models.CharField("nhóm chức danh", max_length=20, choices=PositionGroup.choices)
    position = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="chức danh",
        help_text="Để trống khi chỉ tiêu là của cả nhóm.",
    )
    seats = models.PositiveSmallIntegerField("số vị trí")
    coefficient = models.DecimalField("hệ số", max_digits=3, decimal_places=2)

    objects = PlanTargetQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu quy hoạch"
        verbose_name_plural = "chỉ tiêu quy hoạch"
        ordering = ["round", "organization", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organization", "group"],
                condition=Q(position__isnull=True),
                name="one_target_of_a_group_in_a_round",
            ),
            models.UniqueConstraint(
                fields=["round", "organization", "position"], name="one_target_of_a_position_in_a_round"
            ),
            models.CheckConstraint(condition=Q(seats__gt=0, coefficient__gt=0), name="target_is_positive"),
        ]

    @property
    def most(self) -> int:
        """How many may be planned at most: seats times coefficient, rounded down; one for each seat at least."""
        return max(int(self.seats * self.coefficient), self.seats)

    def __str__(self) -> str:
        return f"{self.organization}: {self.position or self.get_group_display()}"
