"""Plans: who is introduced for which position, and the plan of an organisation on its way to approval."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.dated import Dated, NoOverlap
from common.journal import Journaled
from organizations.models import Document, Organization, Position
from personnel.models import Person
from planning.models.rounds import GROUP_OF_POSITION, PlanningRound, PositionGroup
from planning.querysets import PlanApprovalQuerySet, PlanEntryQuerySet, PlanJudgementQuerySet
from regulations.models import KeptFinding


class PlanApproval(Journaled):
    """The plan of an organisation for a group of positions: submitted for approval, then approved by a decision.

    It may be returned instead, with the reason; then its people wait to be submitted again, by a new one.
    """

    round = models.ForeignKey(PlanningRound, on_delete=models.PROTECT, related_name="approvals", verbose_name="đợt")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="plan_approvals", verbose_name="tổ chức đảng"
    )
    group = models.CharField("nhóm chức danh", max_length=20, choices=PositionGroup.choices)
    submitted_on = models.DateField("ngày trình")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trình",
    )
    submission = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted_plans",
        verbose_name="tờ trình",
    )
    due_on = models.DateField("hạn phê duyệt", null=True, blank=True)
    explanation = models.TextField("lý do vẫn trình khi còn cảnh báo", blank=True)
    approved_on = models.DateField("ngày phê duyệt", null=True, blank=True)
    decision = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_approvals",
        verbose_name="quyết định phê duyệt",
    )
    returned_on = models.DateField("ngày trả lại", null=True, blank=True)
    return_reason = models.TextField("lý do trả lại", blank=True)

    objects = PlanApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = "phê duyệt quy hoạch"
        verbose_name_plural = "phê duyệt quy hoạch"
        ordering = ["round", "organization", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organization", "group"],
                condition=Q(returned_on__isnull=True),
                name="one_approval_of_a_group_in_a_round",
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
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True, return_reason="")
                | (
                    Q(returned_on__isnull=False, returned_on__gte=F("submitted_on"), approved_on__isnull=True)
                    & ~Q(return_reason="")
                ),
                name="plan_is_returned_unapproved_for_a_reason",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.approved_on is None and self.returned_on is None

    def is_overdue(self, day: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < day

    def __str__(self) -> str:
        return f"{self.get_group_display()} – {self.organization}"


class PlanJudgement(KeptFinding):
    """What a rule said of a plan when it was submitted or approved, in the words of that day."""

    class Stage(models.TextChoices):
        SUBMISSION = "submission", "Khi trình"
        APPROVAL = "approval", "Khi phê duyệt"

    approval = models.ForeignKey(
        PlanApproval, on_delete=models.PROTECT, related_name="judgements", verbose_name="phê duyệt"
    )
    stage = models.CharField("lúc", max_length=20, choices=Stage.choices)

    objects = PlanJudgementQuerySet.as_manager()

    class Meta:
        verbose_name = "nhận định về quy hoạch"
        verbose_name_plural = "nhận định về quy hoạch"
        ordering = ["approval", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="submission", severity="warn") | ~Q(explanation=""),
                name="plan_submitted_despite_a_warning_has_an_explanation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.rule}"


class PlanEntry(Dated, Journaled):
    """A person planned for a position of an organisation in a plan term.

    In the plan over `[valid_from, valid_to)`: from its approval to its removal. `valid_from` stays empty until
    approved; an entry taken out before approval has only `valid_to`.
    """

    class RemovalReason(models.TextChoices):
        NOT_INTRODUCED = "not_introduced", "Không đủ điều kiện khi rà soát, chưa phê duyệt"
        NOT_CHOSEN = "not_chosen", "Không đủ phiếu giới thiệu"
        NOT_APPROVED = "not_approved", "Không được phê duyệt"
        OVER_AGE = "over_age", "Quá tuổi"
        DISCIPLINE = "discipline", "Bị kỷ luật"
        POLITICAL_STANDARD = "political_standard", "Không bảo đảm tiêu chuẩn chính trị"
        TRANSFER = "transfer", "Chuyển công tác"
        APPOINTED = "appointed", "Đã giữ chức danh quy hoạch"
        OWN_WISH = "own_wish", "Nguyện vọng cá nhân"
        ORGANIZATION_ENDED = "organization_ended", "Tổ chức đảng kết thúc hoạt động"
        OTHER = "other", "Lý do khác"

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
    note = models.CharField("ghi chú", max_length=300, blank=True)
    returns = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="returned_as",
        verbose_name="đưa vào lại sau khi đã đưa ra",
    )

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
