"""Succession planning (quy hoạch): rounds, targets, entries, approvals."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from common.dated import Dated, NoOverlap
from common.journal import Journaled
from organizations.models import Document, Organization, Position
from personnel.models import Person
from planning.querysets import PlanApprovalQuerySet, PlanEntryQuerySet, PlanningRoundQuerySet, PlanTargetQuerySet


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

    def __str__(self) -> str:
        return f"{self.get_kind_display()} nhiệm kỳ {self.plan_term}"


class PlanTarget(Journaled):
    """How many are to be planned in a round for a group of positions of an organisation: seats times coefficient."""

    round = models.ForeignKey(PlanningRound, on_delete=models.PROTECT, related_name="targets", verbose_name="đợt")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name="tổ chức")
    group = models.CharField("nhóm chức danh", max_length=20, choices=PositionGroup.choices)
    seats = models.PositiveSmallIntegerField("số vị trí")
    coefficient = models.DecimalField("hệ số", max_digits=3, decimal_places=2)

    objects = PlanTargetQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu quy hoạch"
        verbose_name_plural = "chỉ tiêu quy hoạch"
        ordering = ["round", "organization", "group"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organization", "group"], name="one_target_of_a_group_in_a_round"),
            models.CheckConstraint(condition=Q(seats__gt=0, coefficient__gt=0), name="target_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_group_display()}"


class PlanApproval(Journaled):
    """The plan of an organisation for a group of positions: submitted for approval, then approved by a decision."""

    round = models.ForeignKey(PlanningRound, on_delete=models.PROTECT, related_name="approvals", verbose_name="đợt")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="plan_approvals", verbose_name="tổ chức đảng"
    )
    group = models.CharField("nhóm chức danh", max_length=20, choices=PositionGroup.choices)
    submitted_on = models.DateField("ngày trình")
    approved_on = models.DateField("ngày phê duyệt", null=True, blank=True)
    decision = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_approvals",
        verbose_name="quyết định phê duyệt",
    )

    objects = PlanApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = "phê duyệt quy hoạch"
        verbose_name_plural = "phê duyệt quy hoạch"
        ordering = ["round", "organization", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organization", "group"], name="one_approval_of_a_group_in_a_round"
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True, decision__isnull=True)
                | Q(approved_on__isnull=False, decision__isnull=False),
                name="plan_is_approved_on_a_day_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(approved_on__gte=F("submitted_on")),
                name="plan_is_approved_after_it_was_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()} – {self.organization}"


class PlanEntry(Dated, Journaled):
    """A person planned for a position of an organisation in a plan term.

    In the plan over `[valid_from, valid_to)`: from its approval to its removal. `valid_from` stays empty until
    approved; an entry taken out before approval has only `valid_to`.
    """

    class RemovalReason(models.TextChoices):
        NOT_INTRODUCED = "not_introduced", "Không đủ điều kiện khi rà soát, chưa phê duyệt"
        OVER_AGE = "over_age", "Quá tuổi"
        DISCIPLINE = "discipline", "Bị kỷ luật"
        POLITICAL_STANDARD = "political_standard", "Không bảo đảm tiêu chuẩn chính trị"
        TRANSFER = "transfer", "Chuyển công tác"
        APPOINTED = "appointed", "Đã giữ chức danh quy hoạch"
        OWN_WISH = "own_wish", "Nguyện vọng cá nhân"

    round = models.ForeignKey(PlanningRound, on_delete=models.PROTECT, related_name="entries", verbose_name="đợt")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_entries", verbose_name="đồng chí")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="plan_entries", verbose_name="tổ chức đảng"
    )
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="+", verbose_name="chức danh quy hoạch"
    )
    plan_term = models.CharField("nhiệm kỳ quy hoạch", max_length=9)
    object_group = models.PositiveSmallIntegerField(
        "đối tượng", choices=[(1, "Đối tượng 1"), (2, "Đối tượng 2")], default=1
    )
    introduced_on = models.DateField("ngày giới thiệu")
    valid_from = models.DateField("ngày phê duyệt", null=True, blank=True)
    approval = models.ForeignKey(
        PlanApproval,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name="phê duyệt",
    )
    removed_by = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản đưa ra"
    )
    removal_reason = models.CharField("lý do đưa ra", max_length=30, choices=RemovalReason.choices, blank=True)

    objects = PlanEntryQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "nhân sự quy hoạch"
        verbose_name_plural = "nhân sự quy hoạch"
        ordering = ["organization", "position", "person"]
        constraints = [
            *Dated.Meta.constraints,
            NoOverlap(
                fields=["person", "organization", "position", "plan_term"], name="person_is_planned_once_for_a_position"
            ),
            models.UniqueConstraint(
                fields=["person", "organization", "position", "plan_term"],
                condition=Q(valid_to__isnull=True),
                name="one_open_plan_entry_of_a_person_for_a_position",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(approval__isnull=False, valid_from__gte=F("introduced_on")),
                name="plan_entry_is_approved_after_it_was_introduced",
            ),
            models.CheckConstraint(
                condition=(Q(valid_to__isnull=True) & Q(removal_reason=""))
                | (Q(valid_to__isnull=False, valid_to__gte=F("introduced_on")) & ~Q(removal_reason="")),
                name="plan_entry_leaves_for_a_reason",
            ),
        ]

    @property
    def group(self) -> PositionGroup:
        return GROUP_OF_POSITION[self.position_id]

    def is_in_force(self, day: date) -> bool:
        return self.valid_from is not None and super().is_in_force(day)

    def __str__(self) -> str:
        return f"{self.person}: {self.position} {self.plan_term}"
